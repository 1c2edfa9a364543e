"""A file that a stranger made is refused in one word, or what is odd in it is left out, at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest

from tests.support.entries import HOSTILE, NOW, Entry, id_of
from tests.support.scripts import Node, Script, ScriptFault

MOST = 30_000
"""Notes: what grows with their square takes 16 s for so many, and all else a second."""
DAY = 86_400_000
MINE = f"0199{MOST:04x}-0000-7000-8000-00000000ffff"
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 1e308, 2**53, -(2**63), 10**400, "", "x", "0", "__proto__"),
    *([], [[]], [1], {}, {"a": 1}, {"length": 1}, {"__proto__": {"pain": 3}}, {"toString": 1}),
    *({"toJSON": "x"}, {"then": 1}, "\ud83d", "\0", "9" * 400, "a" * 5000, [None] * 50),
)
"""What stands where something else was expected."""
FORMS = {
    "depth": '{"easeback":1,"entries":' + "[" * 1_000_000,
    "depth that ends": "[" * 1_000_000 + "]" * 1_000_000,
    "a prototype": '{"__proto__":{"easeback":1,"entries":[]}}',
    "a prototype of a list": '{"easeback":1,"entries":{"__proto__":[]}}',
    "a version in a list": '{"easeback":[1],"entries":[]}',
    "a version that is no number": '{"easeback":true,"entries":[]}',
    "a version of an hour": '{"easeback":1e999,"entries":[]}',
    "an unfinished number": '{"easeback":1,"entries":[1e',
    "a trailing word": '{"easeback":1,"entries":[]} alert(1)',
    "a script": '<script>alert(1)</script>{"easeback":1,"entries":[]}',
    "another key twice": '{"entries":[],"easeback":1,"easeback":0}',
    "a page": "<!doctype html><title>Sign in to the hotel</title>",
    "bytes": "\0\x01\ufffd" * 1000,
}


def entry(number: int, kind: str = "note", **more: Any) -> Entry:
    data = more.pop("data", {"text": "x"})
    return {
        "id": id_of(number),
        "at": NOW - number,
        "zone": 0,
        "kind": kind,
        "data": data,
        **more,
    }


KEPT = [
    {**entry(0), "id": MINE},
    {**entry(0, "begin", data={"region": "neck"}, at=NOW - 9 * DAY), "id": MINE[:-1] + "e"},
]
MANY: dict[str, Callable[[int], Entry]] = {
    "all replace one note": lambda n: entry(n, supersedes=[MINE]),
    "each replaces the last": lambda n: entry(n, supersedes=[id_of(n - 1)] if n else [MINE]),
    "each deletes the next": lambda n: entry(
        n, data={}, at=0, gone=True, supersedes=[id_of((n + 1) % MOST)]
    ),
    "each begins anew": lambda n: entry(n, "begin", data={"region": "neck"}),
    "each names an exercise of its own": lambda n: entry(
        n,
        "measure",
        data={"what": "exercise", "card": f"c{n}", "minutes": 1, "before": 1, "after": 1},
    ),
    "a day each for a century": lambda n: entry(
        n, "feel", data={"pain": n % 11, "can": {"walk": 1}}, at=n * DAY
    ),
}


@pytest.fixture(scope="module")
def patient() -> Iterator[Node]:
    """A Node that is ended after a time in which a phone would be given up."""
    node = Node(patience_s=12)
    yield node
    node.close()


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_a_file_of_another_form_is_refused_as_no_copy(copy: Script, text: str) -> None:
    with pytest.raises(ScriptFault) as caught:
        copy.fromCopy(text)
    assert (caught.value.name, caught.value.why) in (("NoCopy", "form"), ("NoCopy", "newer"))


def test_what_is_odd_anywhere_in_a_note_makes_it_none(copy: Script) -> None:
    whole = [
        entry(1, "begin", data={"region": "neck"}),
        entry(2, "feel", data={"pain": 3, "can": {"walk": 1}}),
        entry(3, "check", data={"urgency": "soon", "reasons": ["a"], "release": "x"}),
        entry(4, "measure", data={"what": "heat", "minutes": 1, "before": None, "after": 2}),
        entry(5, "medicine", data={"text": "a"}),
        entry(6, supersedes=[id_of(7)]),
        entry(8, "recovered", data={}),
    ]
    assert copy.fromCopy(copy_of(whole)) == {"entries": whole, "refused": 0}
    broken = [spoilt for one in whole for spoilt in spoils(one)]
    read = copy.fromCopy(copy_of(broken))
    taken = [json.dumps(one, sort_keys=True) for one in read["entries"]]
    # What is left is an entry by every rule: another number or text in its place, and nothing more.
    assert [one for one in taken if "__proto__" in one and '"text": "__proto__"' not in one] == []
    for one in read["entries"]:
        assert set(one) <= {"id", "at", "zone", "kind", "data", "supersedes", "gone"}
        assert type(one["at"]) is int
        assert 0 <= one["at"] < 253402300800000
        assert -1440 <= one["zone"] <= 1440
        shape = next(set(good["data"]) for good in whole if good["kind"] == one["kind"])
        assert set(one["data"]) == shape or one.get("gone")
        assert all(
            type(value) in (int, str, list, dict, type(None)) for value in one["data"].values()
        )
    assert read["refused"] > len(broken) * 0.8


def spoils(whole: Entry) -> Iterator[Entry]:
    """Yield the entry with each of its values, in turn, replaced by what is odd, or one added."""
    for odd in ODD:
        for key in whole:
            yield {**whole, key: odd}
        for key in whole["data"]:
            yield {**whole, "data": {**whole["data"], key: odd}}
        for more in ("__proto__", "constructor", "toString", "text", "<b>"):
            yield {**whole, more: odd}
            yield {**whole, "data": {**whole["data"], more: odd}}


def copy_of(entries: list[Any]) -> str:
    return json.dumps({"easeback": 1, "entries": entries})


@pytest.mark.parametrize("make", MANY.values(), ids=MANY)
def test_tens_of_thousands_of_notes_take_no_longer_than_a_phone_waits(
    patient: Node, make: Callable[[int], Entry]
) -> None:
    text = copy_of([make(number) for number in range(MOST)])
    copy, report = patient.load("journal/copy.js"), patient.load("journal/report.js")
    found = copy.fromCopy(text)["entries"]
    assert len(found) == MOST
    brought = copy.brought(found, KEPT)
    # A stranger's file changes and deletes nothing that is kept.
    assert MINE not in {old for one in brought["bring"] for old in one.get("supersedes", [])}
    report.toText([*found, *KEPT], {"language": "en"})


def test_texts_of_a_copy_come_out_of_the_journal_as_texts(copy: Script, report: Script) -> None:
    chance = Random(20261130)
    texts = [*HOSTILE, *("".join(chance.sample(HOSTILE, 3)) for _ in range(50))]
    known = [entry(number, data={"text": text}) for number, text in enumerate(texts)]
    read = copy.fromCopy(copy_of(known))
    assert read == {"entries": known, "refused": 0}
    told = report.toText(read["entries"], {"language": "en", "text.notes": "NOTES"})
    # No line of a text passes for one of ours: each stands behind an indent or a moment.
    ours = [line for line in told.splitlines() if line and not line.startswith("    ")]
    assert len([line for line in ours if line == "NOTES"]) == 1
