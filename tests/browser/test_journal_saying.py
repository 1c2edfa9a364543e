"""What the page of the journal tells of an action, and where the person goes on."""

from __future__ import annotations

from tests.browser.pages.journal import Journal
from tests.support.browsers import Chromium
from tests.support.person import Person, until


def test_every_second_keep_is_told_as_the_first(begun: Journal) -> None:
    begun.notes_what_is_said()
    for count in (1, 2):
        begun.notes("Again.")
        until(lambda count=count: begun.said().count("Kept on this phone."), count)
    assert begun.said()[-2:] == ["", "Kept on this phone."]


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
