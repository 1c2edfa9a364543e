"""A form of the journal that changes a note, and what is being written: nothing is overwritten."""

from __future__ import annotations

import pytest

from tests.browser.pages.journal import CLEAR, NOW, Journal
from tests.support.browsers import Chromium
from tests.support.journal import kept, records
from tests.support.person import Person, until

LONG = "It began when I lifted a box. "


# --- a change ----------------------------------------------------------------------------------


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
    assert begun.draft() is None
    other.close()


# --- drafts ------------------------------------------------------------------------------------


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
    until(begun.draft, None)
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
    assert begun.draft() is None
    until(other.locator("[data-journal-form=note] textarea").input_value, "")
    assert begun.holds("note") == {}
    other.close()
