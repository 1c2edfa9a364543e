"""What leaves the journal: made of entries with numbers, and read as others read it."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from fhir.resources.R4B.bundle import Bundle
from hypothesis import settings
from hypothesis import strategies as st

from tests.support.entries import FUNCTIONS, HOSTILE, NOW, Entry, entries, id_of
from tests.support.scripts import Script

MINUTE = 60_000
FIELDS = (
    *("region", "pain", *FUNCTIONS, "urgency", "reasons", "release"),
    *("what", "card", "minutes", "before", "after", "text"),
)
ENDS = "[,;|\t\n\v\f\r\x85\u2028\u2029]"
"""What some spreadsheet takes for the end of a cell or a line."""
UNFIT = {*range(32), 127} - {9, 10, 13}
WORDS = {
    "language": "en",
    "region.low-back": "Low back",
    **{f"can.{name}": name.title() for name in FUNCTIONS},
    **{f"degree.{n}": word for n, word in enumerate(("As always", "With trouble", "Not at all"))},
    "urgency.soon": "See a doctor",
    "what.heat": "Warmth",
    "what.exercise": "Exercise",
    "card.cat": "The cat",
    **{f"verdict.{word}": word for word in ("few", "helps", "unclear", "worse")},
    **{
        f"text.{name}": name.upper()
        for name in (
            *("title", "about", "none", "began", "ended", "open", "place", "course", "function"),
            *("worst", "last", "tried", "checks", "medicines", "notes", "outside"),
        )
    },
}

often = settings(max_examples=100, deadline=None)
lists = st.lists(entries(), max_size=8, unique_by=lambda entry: entry["id"])


def entry(number: int, kind: str, data: dict[str, Any], at: int = NOW, **more: Any) -> Entry:
    return {"id": id_of(number), "at": at, "zone": 60, "kind": kind, "data": data, **more}


def note(number: int, text: str) -> Entry:
    return entry(number, "note", {"text": text})


HOSTILE_NOTES = [note(number, text) for number, text in enumerate(HOSTILE)]


def shown(text: str) -> str:
    """Return the text as it leaves the journal."""
    return "".join("\ufffd" if ord(letter) in UNFIT else letter for letter in text)


def unmarked(cell: str) -> str:
    """Return the cell without what keeps it from being a formula."""
    return re.sub(f"(^|{ENDS})'", r"\1", cell)


def rows_of(text: str) -> list[dict[str, str]]:
    """Return the lines of a table as a strict reader finds them, formulas made texts again."""
    assert text.startswith("\ufeff")
    assert text.endswith("\r\n")
    head, *rows = csv.reader(io.StringIO(text[1:], newline=""), strict=True)
    assert head == ["id", "time", "kind", *FIELDS]
    assert all(len(row) == len(head) for row in rows)
    return [dict(zip(head, map(unmarked, row), strict=True)) for row in rows]


def bundle_of(fhir: Script, known: list[Entry], language: str = "en") -> Any:
    """Return the bundle, which has passed the library."""
    raw = fhir.toFhir(known, {"now": NOW, "language": language})
    return Bundle.model_validate_json(json.dumps(raw))
