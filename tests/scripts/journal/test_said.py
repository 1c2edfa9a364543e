"""What an entry says is the same in every form, and nothing that it holds harms one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import given

from tests.support.entries import NOW, Entry
from tests.support.handed_on import WORDS, bundle_of, entry, lists, note, often, rows_of
from tests.support.scripts import Script


def test_half_a_letter_and_a_time_that_cannot_be_written_harm_nothing(
    table: Script, report: Script, fhir: Script
) -> None:
    known = [
        note(1, "half \ud83d"),
        entry(2, "feel", {"pain": 3, "can": {}}, 8_640_000_000_000_000),
        {**entry(3, "feel", {"pain": 4, "can": {}}), "zone": 1440},
        {**entry(4, "feel", {"pain": 5, "can": {}}, 0), "zone": -840},
    ]
    parts = bundle_of(fhir, known).entry
    assert parts[0].resource.item[0].item[0].answer[0].valueString == "half \ufffd"
    times = [part.resource.effectiveDateTime for part in parts if part.fullUrl[9] == "1"]
    assert [time.year for time in times] == [9999, 2026, 1969]
    assert times[1] == datetime.fromtimestamp(NOW / 1000, UTC)
    rows = rows_of(table.toCsv(known))
    assert [row["time"][:4] for row in rows] == ["2026", "9999", "2026", "1969"]
    assert "half \ufffd" in report.toText(known, WORDS)


def test_how_an_entry_was_written_down_makes_no_difference(
    table: Script, report: Script, fhir: Script
) -> None:

    @often
    @given(lists)
    def again(known: list[Entry]) -> None:
        turned = [
            dict(reversed([*entry.items(), ("data", dict(reversed(entry["data"].items())))]))
            for entry in known
        ]
        first, second = (told_in_arabic(table, report, fhir, form) for form in (known, turned))
        assert json.dumps(first) == json.dumps(second)

    again()


def told_in_arabic(table: Script, report: Script, fhir: Script, known: list[Entry]) -> list[Any]:
    about = {"now": NOW, "language": "ar"}
    words = {**WORDS, "language": "ar"}
    return [table.toCsv(known), report.toText(known, words), fhir.toFhir(known, about)]
