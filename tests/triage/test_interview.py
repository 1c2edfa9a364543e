"""The interview: what is asked next, and how a form becomes a state."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import forms
from tests.support.site import build
from webapp.triage.assessment import assess
from webapp.triage.interview import RESULT, State

BUILD = build()
INTERVIEW = BUILD.interview
DANGER = [item.id for item in BUILD.knowledge.screens[0].items]
EVERY_BODY = [
    *forms.dishonest(BUILD),
    *forms.walks(BUILD),
    *forms.random_forms(BUILD, 200, seed=1),
]


def screen(state: State) -> str:
    """Return what the page for the state shows."""
    values = state.values
    evaluator = INTERVIEW.evaluator(state)
    for decision in INTERVIEW.decisions:
        values[decision.name] = decision.decide(evaluator)
    return values["screen"]


def test_the_danger_signs_come_first():
    assert screen(State()) == "danger"


def test_an_emergency_ends_the_questions_at_once():
    assert screen(INTERVIEW.read(b"saddle-numb=yes&at=danger&go=next")) == RESULT


def test_a_healthy_adult_reaches_self_care_in_eight_taps():
    state, taps = State(), 0
    wanted = forms.healthy(BUILD)
    while (at := screen(state)) != RESULT:
        own = next(screen for screen in BUILD.knowledge.screens if screen.id == at)
        tap = {"go": "none"} if own.kind == "ticks" else {at: wanted[at]}
        state = INTERVIEW.read(forms.encode({**state.answers, "at": at, **tap}))
        taps += 1
    assert (taps, assess(BUILD.knowledge, state.answers).urgency) == (8, "self-care")


def test_continue_makes_every_row_that_is_not_ticked_a_no():
    state = INTERVIEW.read(b"sudden-breath=yes&at=danger&go=next")
    assert state.answers == {**dict.fromkeys(DANGER, "no"), "sudden-breath": "yes"}


def test_none_of_these_makes_every_row_a_no():
    assert INTERVIEW.read(b"at=danger&go=none").answers == dict.fromkeys(DANGER, "no")


@pytest.mark.parametrize(
    ("body", "view", "note"),
    [
        (b"at=danger&go=next", "danger", "nothing-ticked"),
        (b"very-ill=yes&at=danger&go=none", "danger", "ticked-and-none"),
        (b"at=danger&go=unsure", "unsure-danger", None),
        (b"at=danger&go=pick", "unsure-danger", "nothing-ticked"),
        (b"very-ill=unsure&at=danger&go=sure", "unsure-danger", "ticked-and-none"),
        (b"at=region", "region", "choose"),
    ],
)
def test_a_contradiction_shows_the_same_screen_again_with_the_reason(body, view, note):
    state = INTERVIEW.read(body)
    assert (state.view, state.note, state.status) == (view, note, 200)


def test_what_was_ticked_is_kept_while_a_contradiction_is_cleared():
    assert INTERVIEW.read(b"very-ill=yes&at=danger&go=none").answers == {"very-ill": "yes"}


def test_rows_a_person_is_unsure_of_are_unsure_and_the_others_no():
    state = INTERVIEW.read(b"very-ill=yes&bowel-change=unsure&at=danger&go=pick")
    others = dict.fromkeys(DANGER, "no")
    assert state.answers == {**others, "very-ill": "yes", "bowel-change": "unsure"}


def test_looking_back_keeps_every_answer():
    state = INTERVIEW.read(b"region=neck&age=age-50&at=onset&show=region")
    assert (state.answers, state.view) == ({"region": "neck", "age": "age-50"}, "region")


def test_a_changed_answer_goes_straight_back_to_the_result():
    answers = forms.healthy(BUILD)
    changed = {**answers, "pattern": "worse-sitting", "at": "pattern"}
    assert screen(INTERVIEW.read(forms.encode(changed))) == RESULT


def test_what_is_no_form_of_ours_never_fails_and_never_invents_an_answer():
    options = {question.id: question.options for question in BUILD.knowledge.questions}
    for body in forms.dishonest(BUILD):
        state = INTERVIEW.read(body)
        assert all(value in options[name] for name, value in state.answers.items()), body
        assert state.status in (200, 400), body


@pytest.mark.parametrize(
    "body",
    [
        b"saddle-numb=yes&x=1",
        b"saddle-numb=yes&age=old",
        b"saddle-numb=yes&region=neck&region=neck",
    ],
)
def test_answers_that_were_valid_survive_a_dishonest_form(body):
    state = INTERVIEW.read(body)
    assert (state.answers, state.note, state.status) == ({"saddle-numb": "yes"}, "again", 400)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_failing(body):
    assert INTERVIEW.read(body).status in (200, 400)


def test_every_state_has_a_page_with_one_heading():
    for body in EVERY_BODY:
        state = INTERVIEW.read(body)
        for route in ("check/", "check/next/"):
            assert BUILD.release.page("en", route, state).count(b"<h1") == 1, body


def test_the_decision_and_the_assessment_agree():
    for body in forms.boundary(BUILD):
        state = INTERVIEW.read(body)
        decided = INTERVIEW.urgency.decide(INTERVIEW.evaluator(state))
        assert decided == assess(BUILD.knowledge, state.answers).urgency, body
