"""Writing in the journal: a change, a draft, a second tap, a day that ends; nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.browser.pages.journal import CLEAR, Journal, part
from tests.support.browsers import Chromium
from tests.support.in_page import InPage
from tests.support.journal import add_record, records
from tests.support.person import Person, until

IN_PAGE = InPage.beside(__file__)
NOW = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)
LONG = "It began when I lifted a box. "
FAR = "2031-05-05T10:00:00+00:00"


@pytest.fixture
def writer(offline: Person, chromium: Chromium) -> Iterator[Person]:
    """Somebody offline who opens the journal for the first time, on a known day."""
    chromium.page.clock.set_fixed_time(NOW)
    Journal(offline).opens()
    yield offline
    assert chromium.console == []


@pytest.fixture
def journal(writer: Person) -> Journal:
    """The journal that they have opened."""
    return Journal(writer)


@pytest.fixture
def begun(journal: Journal) -> Journal:
    """The journal with an episode that has begun."""
    journal.begins()
    return journal


def kept(person: Person, kind: str) -> list[dict[str, Any]]:
    """Return the data of what is kept of a kind, in the order in which it was written."""
    of_kind = [record for record in records(person) if record["kind"] == kind]
    return [record["data"] for record in of_kind if not record.get("gone")]


def moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def asks(journal: Journal, name: str, *arguments: object) -> Any:
    return journal.person.browser.call(IN_PAGE, name, *arguments)


# --- a change ---------------------------------------------------------------------------------


def test_a_change_says_what_it_changes_and_can_be_cancelled(writer: Person, begun: Journal) -> None:
    begun.feels(7)
    begun.notes("First.")
    begun.changes("First.")
    until(lambda: begun.change("note"), "You are changing the note of Mar 4, 2026, 12:30 PM.")
    assert begun.change("feel") == ""
    begun.cancels("note")
    until(lambda: begun.change("note"), "")
    assert not begun.is_unfolded("note")
    assert begun.says() == "Nothing was changed."
    begun.notes("Second.")
    assert kept(writer, "note") == [{"text": "First."}, {"text": "Second."}]
    assert not [record for record in records(writer) if record.get("supersedes")]


def test_a_fold_that_is_closed_ends_the_change(writer: Person, begun: Journal) -> None:
    begun.notes("First.")
    begun.changes("First.")
    begun.folds("note")
    until(lambda: begun.change("note"), "")
    begun.notes("Second.")
    assert kept(writer, "note") == [{"text": "First."}, {"text": "Second."}]
    assert not [record for record in records(writer) if record.get("supersedes")]


def test_a_change_fills_its_own_fields_and_empties_those_that_the_entry_lacks(
    begun: Journal,
) -> None:
    begun.did("heat", minutes=15, before=7, after=4)
    begun.unfolds("measure")
    begun.chooses("measure", "what", "ice")
    begun.fills("measure", "minutes", "9")
    begun.keeps("measure")
    until(lambda: len(begun.lines()), 3)
    begun.chooses("feel", "pain", 6)
    begun.changes("Warmth")
    full = {"what": "heat", "minutes": "15", "before": "7", "after": "4"}
    assert {**full, "when": "2026-03-04T12:30"} == begun.holds("measure")
    begun.changes("Cold")
    bare = {"what": "ice", "minutes": "9", "when": "2026-03-04T12:30"}
    until(lambda: begun.holds("measure"), bare)
    assert begun.holds("feel") == {"pain": "6"}


def test_what_was_being_written_waits_while_another_note_is_changed(
    writer: Person, begun: Journal
) -> None:
    begun.notes("First.")
    begun.unfolds("note")
    begun.types("note", "text", "Half a sen")
    begun.changes("First.")
    assert begun.holds("note")["text"] == "First."
    begun.fills("note", "text", "First, mended.")
    begun.keeps("note")
    until(lambda: begun.holds("note"), {"text": "Half a sen"})
    assert kept(writer, "note") == [{"text": "First, mended."}]
    begun.changes("mended")
    begun.types("note", "text", " More.")
    begun.cancels("note")
    until(lambda: begun.holds("note"), {"text": "Half a sen"})


def test_what_was_written_of_a_change_is_there_when_it_is_begun_again(begun: Journal) -> None:
    begun.notes("First.")
    begun.notes("Second.")
    begun.changes("First.")
    begun.types("note", "text", " More.")
    begun.changes("Second.")
    until(lambda: begun.holds("note")["text"], "Second.")
    begun.changes("First.")
    until(lambda: begun.holds("note")["text"], "First. More.")


def test_a_change_does_not_open_the_gate(writer: Person, begun: Journal) -> None:
    begun.notes("First.")
    begun.opens()
    begun.waits_for("flags")
    begun.changes("First.")
    writer.waits_for("[data-journal-form=note]")
    assert begun.shows("flags")
    assert not writer.shows("[data-journal-form=feel], [data-journal-form=measure]")
    assert not writer.shows("[data-journal-form=recovered], [data-journal-part=due]")
    begun.fills("note", "text", "Mended.")
    begun.keeps("note")
    begun.waits_until_kept()
    until(lambda: begun.shows("open"), False)
    assert begun.shows("flags")


def test_a_change_is_still_a_change_after_a_reload(writer: Person, begun: Journal) -> None:
    begun.notes("First.")
    begun.changes("First.")
    begun.types("note", "text", " More.")
    begun.opens()
    until(lambda: begun.change("note").startswith("You are changing"), True)
    assert begun.holds("note")["text"] == "First. More."
    begun.keeps("note")
    until(lambda: kept(writer, "note"), [{"text": "First. More."}])
    assert records(writer)[-1]["supersedes"] == [records(writer)[-2]["id"]]


def test_the_change_of_a_note_that_another_tab_deletes_ends(
    begun: Journal, chromium: Chromium
) -> None:
    begun.notes("Secret.")
    begun.changes("Secret.")
    begun.types("note", "text", " More.")
    other = chromium.context.new_page()
    other.goto(chromium.page.url)
    other.locator("[data-line=delete]").first.click()
    until(lambda: begun.change("note"), "")
    assert begun.holds("note") == {}
    assert asks(begun, "draft") is None
    other.close()


# --- once, and nothing lost ---------------------------------------------------------------------


@pytest.mark.parametrize("pause", [0, 20, 500])
def test_a_form_that_is_sent_twice_is_kept_once(writer: Person, begun: Journal, pause: int) -> None:
    begun.chooses("feel", "pain", 5)
    begun.sends_twice("feel", pause)
    begun.waits_until_kept()
    begun.unfolds("note")
    begun.fills("note", "text", "Once.")
    begun.sends_twice("note", pause)
    until(lambda: begun.is_unfolded("note"), False)
    begun.sends_twice("recovered", pause)
    begun.waits_for("begin")
    begun.chooses("begin", "region", "neck")
    begun.sends_twice("begin", pause)
    begun.waits_for("flags")
    kinds = [record["kind"] for record in records(writer)]
    assert kinds == ["begin", "feel", "note", "recovered", "begin"]


def test_a_delete_that_is_tapped_twice_deletes_once(writer: Person, begun: Journal) -> None:
    begun.notes("First.")
    begun.notes("Second.")
    writer.browser.page.locator("[data-line=delete]").first.dblclick()
    until(lambda: len(begun.lines()), 2)
    # What is left of the note, and what has taken it away.
    assert [record.get("gone") for record in records(writer)] == [None, None, True, True]


def test_a_note_that_is_written_while_another_is_being_kept_is_not_lost(
    writer: Person, begun: Journal
) -> None:
    begun.unfolds("note")
    asks(begun, "slowDown", 700)
    begun.fills("note", "text", "First.")
    begun.keeps("note")
    begun.fills("note", "text", "Second, half")
    begun.waits_until_kept()
    assert begun.holds("note") == {"text": "Second, half"}
    begun.fills("note", "text", "Second.")
    begun.keeps("note")
    begun.fills("note", "text", "Third.")
    begun.keeps("note")
    until(lambda: kept(writer, "note"), [{"text": f"{n}."} for n in ("First", "Second", "Third")])
    until(lambda: begun.holds("note"), {})


def test_two_pages_with_the_same_draft_keep_it_once(
    writer: Person, begun: Journal, chromium: Chromium
) -> None:
    begun.unfolds("note")
    begun.fills("note", "text", "One of two.")
    other = chromium.context.new_page()
    other.goto(chromium.page.url)
    other.locator(CLEAR).click()
    other.locator("[data-journal-form=note] [type=submit]").wait_for()
    begun.keeps("note")
    begun.waits_until_kept()
    until(other.locator("[data-journal-form=note] textarea").input_value, "")
    assert kept(writer, "note") == [{"text": "One of two."}]
    other.close()


def test_kept_is_said_although_the_drawing_fails(
    writer: Person, begun: Journal, chromium: Chromium
) -> None:
    asks(begun, "watchSaid")
    asks(begun, "spoilDrawing")
    begun.chooses("feel", "pain", 5)
    begun.keeps("feel")
    until(lambda: asks(begun, "saids")[-1:], ["Kept on this phone."])
    assert kept(writer, "feel") == [{"pain": 5, "can": {}}]
    writer.visits()
    chromium.console.clear()


# --- drafts -------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["reload", "restart"])
def test_what_is_being_written_outlives_the_page(
    writer: Person, begun: Journal, chromium: Chromium, end: str
) -> None:
    text = (LONG * 200).strip()
    begun.unfolds("note")
    begun.fills("note", "text", text)
    begun.types("note", "text", " End")
    begun.chooses("feel", "pain", 4)
    if end == "restart":
        writer.restarts()
        chromium.page.clock.set_fixed_time(NOW)
    begun.opens()
    begun.clears()
    assert begun.holds("note") == {"text": f"{text} End"}
    assert begun.is_unfolded("note")
    assert begun.holds("feel") == {"pain": "4"}
    begun.fills("note", "text", "Short.")
    begun.keeps("note")
    begun.waits_until_kept()
    begun.keeps("feel")
    until(lambda: asks(begun, "draft"), None)
    assert kept(writer, "note") == [{"text": "Short."}]


def test_what_is_being_written_goes_with_everything_else(
    begun: Journal, chromium: Chromium
) -> None:
    begun.unfolds("note")
    begun.fills("note", "text", "Secret.")
    other = chromium.context.new_page()
    other.goto(chromium.page.url)
    other.locator(CLEAR).click()
    until(other.locator("[data-journal-form=note] textarea").input_value, "Secret.")
    begun.erases()
    assert asks(begun, "draft") is None
    until(other.locator("[data-journal-form=note] textarea").input_value, "")
    assert begun.holds("note") == {}
    other.close()


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


# --- the danger signs ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("later", "asked"),
    [
        (timedelta(minutes=30), False),
        (timedelta(hours=5), True),
        (timedelta(hours=11, minutes=31), True),
        (timedelta(days=2), True),
        (timedelta(hours=-5), True),
    ],
    ids=str,
)
def test_the_danger_signs_are_asked_again_after_hours_or_on_a_new_day(
    writer: Person, begun: Journal, chromium: Chromium, later: timedelta, asked: bool
) -> None:
    chromium.page.clock.set_fixed_time(NOW + later)
    asks(begun, "comeBack")
    until(lambda: begun.shows("flags"), asked)
    assert writer.shows("[data-journal-form=feel]") is not asked


def test_the_danger_signs_are_asked_again_where_the_clock_was_changed_on_an_open_page(
    begun: Journal, chromium: Chromium
) -> None:
    chromium.page.clock.set_fixed_time(NOW + timedelta(hours=6))
    begun.waits_for("flags")


def test_the_danger_signs_are_asked_again_on_a_page_that_was_kept_alive(
    chromium: Chromium, prepared: object, request: pytest.FixtureRequest
) -> None:
    chromium.bfcache = True
    person: Person = request.getfixturevalue("offline")
    chromium.page.clock.set_fixed_time(NOW)
    journal = Journal(person)
    journal.opens()
    journal.begins()
    person.visits("now/")
    chromium.page.clock.set_fixed_time(NOW + timedelta(hours=12))
    person.goes_back()
    journal.waits_for("flags")
    assert not person.shows("[data-journal-form=feel]")


def test_what_is_being_written_is_there_again_behind_the_danger_signs(
    begun: Journal, chromium: Chromium
) -> None:
    begun.unfolds("note")
    begun.types("note", "text", "Half a sen")
    chromium.page.clock.set_fixed_time(NOW + timedelta(hours=12))
    asks(begun, "comeBack")
    begun.clears()
    assert begun.holds("note") == {"text": "Half a sen"}


# --- days and numbers -----------------------------------------------------------------------------


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
    asks(journal, "comeBack")
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


# --- what is told, and where one goes on ----------------------------------------------------------


def test_every_second_keep_is_told_as_the_first(begun: Journal) -> None:
    asks(begun, "watchSaid")
    for count in (1, 2):
        begun.notes("Again.")
        until(lambda count=count: asks(begun, "saids").count("Kept on this phone."), count)
    assert asks(begun, "saids")[-2:] == ["", "Kept on this phone."]


def test_the_buttons_of_a_line_say_of_which_note_they_are(begun: Journal) -> None:
    begun.notes("First.")
    when = "Mar 4, 2026, 12:30 PM"
    ways = [f"Change the note of {when}", f"Delete the note of {when}"]
    assert begun.buttons() == [*ways, *ways]


def test_the_focus_is_never_lost(writer: Person, journal: Journal, chromium: Chromium) -> None:
    journal.chooses("begin", "region", "neck")
    chromium.page.keyboard.press("Tab")
    journal.keeps("begin")
    until(lambda: journal.focus().startswith("First, is one of these"), True)
    journal.clears()
    until(journal.focus, "How is it now?")
    for words in ("One.", "Two.", "Three."):
        journal.notes(words)
        until(journal.focus, "In my own words")
    journal.changes("Two.")
    until(journal.focus, "In my own words")
    journal.cancels("note")
    until(lambda: journal.focus().startswith("Change the note"), True)
    journal.deletes("Three.")
    until(lambda: "Two." in journal.focus(), True)
    journal.deletes("Two.")
    until(lambda: "One." in journal.focus(), True)
    journal.changes("Neck")
    until(journal.focus, "Has it just locked?")
    journal.cancels("begin")
    until(lambda: journal.focus().startswith("Change the note"), True)
    journal.recovers()
    until(journal.focus, "Has it just locked?")
    journal.erases()
    until(journal.focus, "Has it just locked?")


# --- what comes from elsewhere --------------------------------------------------------------------


def test_what_another_tab_or_a_backup_brings_is_drawn(begun: Journal, chromium: Chromium) -> None:
    begun.unfolds("note")
    begun.types("note", "text", "Half a sen")
    other = chromium.context.new_page()
    other.goto(chromium.page.url)
    other.locator(part("flags")).wait_for()
    other.close()
    asks(
        begun,
        "bring",
        {
            "id": "01990001-0000-7000-8000-000000000001",
            "at": round(NOW.timestamp() * 1000),
            "zone": 0,
            "kind": "note",
            "data": {"text": "From afar."},
        },
    )
    asks(begun, "comeBack")
    until(lambda: any("From afar." in line for line in begun.lines()), True)
    assert begun.holds("note") == {"text": "Half a sen"}
