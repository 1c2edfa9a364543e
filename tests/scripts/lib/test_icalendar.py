"""Calendar files, read back by a library of others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

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


@pytest.mark.parametrize(
    ("due", "now", "start"),
    [
        ("2026-11-22T09:30", "2026-11-20T09:30", "2026-11-22T09:00"),
        ("2026-11-20T03:00", "2026-11-22T08:59", "2026-11-22T09:00"),
        ("2026-11-20T03:00", "2026-11-22T09:00", "2026-11-23T09:00"),
        ("2026-11-22T18:00", "2026-11-22T09:30", "2026-11-23T09:00"),
        ("2026-12-31T01:00", "2026-12-31T23:59", "2027-01-01T09:00"),
    ],
)
def test_a_reminder_lies_ahead_at_the_next_nine_o_clock(
    icalendar: Script, due: str, now: str, start: str
) -> None:
    there = [datetime.fromisoformat(f"{moment}+05:45") for moment in (due, now)]  # as Node's zone
    made = icalendar.reminder(there[0], "Check", there[1])
    (event,) = Calendar.from_ical(made).walk("VEVENT")
    assert event["DTSTART"].dt == datetime.fromisoformat(start)
    assert start > now


def test_the_same_purpose_and_day_have_the_same_uid_and_others_another(icalendar: Script) -> None:
    def uids(content: str) -> list[str]:
        return [str(event["UID"]) for event in Calendar.from_ical(content).walk("VEVENT")]

    plan = {"hours": [8, 17], "minutes": 5, "title": "Walk", "text": ""}
    tomorrow = NOW + timedelta(days=1)
    again = uids(icalendar.calendar({**plan, "title": "Caminar", "minutes": 7}, NOW))
    made = [
        *uids(icalendar.calendar(plan, NOW)),
        *uids(icalendar.calendar(plan, tomorrow)),
        *uids(icalendar.reminder(NOW, "Check", NOW)),
        *uids(icalendar.reminder(NOW + timedelta(days=3), "Check", NOW)),
    ]
    assert again == made[:2]
    assert len(set(made)) == len(made)
