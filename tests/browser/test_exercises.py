"""Exercises on a phone whose server is dead: this person's set, a card, its drawing, a timer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.browser.pages.exercises import Exercises
from tests.browser.pages.timer import Starter, Timer
from tests.support.browsers import Chromium
from tests.support.person import Person, until

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_the_answers_lead_to_a_set_that_can_be_printed(offline: Person) -> None:
    offline.visits("check/")
    offline.answers_until("result-self-care")
    offline.takes_answers_to("exercises/")
    assert "Exercises that fit your answers" in offline.reads()
    exercises = Exercises(offline)
    assert 1 <= exercises.fitting() < 26
    until(exercises.can_be_printed, True)
    assert exercises.printed() >= 1


def test_after_an_urgent_answer_there_is_no_exercise(offline: Person) -> None:
    offline.visits("check/")
    offline.ticks("saddle-numb")
    offline.presses("next")
    offline.sees("result-emergency")
    assert Exercises(offline).offered() == 0


def test_a_drawing_moves_when_asked_and_stands_still_again(offline: Person) -> None:
    offline.visits("exercises/cat-camel/")
    card = Exercises(offline)
    until(card.can_move, True)
    assert card.moving() == 0
    card.moves_or_holds_still()
    until(card.moving, 1)
    card.moves_or_holds_still()
    until(card.moving, 0)


def test_where_motion_is_not_wanted_no_drawing_offers_to_move(
    offline: Person, chromium: Chromium
) -> None:
    chromium.page.emulate_media(reduced_motion="reduce")
    offline.visits("exercises/cat-camel/")
    Starter(offline).waits()
    assert not Exercises(offline).can_move()


def test_a_card_counts_its_holds_and_sides(offline: Person) -> None:
    offline.visits("exercises/bird-dog/")
    Starter(offline).starts()
    until(lambda: "Arm and leg on hands and knees" in offline.reads(), True)


def test_a_player_lets_one_get_ready_and_plays_both_sides_of_each_move(
    offline: Person, chromium: Chromium
) -> None:
    chromium.page.clock.install(time=NOW)
    offline.visits("exercises/neck-turns/")
    chromium.page.clock.pause_at(NOW + timedelta(seconds=20))
    Starter(offline).starts()
    timer = Timer(offline)
    timer.waits()
    played = []
    # 10 seconds to get ready, 5 times 4 holds of 5 seconds, and 2 seconds after each but the last.
    for _ in range(10 + 5 * 4 * 7 - 2 + 2):
        if played[-1:] != [timer.played()]:
            played.append(timer.played())
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
    timer.waits_until_over()
