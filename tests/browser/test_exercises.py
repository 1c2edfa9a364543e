"""Exercises on a phone whose server is dead: this person's set, a card, its drawing, a timer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.support.browsers import Chromium
from tests.support.person import Person, until

MOVER = "[data-mover] button"
MOVING = """
    return [...document.images].filter(({ currentSrc }) => currentSrc.includes("moving")).length;
"""
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
PLAYED = """
    const { className } = document.querySelector("[data-timer-picture] img");
    const { textContent } = document.querySelector("[data-timer-text]");
    return [textContent.split(".")[0], className.includes("mirrored")];
"""
OFFERED = "main a[href*='exercises/'], [formaction*='exercises']"


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


def test_a_player_lets_one_get_ready_and_plays_both_sides_of_each_move(
    offline: Person, chromium: Chromium
) -> None:
    chromium.page.clock.install(time=NOW)
    offline.visits("exercises/neck-turns/")
    chromium.page.clock.pause_at(NOW + timedelta(seconds=20))
    offline.browser.press("[data-timer-start] button[data-minutes]")
    offline.sees("timer/")
    offline.waits_for("[data-timer-view]")
    played = []
    # 10 seconds to get ready, 5 times 4 holds of 5 seconds, and 2 seconds after each but the last.
    for _ in range(10 + 5 * 4 * 7 - 2 + 2):
        if played[-1:] != [offline.browser.run(PLAYED)]:
            played.append(offline.browser.run(PLAYED))
        chromium.page.clock.run_for(1000)
    sides = [
        ["Turn your head slowly to look to one side", False],
        ["Come back to the middle", False],
        ["The other side", True],
        ["Come back slowly", False],
        ["Tilt one ear a little towards the shoulder", False],
        ["Come back to the middle", False],
        ["The other side", True],
        ["Come back slowly", False],
    ]
    assert played == [["Get ready", False], *(sides * 5)[:-1], ["Done", False]]
    offline.waits_for("[data-timer-do=close]")
