"""A journal as a table, read back by Python's csv."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.entries import FUNCTIONS, HOSTILE, Entry
from tests.support.handed_on import (
    ENDS,
    FIELDS,
    HOSTILE_NOTES,
    entry,
    lists,
    note,
    often,
    rows_of,
    shown,
)
from tests.support.scripts import Script

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_back(row: dict[str, str]) -> Entry:
    """Return the entry that a line of the table tells of."""
    time, values = datetime.fromisoformat(row["time"]), {name: row[name] for name in FIELDS}
    offset = time.utcoffset()
    assert offset is not None
    numbers = {name: int(values[name]) for name in values if values[name].isdecimal()}
    data: dict[str, Any] = {}
    match row["kind"]:
        case "feel":
            can = {name: numbers[name] for name in FUNCTIONS if name in numbers}
            data = {"pain": numbers["pain"], "can": can}
        case "measure":
            pair = {name: numbers.get(name) for name in ("before", "after")}
            data = {"what": values["what"], "minutes": numbers["minutes"], **pair}
            data |= {"card": values["card"]} if values["card"] else {}
        case "check":
            reasons = values["reasons"].split("\n") if values["reasons"] else []
            data = {**{n: values[n] for n in ("urgency", "release")}, "reasons": reasons}
        case "begin":
            data = {"region": values["region"]}
        case "medicine" | "note":
            data = {"text": values["text"]}
    return {
        "id": row["id"],
        "at": (time - EPOCH) // timedelta(milliseconds=1),
        "zone": offset // timedelta(minutes=1),
        "kind": row["kind"],
        "data": data,
    }


def as_told(entry: Entry) -> Entry:
    """Return the entry as a table can hold it: each reason on a line, nothing unfit."""
    data = dict(entry["data"])
    if "text" in data:
        data["text"] = shown(data["text"])
    if "reasons" in data:
        data["reasons"] = [" ".join(reason.split()) for reason in data["reasons"] if reason]
    return {**entry, "data": data}


def test_a_table_read_by_another_gives_the_entries_back(table: Script) -> None:
    # What a line of its own makes of a reason is a matter of its spaces only.
    plain = st.lists(st.text("abc .,;\"'=-<é👩").map(str.strip), max_size=3)

    @often
    @given(lists, plain)
    @example(HOSTILE_NOTES, ["=1", "two"])
    def read(known: list[Entry], reasons: list[str]) -> None:
        for one in known:
            if one["kind"] == "check":
                one["data"]["reasons"] = reasons
        rows = rows_of(table.toCsv(known))
        expected = [as_told(entry) for entry in known]
        assert [read_back(row) for row in rows] == expected

    read()


def test_no_cell_begins_as_a_formula_does(table: Script) -> None:
    @often
    @given(lists)
    @example(HOSTILE_NOTES)
    @example([entry(1, "check", {"urgency": "soon", "reasons": list(HOSTILE), "release": "=1"})])
    def look(known: list[Entry]) -> None:
        text = table.toCsv(known)
        for row in csv.reader(io.StringIO(text[1:], newline=""), strict=True):
            assert not [cell for cell in row if re.match(r"[\s=+\-@＝＋－＠]", cell)]
            assert not [cell for cell in row if re.search(rf'{ENDS}[ "]*[=+\-@＝＋－＠]', cell)]

    look()


@pytest.mark.parametrize("separator", [*",;|\t\n\r\v\f\x85\u2028\u2029", "\r\n", ";;", ", ;"])
@pytest.mark.parametrize("before", ["", " ", "\u00a0", '"', ' "" ', "\u3000"])
def test_no_formula_begins_where_another_spreadsheet_ends_a_cell(
    table: Script, separator: str, before: str
) -> None:
    texts = [f"well{separator}{before}{sign}1+1" for sign in "=+-@＝＋－＠"]
    reasons = {"urgency": "soon", "reasons": texts, "release": texts[0][:40]}
    known = [entry(99, "check", reasons), *(note(n, text) for n, text in enumerate(texts))]
    table = table.toCsv(known)
    assert not re.search(rf"{ENDS}[\s\"]*[=+\-@＝＋－＠]", table)
    for delimiter in ",;|\t":
        for row in csv.reader(io.StringIO(table[1:], newline=""), delimiter=delimiter):
            assert not [cell for cell in row if re.match(r'[\s"]*[=+\-@＝＋－＠]', cell)]
    told = [row["text"] for row in rows_of(table)[1:]]
    assert told == [shown(text) for text in texts]
