"""Days, moments, minutes and texts that a person writes: taken as meant, or refused in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.browser.pages.journal import NOW, Journal
from tests.support.browsers import Chromium
from tests.support.journal import add_record, kept, moment, records
from tests.support.person import Person, until

FAR = "2031-05-05T10:00:00+00:00"


def test_today_is_today_although_the_page_was_opened_yesterday(
    writer: Person, journal: Journal, chromium: Chromium
) -> None:
    day = chromium.page.locator("[name=day]")
    assert day.input_value() == "2026-03-04"
    later = datetime(2026, 3, 5, 0, 10, tzinfo=UTC)
    chromium.page.clock.set_fixed_time(later)
    journal.chooses("begin", "region", "neck")
    journal.keeps("begin")
    journal.waits_for("flags")
    (first,) = records(writer)
    assert moment(first["at"]) == later


def test_the_day_that_is_offered_is_the_new_one_after_midnight(
    journal: Journal, chromium: Chromium
) -> None:
    day = chromium.page.locator("[name=day]")
    chromium.page.clock.set_fixed_time(NOW + timedelta(days=1))
    journal.person.comes_back_to_the_page()
    until(lambda: (day.input_value(), day.get_attribute("max")), ("2026-03-05", "2026-03-05"))
    assert day.get_attribute("min") == "2016-03-05"


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        ("2026-03-05", "This is still to come."),
        ("2062-03-04", "This is still to come."),
        ("1926-03-04", "This is too long ago. Choose a day from Mar 4, 2016 on."),
        ("0026-03-04", "This is no day that we can read."),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_words(
    writer: Person, journal: Journal, chromium: Chromium, day: str, fault: str
) -> None:
    journal.chooses("begin", "region", "neck")
    chromium.page.locator("[name=day]").fill(day)
    journal.keeps("begin")
    until(lambda: journal.fault("begin", "day").startswith(fault), True)
    assert journal.holds("begin") == {"region": "neck", "day": day}
    assert records(writer) == []
    chromium.page.locator("[name=day]").fill("2026-03-03")
    until(lambda: journal.fault("begin", "day"), "")
    journal.keeps("begin")
    journal.waits_for("flags")


@pytest.mark.parametrize(
    ("when", "fault"),
    [
        ("2026-03-04T12:31", "This is still to come."),
        ("2027-03-04T08:30", "This is still to come."),
        ("1999-03-04T08:30", "This is too long ago."),
    ],
)
def test_a_moment_that_cannot_be_is_refused_in_words_and_never_becomes_now(
    writer: Person, begun: Journal, when: str, fault: str
) -> None:
    begun.writes("note", "Sharp.", when)
    until(lambda: begun.fault("note", "when").startswith(fault), True)
    assert begun.focus() == ""
    assert begun.holds("note") == {"text": "Sharp.", "when": when}
    assert kept(writer, "note") == []


def test_half_a_moment_is_refused_and_never_becomes_now(
    writer: Person, begun: Journal, chromium: Chromium
) -> None:
    begun.unfolds("note")
    begun.fills("note", "text", "Sharp.")
    chromium.page.locator("[data-journal-form=note] [name=when]").press_sequentially("0304")
    begun.keeps("note")
    until(lambda: begun.fault("note", "when").startswith("This is no day and time"), True)
    assert kept(writer, "note") == []


def test_a_day_without_an_hour_comes_before_what_was_noted_that_morning(
    writer: Person, journal: Journal, chromium: Chromium
) -> None:
    chromium.page.locator("[name=day]").fill("2026-03-03")
    journal.begins()
    journal.notes("In the morning.", "2026-03-03T07:15")
    until(lambda: len(journal.lines()), 2)
    assert "In the morning." in journal.lines()[0]
    assert journal.lines()[1].startswith("Mar 3, 2026\n")


def test_a_new_episode_is_open_although_the_last_was_over_later_that_day(
    writer: Person, begun: Journal, chromium: Chromium
) -> None:
    begun.recovers()
    begun.waits_for("last")
    chromium.page.clock.set_fixed_time(NOW + timedelta(days=2))
    begun.opens()
    chromium.page.locator("[name=day]").fill("2026-03-03")
    begun.chooses("begin", "region", "neck")
    begun.keeps("begin")
    until(lambda: begun.fault("begin", "day").startswith("Your journal says"), True)
    chromium.page.locator("[name=day]").fill("2026-03-04")
    begun.keeps("begin")
    begun.waits_for("flags")
    assert "Neck" in begun.lines()[0]


def test_what_lies_ahead_counts_as_now_and_does_not_end_what_begins(
    writer: Person, begun: Journal
) -> None:
    add_record(
        writer,
        {
            "id": "01990001-0000-7000-8000-000000000000",
            "at": round(datetime.fromisoformat(FAR).timestamp() * 1000),
            "zone": 0,
            "kind": "recovered",
            "data": {},
        },
    )
    begun.opens()
    begun.waits_for("begin")
    assert "2026" in begun.lines()[0]
    begun.begins("neck")
    assert "Neck" in begun.lines()[0]
    begun.opens()
    begun.waits_for("flags")
    assert all("2031" not in line for line in begun.lines())


@pytest.mark.parametrize("digits", ["15", "١٥", "۱۵", "१५", " 15 "])
def test_minutes_are_taken_in_the_digits_of_every_script(
    writer: Person, begun: Journal, digits: str
) -> None:
    begun.unfolds("measure")
    begun.chooses("measure", "what", "heat")
    begun.fills("measure", "minutes", digits)
    begun.keeps("measure")
    until(lambda: [data["minutes"] for data in kept(writer, "measure")], [15])


@pytest.mark.parametrize("odd", ["0", "241", "-5", "7.5", "a while"])
def test_minutes_that_cannot_be_are_refused_in_words(
    writer: Person, begun: Journal, odd: str
) -> None:
    begun.unfolds("measure")
    begun.chooses("measure", "what", "heat")
    begun.fills("measure", "minutes", odd)
    begun.keeps("measure")
    until(lambda: begun.fault("measure", "minutes").startswith("Write the minutes"), True)
    assert begun.holds("measure")["minutes"] == odd
    assert kept(writer, "measure") == []


@pytest.mark.parametrize(("kind", "most"), [("medicine", 200), ("note", 2000)])
def test_a_long_text_stays_whole_and_is_told_how_much_too_long_it_is(
    writer: Person, begun: Journal, kind: str, most: int
) -> None:
    begun.unfolds(kind)
    begun.fills(kind, "text", "x" * (most + 7))
    until(lambda: begun.fault(kind, "text").startswith("Characters too many: 7."), True)
    begun.keeps(kind)
    assert len(begun.holds(kind)["text"]) == most + 7
    assert kept(writer, kind) == []
    begun.fills(kind, "text", "x" * most)
    until(lambda: begun.fault(kind, "text"), "")
    begun.keeps(kind)
    until(lambda: kept(writer, kind), [{"text": "x" * most}])
