"""Exercises on a phone whose server is dead: this person's set, a card, its drawing, a timer."""

from __future__ import annotations

import pytest

from tests.support.browsers import Chromium
from tests.support.person import Person, until
from tests.support.records import StagedServer

MOVER = "[data-mover] button"
MOVING = """
    return [...document.images].filter(({ currentSrc }) => currentSrc.includes("moving")).length;
"""
OFFERED = "main a[href*='exercises/'], [formaction*='exercises']"


@pytest.fixture
def offline(ready: Person, server: StagedServer) -> Person:
    """Somebody whose phone holds everything, and whose server has just died."""
    ready.waits_for_everything()
    server.kill()
    return ready


def test_the_answers_lead_to_a_set_that_can_be_printed(offline: Person) -> None:
    offline.visits("check/")
    offline.answers_until("result-self-care")
    offline.takes_answers_to("exercises/")
    assert "Exercises that fit your answers" in offline.reads()
    cards = "return document.querySelectorAll('.fitting a.card').length"
    assert 1 <= offline.browser.run(cards) < 26
    until(lambda: offline.shows("[data-print] button"), True)
    assert offline.browser.run("return document.querySelectorAll('.sheet').length") >= 1


def test_after_an_urgent_answer_there_is_no_exercise(offline: Person) -> None:
    offline.visits("check/")
    offline.ticks("saddle-numb")
    offline.presses("next")
    offline.sees("result-emergency")
    assert offline.browser.run(f"return document.querySelectorAll({OFFERED!r}).length") == 0


def test_a_drawing_moves_when_asked_and_stands_still_again(offline: Person) -> None:
    offline.visits("exercises/cat-camel/")
    until(lambda: offline.shows(MOVER), True)
    assert offline.browser.run(MOVING) == 0
    offline.browser.press(MOVER)
    until(lambda: offline.browser.run(MOVING), 1)
    offline.browser.press(MOVER)
    until(lambda: offline.browser.run(MOVING), 0)


def test_where_motion_is_not_wanted_no_drawing_offers_to_move(
    offline: Person, chromium: Chromium
) -> None:
    chromium.page.emulate_media(reduced_motion="reduce")
    offline.visits("exercises/cat-camel/")
    until(lambda: offline.shows("[data-timer-start] button[data-minutes]"), True)
    assert not offline.shows(MOVER)


def test_a_card_counts_its_holds_and_sides(offline: Person) -> None:
    offline.visits("exercises/bird-dog/")
    start = "[data-timer-start] button[data-minutes]"
    until(lambda: offline.shows(start), True)
    offline.browser.press(start)
    until(lambda: "/timer/" in offline.browser.run("return location.pathname"), True)
    until(lambda: "Arm and leg on hands and knees" in offline.reads(), True)
