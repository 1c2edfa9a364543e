"""Calendar files, read back by a library of others."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.support.scripts import Node, Script

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PRINTED = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=90)
LETTERS = st.text("aé،مش;,\\ 𝄞", max_size=90)


@pytest.fixture(scope="session")
def icalendar(node: Node) -> Script:
    return node.load("lib/icalendar.js")


def test_every_file_is_a_calendar_that_others_can_read(icalendar: Script) -> None:
    @settings(max_examples=150, deadline=None)
    @given(PRINTED | LETTERS, PRINTED | LETTERS, st.integers(1, 240), st.sets(st.integers(0, 23)))
    def reads_back(title: str, text: str, length: int, hours: set[int]) -> None:
        wanted = {"hours": sorted(hours), "minutes": length, "title": title, "text": text}
        content = icalendar.calendar(wanted, NOW).encode()
        assert content.endswith(b"END:VCALENDAR\r\n")
        assert content.count(b"\n") == content.count(b"\r") == content.count(b"\r\n")
        assert max(map(len, content.split(b"\r\n"))) <= 75
        for line in content.split(b"\r\n"):
            line.decode()
        read = Calendar.from_ical(content.decode())
        assert not read.errors
        events = list(read.walk("VEVENT"))
        assert len(events) == len(hours)
        for event, hour in zip(events, sorted(hours), strict=True):
            start = event["DTSTART"].dt
            assert (start.hour, start.tzinfo, start.day) == (hour, None, 23)
            assert event["DTSTAMP"].dt == NOW
            assert dict(event["RRULE"]) == {"FREQ": ["DAILY"], "COUNT": [14]}
            assert str(event["SUMMARY"]) == title
            assert str(event.get("DESCRIPTION", "")) == text
            assert [alarm["ACTION"] for alarm in event.walk("VALARM")] == ["DISPLAY"]

    reads_back()
