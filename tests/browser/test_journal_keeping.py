"""What is sent from a form is kept once, however often it is sent, and nothing is lost."""

from __future__ import annotations

import pytest

from tests.browser.pages.journal import CLEAR, Journal
from tests.browser.pages.keep_result import KeepResult
from tests.support.browsers import Chromium
from tests.support.journal import kept, records
from tests.support.person import Person, until


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
    begun.takes_long_to_write(700)
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
    begun.notes_what_is_said()
    begun.spoils_its_drawing()
    begun.chooses("feel", "pain", 5)
    begun.keeps("feel")
    until(lambda: begun.said()[-1:], ["Kept on this phone."])
    assert kept(writer, "feel") == [{"pain": 5, "can": {}}]
    writer.visits()
    chromium.console.clear()


def test_a_result_is_kept_once_and_takes_nobodys_place_away(
    writer: Person, begun: Journal, chromium: Chromium
) -> None:
    writer.visits("check/")
    writer.answers_until("result-self-care")
    result = KeepResult(writer)
    result.tries_twice()
    result.waits_until_kept()
    until(begun.focus, "Kept on this phone.")
    assert len(kept(writer, "check")) == 1
