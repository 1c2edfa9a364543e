"""A journal as a file that a person keeps, read back by the journal."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.entries import NOW, Entry, entries, histories
from tests.support.handed_on import HOSTILE_NOTES, note, often
from tests.support.scripts import Script, ScriptFault


def test_a_backup_read_back_is_what_was_kept(copy: Script) -> None:
    @often
    @given(histories())
    @example(HOSTILE_NOTES)
    @example([note(1, "half \ud83d")])
    def keep(kept: list[Entry]) -> None:
        text = copy.toCopy(kept, NOW)
        made = datetime.fromtimestamp(NOW / 1000, UTC)
        assert datetime.fromisoformat(json.loads(text)["made"]) == made
        assert json.loads(text)["easeback"] == 1
        assert copy.fromCopy(text) == {"entries": kept, "refused": 0}

    keep()


def test_what_is_no_backup_is_refused_with_the_reason(copy: Script) -> None:
    whys = {
        "": "form",
        "{": "form",
        "null": "form",
        "[]": "form",
        "1": "form",
        "id,time,kind": "form",
        '{"entries": []}': "form",
        '{"easeback": "1", "entries": []}': "form",
        '{"easeback": 0, "entries": []}': "form",
        '{"easeback": 1}': "form",
        '{"easeback": 1, "entries": {"length": 1}}': "form",
        '{"easeback": 2, "entries": []}': "newer",
    }
    assert {text: refusal(copy, text) for text in whys} == whys


def test_a_backup_has_a_largest_size(copy: Script) -> None:
    largest = copy.constant("LARGEST_COPY")
    padded = '{"easeback":1,"entries":[]}'.ljust
    assert [refusal(copy, padded(largest + more)) for more in (0, 1)] == [None, "size"]
    many = (json.dumps({"easeback": 1, "entries": [0] * count}) for count in (50_000, 50_001))
    assert [refusal(copy, text) for text in many] == [None, "size"]


def refusal(copy: Script, text: str) -> Any:
    """Return why the text is no backup; None where it is one."""
    try:
        copy.fromCopy(text)
    except ScriptFault as fault:
        return fault.why if fault.name == "NoCopy" else fault.name
    return None


def test_what_is_no_entry_is_left_out_and_counted(copy: Script) -> None:
    odd = st.one_of(
        st.none(),
        st.integers(),
        st.text(),
        st.lists(st.integers()),
        entries().map(lambda entry: {**entry, "id": entry["id"].upper() + "x"}),
        entries().map(lambda entry: {**entry, "more": 1}),
        entries().map(lambda entry: {**entry, "at": -1}),
        entries().map(lambda entry: {**entry, "data": {**entry["data"], "other": 1}}),
    )

    @often
    @given(histories(), st.lists(odd, max_size=4), st.randoms(use_true_random=False))
    def sort_out(kept: list[Entry], odds: list[Any], order: Any) -> None:
        mixed = [*kept, *odds]
        order.shuffle(mixed)
        # The same id a second time would make the journal refuse all of it.
        text = json.dumps({"easeback": 1, "entries": [*mixed, *kept[:1]]})
        read = copy.fromCopy(text)
        assert read["refused"] == len(odds) + len(kept[:1])
        assert read["entries"] == [part for part in mixed if part in kept]

    sort_out()
