"""What answers a form begins at its heading, or goes on where the person was."""

from __future__ import annotations

import pytest

from tests.browser.pages.backup import Backup
from tests.browser.pages.feedback import FeedbackPage
from tests.support.browsers import Chromium
from tests.support.in_page import InPage
from tests.support.person import PLAIN_ANSWERS, Person, until

IN_PAGE = InPage.beside(__file__)


def focused(person: Person) -> str:
    return str(person.browser.call(IN_PAGE, "focused"))


def heading(person: Person) -> str:
    return str(person.browser.call(IN_PAGE, "heading"))


def test_each_step_begins_at_its_heading_and_is_named_by_it(
    offline: Person, chromium: Chromium
) -> None:
    offline.visits("check/")
    assert focused(offline) == ""
    titles = []
    while not offline.place.startswith("result"):
        offline.answers(PLAIN_ANSWERS)
        until(lambda: focused(offline), f"h1: {heading(offline)}")
        assert chromium.page.title() == f"{heading(offline)} · Easeback"
        titles.append(chromium.page.title())
    assert len(set(titles)) == len(titles) > 3


def test_a_screen_that_is_shown_again_begins_with_the_reason(offline: Person) -> None:
    offline.visits("check/")
    offline.answers_until("gates")
    offline.presses("next")
    until(lambda: focused(offline).startswith("p: Nothing is ticked."), True)


@pytest.mark.parametrize("size", [16, 24])
def test_what_has_the_focus_is_never_under_a_bar(
    offline: Person, chromium: Chromium, size: int
) -> None:
    offline.visits("check/")
    offline.answers_until("gates")
    chromium.page.emulate_media(
        reduced_motion="reduce"
    )  # else the page glides to what has the focus
    offline.browser.call(IN_PAGE, "enlarge", size)
    offline.ticks("g-hurt")
    chromium.page.keyboard.press("Home")
    covered = []
    for key in ["Tab"] * 20 + ["Shift+Tab"] * 20:
        chromium.page.keyboard.press(key)
        covered += offline.browser.call(IN_PAGE, "covered")
    assert covered == []


def test_a_link_leads_past_many_rows_to_the_buttons(offline: Person, chromium: Chromium) -> None:
    offline.visits("check/")
    offline.answers_until("gates")
    chromium.page.keyboard.press("Tab")
    assert focused(offline) == "a: Skip to the buttons"
    chromium.page.keyboard.press("Enter")
    chromium.page.keyboard.press("Tab")
    assert focused(offline) == "button: Continue"


def test_feedback_that_is_not_taken_begins_with_the_reason_and_sent_at_the_thanks(
    person: Person,
) -> None:
    page = FeedbackPage(person)
    page.opens()
    page.sends()
    page.is_asked_to_choose()
    assert person.browser.run("return document.activeElement.name") == "helped"
    page.chooses("yes")
    page.writes("long " * 101)
    page.sends()
    page.is_faulted("words")
    until(lambda: focused(person).startswith("p: That is too long."), True)
    page.writes("short")
    page.sends()
    person.sees("feedback/thanks/")
    until(lambda: focused(person), "h1: Thank you")


def test_feedback_that_waits_leaves_the_focus_at_its_button(
    offline: Person,
) -> None:
    page = FeedbackPage(offline)
    page.says("yes")
    page.is_told("kept")
    until(lambda: focused(offline), "button: Send")


def test_the_backup_goes_on_at_its_button_or_at_the_heading_of_what_has_come(
    person: Person,
) -> None:
    backup = Backup(person)
    backup.opens()
    backup.turns_on()
    until(lambda: focused(person), "h2: The backup is on")
    backup.syncs()
    until(lambda: focused(person), "button: Back up now")
    backup.stops()
    until(lambda: focused(person), "h2: Make a backup")
