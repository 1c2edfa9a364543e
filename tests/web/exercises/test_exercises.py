"""The page of exercises for everybody and for one person, and the cards."""

from __future__ import annotations

import re

import pytest

from tests.support import forms
from tests.support.proofread import proofread
from tests.support.site import build
from webapp.knowledge.model import Exercise
from webapp.triage.interview import State

BUILD = build()
KNOWN = BUILD.knowledge
HEALTHY = forms.healthy(BUILD)
LINK = re.compile(r'href="/en/exercises/([a-z0-9-]+)/"')


def page(route: str = "exercises/", answers: dict[str, str] | None = None) -> str:
    return BUILD.release.page("en", route, State(answers or {})).decode()


def cards(html: str) -> list[str]:
    return LINK.findall(html)


def healthy(**changes: str) -> dict[str, str]:
    return {**HEALTHY, **{name.replace("_", "-"): value for name, value in changes.items()}}


def test_without_answers_every_card_is_listed_once_behind_the_check() -> None:
    html = page()
    assert sorted(cards(html)) == sorted(exercise.id for exercise in KNOWN.exercises)
    assert html.index('class="button button--primary" href="/en/check/"') < html.index("cards")
    assert "data-print" not in html
    for stage in ("acute", "settling", "prevention"):
        assert f'id="stage-{stage}"' in html


def test_in_the_first_days_a_person_sees_three_to_begin_with() -> None:
    assert cards(page(answers=healthy(how_long_now="days-1"))) == [
        "rest-90-90",
        "belly-breathing",
        "pelvic-tilt",
    ]
    html = page(answers=healthy(how_long_now="days-13"))
    assert cards(html)[:3] == ["rest-90-90", "belly-breathing", "pelvic-tilt"]
    first, more = html.split("When these feel all right")
    assert "knee-rolls" not in cards(first)
    assert "knee-rolls" in cards(more)


def test_later_nothing_is_called_a_beginning() -> None:
    html = page(answers=healthy(how_long_now="weeks-2-4", better_now="it-betters"))
    assert "Begin with these" not in html
    assert {"bird-dog", "glute-bridge"} <= {*cards(html)}
    assert len(cards(html)) == len({*cards(html)})


def test_what_is_shown_can_be_printed_in_full() -> None:
    answers = healthy(how_long_now="days-1")
    html = page(answers=answers)
    sheets = re.findall(r'<article class="sheet".*?</article>', html, re.DOTALL)
    assert "data-print" in html
    assert len(sheets) == len(cards(html)) == 3
    tilt = next(exercise for exercise in KNOWN.exercises if exercise.id == "pelvic-tilt")
    (sheet,) = [sheet for sheet in sheets if tilt.name.english in sheet]
    for text in (tilt.start, *(step.text for step in tilt.steps), tilt.dose.hold, tilt.dose.times):
        assert text.english in sheet
    assert re.search(r"/drawings/pelvic-tilt-hold-day\.\w+\.svg", sheet)


@pytest.mark.parametrize(
    "answers", [{"saddle_changed": "yes"}, {"fever_lately": "yes", "fever_alone": "yes"}], ids=str
)
def test_an_urgent_answer_leaves_no_exercise(answers: dict[str, str]) -> None:
    html = page(answers=healthy(**answers))
    assert not cards(html)
    assert "No exercises now." in html
    assert "None of these fits" not in html


def test_whoever_has_no_exercise_is_told_so() -> None:
    html = page(answers=healthy(age="age-under-18"))
    assert not cards(html)
    assert "None of these fits your answers now." in html
    assert "No exercises now." not in html


@pytest.mark.parametrize("answers", [None, HEALTHY, healthy(saddle_changed="yes")], ids=str)
def test_rules_stop_signs_and_the_gym_are_always_there(answers: dict[str, str] | None) -> None:
    html = page(answers=answers)
    for section in ("exercise-rules", "exercise-stop", "exercise-gym"):
        assert f'id="{section}"' in html
        for statement in KNOWN.sections[section].statements:
            assert statement.text.english in html
    assert not proofread(html).faults


@pytest.mark.parametrize("exercise", KNOWN.exercises, ids=lambda card: card.id)
def test_a_card_says_who_leaves_it_out_how_strong_it_is_and_what_is_easier(
    exercise: Exercise,
) -> None:
    html = page(f"exercises/{exercise.id}/")
    for reason in exercise.not_for:
        assert KNOWN.reasons[reason].text.english in html
    for other in (exercise.easier_card, exercise.harder_card):
        assert other is None or other in cards(html)
    assert "How strong the evidence is" in html
    assert exercise.evidence is None or exercise.evidence.english in html
    assert KNOWN.sections["exercise-stop"].statements[0].text.english in html
    assert ("The whole walking ladder" in html) == (exercise.id == "walking")


@pytest.mark.parametrize("exercise", KNOWN.exercises, ids=lambda card: card.id)
def test_a_card_starts_a_timer_that_plays_its_numbers(exercise: Exercise) -> None:
    html = page(f"exercises/{exercise.id}/")
    starter = html[
        html.index("data-timer-start") : html.index("</ol>", html.index("data-timer-start"))
    ]
    dose = exercise.dose
    ready, *played = [int(seconds) for seconds in re.findall(r'data-seconds="(\d+)"', starter)]
    assert ready == 10
    once = [dose.seconds, dose.rest] if exercise.rested else [dose.seconds]
    assert played == once * dose.sides * len(exercise.holds)
    between = starter.count('data-when="between"')
    assert (starter.count('data-when="first"'), between) == (1, 1 if exercise.rested else 0)
    assert f'data-rounds="{dose.count}"' in starter
    assert exercise.held.text.english in starter
