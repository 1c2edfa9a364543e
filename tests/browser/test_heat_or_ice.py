"""Heat or ice on a phone whose server is dead: a few questions, one answer, a timer."""

from __future__ import annotations

import pytest

from tests.browser.pages.heat_or_ice import HeatOrIce
from tests.browser.pages.timer import Starter, Timer, TimerBar
from tests.support.person import Person, until


@pytest.fixture
def offline(offline: Person) -> Person:
    """Somebody who has just opened this page, with no server."""
    offline.visits("heat-or-ice/")
    return offline


def test_one_tap_gives_one_answer_with_a_timer(offline: Person) -> None:
    offline.presses("none")
    assert offline.reads("h1") == "Start with warmth"
    HeatOrIce(offline).warmth.waits(10)
    assert HeatOrIce(offline).cold_is_folded()


def test_a_fresh_injury_gives_cold_and_no_timer_for_warmth(offline: Person) -> None:
    offline.says("yes", "quick-injury")
    offline.presses("next")
    assert offline.reads("h1") == "Use cold, not warmth"
    HeatOrIce(offline).cold.waits(10)
    assert not HeatOrIce(offline).warmth.is_on_the_page()


@pytest.mark.parametrize("row", ["quick-feeling", "quick-ill", "quick-drowsy", "quick-hurt-skin"])
def test_where_both_could_hurt_no_timer_can_be_started(offline: Person, row: str) -> None:
    offline.says("yes", row)
    offline.presses("next")
    assert offline.reads("h1") == "Neither warmth nor cold"
    assert not Starter(offline).is_on_the_page()


def test_being_unsure_of_a_row_counts_as_yes(offline: Person) -> None:
    offline.says("unsure", "quick-feeling")
    offline.presses("next")
    assert offline.reads("h1") == "Neither warmth nor cold"


def test_nothing_answered_and_continue_says_what_to_do(offline: Person) -> None:
    offline.presses("next")
    assert "Nothing is answered" in offline.reads("main .note:not([hidden])")
    offline.presses("none")
    assert offline.reads("h1") == "Start with warmth"


def test_the_answers_of_the_check_are_taken_along_and_stay_on_the_phone(offline: Person) -> None:
    offline.visits("check/")
    offline.answers_until("result-self-care")
    offline.takes_answers_to("heat-or-ice/answer/")
    assert offline.reads("h1") == "Start with warmth"
    offline.goes_back()
    assert offline.reads("h1") == "You can look after this at home"


def test_the_way_back_from_the_timer_leads_to_the_answer(offline: Person) -> None:
    offline.presses("none")
    HeatOrIce(offline).warmth.starts(10)
    Timer(offline).goes_back()
    until(lambda: offline.reads("h1"), "Start with warmth")
    TimerBar(offline).waits()
