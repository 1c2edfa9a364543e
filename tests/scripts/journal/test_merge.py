"""What is deleted or replaced is gone where entries come together, in whatever order."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.entries import Entry, id_of
from tests.support.scripts import Node, Script, ScriptFault

often = settings(max_examples=300, deadline=None)


def note(number: int, *old: int, gone: bool = False) -> Entry:
    more: dict[str, Any] = {"supersedes": [id_of(n) for n in old]} if old else {}
    data = {} if gone else {"text": f"secret {number}"}
    one = {"id": id_of(number), "at": 1 + number, "zone": 60, "kind": "note", "data": data}
    return {**one, **more, **({"gone": True} if gone else {})}


@pytest.fixture(scope="session")
def merge(node: Node) -> Script:
    return node.load("journal/merge.js")


def put(merge: Script, kept: list[Entry], incoming: list[Entry]) -> list[Entry]:
    """Return what is kept afterwards, as the store writes it."""
    settled = merge.settled(kept, incoming)
    rows = {one["id"]: one for one in kept}
    rows |= {one["id"]: one for one in (*settled["fresh"], *settled["graves"])}
    return list(rows.values())


def told(kept: list[Entry]) -> set[str]:
    """Return the texts that are kept."""
    return {one["data"]["text"] for one in kept if one["data"]}


def test_a_change_leaves_nothing_of_what_it_replaces_but_a_tombstone(
    merge: Script, entry: Script
) -> None:
    old, new = note(1), note(2, 1)
    kept = put(merge, [old], [new])
    assert told(kept) == {"secret 2"}
    (grave,) = (one for one in kept if one["id"] == old["id"])
    assert grave == {**old, "at": 0, "zone": 0, "data": {}, "gone": True}
    assert entry.isEntry(grave)  # for the release before, too


@st.composite
def journals(draw: st.DrawFn) -> list[Entry]:
    """Notes of which later ones change or delete earlier ones, in any order."""
    made: list[Entry] = []
    for number in range(draw(st.integers(1, 7))):
        earlier = st.lists(st.integers(0, number - 1), max_size=2, unique=True)
        old = draw(earlier) if number else []
        made.append(note(number, *old, gone=bool(old) and draw(st.booleans())))
    return draw(st.permutations(made))


def test_the_order_in_which_entries_come_makes_no_difference(merge: Script) -> None:
    @often
    @given(journals(), st.data())
    def agree(entries: list[Entry], data: st.DataObject) -> None:
        named = {old for one in entries for old in one.get("supersedes", [])}
        alive = {one["data"]["text"] for one in entries if one["data"] and one["id"] not in named}
        assert told(put(merge, [], entries)) == alive
        one_by_one: list[Entry] = []
        for one in entries:
            one_by_one = put(merge, one_by_one, [one])
        assert told(one_by_one) == alive
        again = put(merge, one_by_one, data.draw(st.permutations(entries)))
        assert told(again) == alive

    agree()


def test_what_a_deleted_change_had_replaced_is_named_by_somebody(merge: Script) -> None:
    kept = put(merge, put(merge, [], [note(1)]), [note(2, 1)])
    settled = merge.settled(kept, [note(3, 2, gone=True)])
    assert settled["unnamed"] == [{"id": id_of(1), "kind": "note"}]
    both = merge.settled(kept, [note(3, 2, 1, gone=True)])
    assert both["unnamed"] == []


def test_other_content_under_an_id_is_a_conflict_but_under_a_tombstone_it_is_nothing(
    merge: Script,
) -> None:
    other = {**note(1), "data": {"text": "other"}}
    with pytest.raises(ScriptFault) as raised:
        merge.settled([note(1)], [other])
    assert raised.value.name == "EntryConflict"
    kept = put(merge, [note(1)], [note(2, 1, gone=True)])
    settled = merge.settled(kept, [other])
    assert (settled["fresh"], settled["graves"]) == ([], [])
    assert settled["dead"] == [id_of(1)]


# --- a copy ----------------------------------------------------------------------------------


def test_a_copy_says_how_much_it_brings_and_of_which_days(copy: Script) -> None:
    brought = copy.brought([note(1), note(5), note(9, 1)], [])
    assert (brought["fresh"], brought["from"], brought["to"]) == (2, 6, 10)
    assert brought["ends"] is False


def test_a_copy_brings_back_nothing_that_is_deleted_here(merge: Script, copy: Script) -> None:
    kept = put(merge, [note(1), note(2)], [note(3, 1, gone=True)])
    brought = copy.brought([note(1), note(2), note(4)], kept)
    assert [one["id"] for one in brought["bring"]] == [id_of(4)]
    assert (brought["deleted"], brought["there"], brought["fresh"]) == (1, 1, 1)
    assert told(put(merge, kept, brought["bring"])) == {"secret 2", "secret 4"}


def test_a_copy_changes_and_deletes_nothing_that_is_kept(merge: Script, copy: Script) -> None:
    @often
    @given(journals(), journals())
    def spare(mine: list[Entry], theirs: list[Entry]) -> None:
        strangers = json.loads(json.dumps(theirs).replace("0199", "0200"))
        mixed = [
            {**one, "supersedes": [*one.get("supersedes", []), mine[0]["id"]]}
            if number % 2
            else one
            for number, one in enumerate(strangers)
        ]
        kept = put(merge, [], mine)
        brought = copy.brought(mixed, kept)
        after = put(merge, kept, brought["bring"])
        assert told(kept) <= told(after)

    spare()


def test_a_copy_that_would_end_what_goes_on_says_so(copy: Script) -> None:
    def event(number: int, kind: str) -> Entry:
        data = {"region": "neck"} if kind == "begin" else {}
        return {**note(number), "kind": kind, "data": data}

    kept = [event(5, "begin")]
    assert copy.brought([event(7, "begin")], kept)["ends"]
    assert copy.brought([event(8, "recovered")], kept)["ends"]
    assert not copy.brought([event(1, "begin"), event(2, "recovered"), note(9)], kept)["ends"]
    ended = [*kept, event(6, "recovered")]
    assert not copy.brought([event(7, "begin")], ended)["ends"]
