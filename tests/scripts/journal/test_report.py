"""A journal as a doctor reads it."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.entries import HOSTILE, NOW, texts
from tests.support.handed_on import WORDS, entry, note, often, shown
from tests.support.scripts import Script

DAY = 86_400_000
STORY = [
    entry(0, "feel", {"pain": 2, "can": {}}, NOW - 30 * DAY),
    entry(1, "note", {"text": "Slept badly."}, NOW - 30 * DAY + 1),
    entry(2, "begin", {"region": "low-back"}, NOW - 3 * DAY),
    entry(3, "feel", {"pain": 8, "can": {"walk": 2, "sit": 1}}, NOW - 3 * DAY + 1),
    entry(
        4, "check", {"urgency": "soon", "reasons": ["Six weeks", ""], "release": "r"}, NOW - 2 * DAY
    ),
    entry(5, "measure", {"what": "heat", "minutes": 15, "before": 7, "after": 5}, NOW - 2 * DAY),
    entry(6, "measure", {"what": "heat", "minutes": 15, "before": 6, "after": None}, NOW - DAY),
    entry(
        7,
        "measure",
        {"what": "exercise", "card": "cat", "minutes": 5, "before": None, "after": None},
        NOW - DAY,
    ),
    entry(8, "medicine", {"text": "two of the white ones"}, NOW - DAY),
    entry(9, "feel", {"pain": 4, "can": {"walk": 0}}, NOW - DAY),
    entry(10, "note", {"text": "Better.\nNOTES\nall well"}, NOW),
    entry(11, "recovered", {}, NOW + 1),
]


TOLD = """\
TITLE
ABOUT

BEGAN: Nov 20, 2026, 3:13 AM
ENDED: Nov 23, 2026, 3:13 AM
PLACE: Low back

COURSE
1: 8 · 3: 4

FUNCTION
Sit: WORST With trouble · LAST With trouble
Walk: WORST Not at all · LAST As always

TRIED
Warmth: 2 × · \u200e−2.0 (1 ×) · few
Exercise (The cat): 1 × · few

CHECKS
Nov 21, 2026, 3:13 AM: See a doctor · Six weeks

MEDICINES
Nov 22, 2026, 3:13 AM: two of the white ones

NOTES
Nov 23, 2026, 3:13 AM: Better.
    NOTES
    all well

OUTSIDE

COURSE
1: 2

NOTES
Oct 24, 2026, 3:13 AM: Slept badly.
"""


def test_a_doctor_reads_it_in_a_minute(report: Script) -> None:
    text = report.toText(STORY[::-1], WORDS)
    assert text.replace("\u202f", " ") == TOLD
    going_on = report.toText(STORY[-2:1:-1], WORDS)
    assert going_on.splitlines()[4] == "OPEN"


def test_each_text_is_told_and_no_line_of_it_passes_for_ours(report: Script) -> None:
    headings = {value for key, value in WORDS.items() if key.startswith("text.")}

    @often
    @given(st.lists(texts | st.sampled_from([f"x\n{h}\ry" for h in headings]), max_size=5))
    @example(list(HOSTILE))
    def tell(lines: list[str]) -> None:
        known = [note(number, line) for number, line in enumerate(lines)][::-1]
        text = report.toText(known, WORDS)
        for line in lines:
            assert re.sub("\r\n?|[\n\x85\u2028\u2029]", "\n    ", shown(line)) in text
        own = [row for row in re.split("[\r\n\x85\u2028\u2029]", text) if row[:4].strip()]
        heads = ["TITLE", "ABOUT", *(["OUTSIDE", "NOTES"] if lines else ["NONE"])]
        assert [row for row in own if row in headings] == heads
        assert len(own) == len(heads) + len(lines)

    tell()
