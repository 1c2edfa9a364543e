"""The interview: what is asked next, and how a form becomes a state."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import forms
from tests.support.interviews import PLANNED, RICH
from tests.support.site import build
from webapp.knowledge.conditions import NEVER
from webapp.triage.assessment import assess
from webapp.triage.interview import (
    ANSWERS_VIEW,
    CONTRADICTION,
    LONGEST_BODY,
    RESULT,
    Interview,
    State,
)

BUILD = build()
INTERVIEW = BUILD.interview
EVERY_BODY = [
    *forms.dishonest(BUILD),
    *forms.walks(BUILD),
    *forms.random_forms(BUILD, 200, seed=1),
]


def after(body: bytes, interview: Interview = RICH) -> str:
    """Return what the page after a posted form shows."""
    return interview.showing(interview.read(body))


def test_gates_come_before_all_but_the_age():
    assert RICH.showing(State()) == "age"
    assert after(b"for=me&age=old&at=age") == "gates"


def test_whom_it_is_for_need_not_be_said():
    assert after(b"age=old&at=age") == "gates"
    assert RICH.read(b"for=other&age=old&at=age").answers == {"for": "other", "age": "old"}


def test_closed_gates_leave_nothing_to_ask_behind_them():
    assert RICH.read(b"age=young&at=gates&go=none").answers == {
        "age": "young",
        **dict.fromkeys(["g-fall", "g-limb", "g-ill"], "no"),
    }
    assert after(b"age=young&at=gates&go=none") == RESULT


def test_an_open_gate_asks_its_rows():
    assert after(b"age=young&g-limb=yes&at=gates&go=next") == "signs"


def test_continue_answers_the_open_rows_of_the_screen_with_no_and_no_others():
    state = RICH.read(b"age=young&g-fall=yes&g-limb=no&g-ill=no&fell=yes&at=signs&go=next")
    assert state.answers == {
        "age": "young",
        "g-fall": "yes",
        "g-limb": "no",
        "g-ill": "no",
        "fell": "yes",
        "weak": "no",
    }


def test_none_of_these_answers_the_open_rows_with_no():
    state = RICH.read(b"g-fall=yes&g-limb=no&fell=no&at=signs&go=none")
    assert state.answers == {"g-fall": "yes", "g-limb": "no", "fell": "no"}


def test_a_screen_on_which_nothing_is_open_is_passed():
    closed = b"age=young&g-fall=no&g-limb=no&g-ill=no&at=signs"
    for action in (b"&go=next", b"&go=none", b""):
        assert after(closed + action) == RESULT


def test_an_emergency_ends_the_questions_at_once():
    assert after(b"age=young&g-limb=yes&at=signs&yes=numb") == RESULT


def test_the_yes_of_a_row_answers_it_whatever_was_chosen_and_completes_nothing():
    state = RICH.read(b"age=young&g-limb=yes&numb=no&at=signs&yes=numb")
    assert state.answers == {"age": "young", "g-limb": "yes", "numb": "yes"}
    assert (state.view, state.note) == (None, None)


def test_rows_without_a_button_are_kept_and_the_screen_comes_again():
    told = b"age=young&g-limb=yes&g-fall=no&g-ill=no&fell=unsure&at=signs"
    assert RICH.read(told).status == 200
    assert after(told) == "signs"


@pytest.mark.parametrize(
    ("body", "view", "note"),
    [
        (b"g-limb=yes&at=signs&go=next", "signs", "nothing-ticked"),
        (b"at=gates&go=next", "gates", "nothing-ticked"),
        (b"g-limb=yes&numb=unsure&at=signs&go=none", "signs", "ticked-and-none"),
        (b"g-ill=yes&at=gates&go=none", "gates", "ticked-and-none"),
        (b"at=age", "age", "choose"),
    ],
)
def test_a_mistake_shows_the_same_screen_again_with_the_reason(body, view, note):
    state = RICH.read(body)
    assert (state.view, state.note, state.status) == (view, note, 200)
    assert RICH.showing(state) == view


def test_what_was_ticked_is_kept_while_a_mistake_is_cleared():
    assert RICH.read(b"g-ill=yes&at=gates&go=none").answers == {"g-ill": "yes"}


CLOSED = b"age=old&g-fall=no&g-limb=no&g-ill=no"


def test_a_row_that_may_be_true_behind_closed_gates_is_asked_about_first():
    assert after(CLOSED + b"&fell=yes") == CONTRADICTION
    assert after(CLOSED + b"&fell=unsure") == CONTRADICTION
    assert after(CLOSED + b"&fell=no") == "more"


def test_a_contradiction_comes_after_what_was_asked_for_and_after_an_emergency():
    assert after(CLOSED + b"&fell=yes&show=answers") == ANSWERS_VIEW
    assert after(CLOSED + b"&numb=yes") == RESULT


def test_standing_by_a_row_opens_its_first_gate():
    state = RICH.read(CLOSED + b"&fell=yes&fever=yes&at=contradiction&go=next")
    assert state.answers["g-fall"] == "yes"
    assert state.answers["g-ill"] == "yes"
    assert state.answers["g-limb"] == "no"
    assert RICH.showing(state) == "signs"


def test_taking_a_row_back_leaves_its_gates_alone():
    state = RICH.read(CLOSED + b"&fell=no&at=contradiction&go=next")
    assert state.answers["g-fall"] == "no"
    assert RICH.showing(state) == "more"


def test_a_row_that_only_rows_open_contradicts_nothing():
    assert RICH.contradicts("weak") is NEVER
    assert [item.id for item in RICH.contradicting] == ["numb", "fell", "fever", "chills"]
    assert after(CLOSED + b"&weak=yes&frail=no") == RESULT


@pytest.mark.parametrize("name", ["numb", "fell", "fever", "chills"])
def test_no_contradiction_is_left_when_a_person_stands_by_it(name):
    state = RICH.read(CLOSED + f"&{name}=unsure&at=contradiction&go=next".encode())
    assert RICH.showing(state) != CONTRADICTION


ASKED = b"age=young&numb=no"
"""All that decides the urgency."""


def test_the_result_waits_for_no_question_of_the_plan():
    assert after(b"age=young&at=signs&go=none", PLANNED) == RESULT
    waiting = PLANNED.evaluator(PLANNED.read(ASKED))
    assert waiting.holds(PLANNED.plan_waits)


def test_who_asks_what_helps_is_asked_all_of_it_and_comes_back_to_the_result():
    assert after(ASKED + b"&show=care", PLANNED) == "care"
    assert after(ASKED + b"&at=care&go=none", PLANNED) == "worse"
    knees = ASKED + b"&knees=yes&skin=no&worse=sitting"
    assert after(knees, PLANNED) == "moves"
    planned = PLANNED.read(ASKED + b"&knees=no&skin=no&at=worse&worse=sitting")
    assert PLANNED.showing(planned) == RESULT
    assert PLANNED.evaluator(planned).holds(PLANNED.planned)
    assert not PLANNED.evaluator(planned).holds(PLANNED.plan_waits)


def test_an_answer_that_makes_more_of_the_plan_due_is_followed_by_it():
    planned = b"age=young&numb=no&skin=no&worse=sitting&knees=unsure&at=care&go=next"
    assert after(planned, PLANNED) == "moves"


def test_an_emergency_has_no_plan():
    emergency = PLANNED.evaluator(PLANNED.read(b"age=young&numb=yes"))
    assert not emergency.holds(PLANNED.plan_waits)
    assert after(b"age=young&numb=yes&knees=yes&skin=no", PLANNED) == RESULT


def test_looking_back_keeps_every_answer():
    state = RICH.read(b"age=old&g-limb=yes&at=gates&show=age")
    assert (state.answers, state.view) == ({"age": "old", "g-limb": "yes"}, "age")


def test_a_row_is_a_danger_where_its_yes_alone_is_an_emergency():
    assert RICH.danger_rows == {"numb"}


def test_a_rule_is_supported_by_rows_that_it_wants_to_be_true():
    names = {rule.id: [item.id for item in RICH.signs_of(rule)] for rule in RICH.knowledge.rules}
    assert names == {
        "numb-legs": ["numb"],
        "weak-after-fall": ["fell", "weak"],
        "old-and-frail": ["frail"],
        "ill": ["fever", "chills"],
    }


@pytest.mark.parametrize(
    ("answers", "limit"),
    [
        ({"age": "old", "frail": "yes"}, "week"),
        ({"age": "old", "frail": "unsure", "fever": "yes"}, "week"),
        ({"fever": "yes"}, "two-weeks"),
        ({"fever": "unsure"}, "two-weeks"),
        ({"fell": "unsure", "weak": "yes"}, "week"),
        ({"fell": "yes", "weak": "yes", "age": "old", "frail": "yes"}, "no-limit"),
        ({"numb": "yes", "fever": "yes"}, "no-limit"),
        ({}, "no-limit"),
    ],
)
def test_the_shortest_time_of_what_leads_to_soon_decides(answers, limit):
    plain = {"age": "young", "numb": "no", "fell": "no", "weak": "no", "frail": "no"}
    state = State({**plain, "fever": "no", "chills": "no", **answers})
    values = RICH.values(state)
    for decision in RICH.decisions:
        values[decision.name] = decision.decide(RICH.evaluator(state))
    assert values["limit"] == limit
    assert (assess(RICH.knowledge, state.answers).within or "no-limit") == limit


# --- over the questions as they are -----------------------------------------------------------


def test_a_healthy_adult_reaches_self_care_in_at_most_fourteen_taps():
    state, taps = State(), 0
    wanted = forms.healthy(BUILD)
    while (at := INTERVIEW.showing(state)) != RESULT:
        own = next(screen for screen in BUILD.knowledge.screens if screen.id == at)
        tap = {at: wanted[at]} if own.kind == "choice" else {"go": "none"}
        state = INTERVIEW.read(forms.encode({**state.answers, "at": at, **tap}))
        taps += 1
    assert assess(BUILD.knowledge, state.answers).urgency == "self-care"
    assert taps <= 14


def test_a_changed_answer_goes_straight_back_to_the_result():
    answers = forms.healthy(BUILD)
    changed = {**answers, "pattern": "worse-sitting", "at": "pattern"}
    assert after(forms.encode(changed), INTERVIEW) == RESULT


def test_every_danger_row_ends_the_check_whatever_else_is_answered():
    for row in INTERVIEW.danger_rows:
        screen = next(s for s in BUILD.knowledge.screens if row in (i.id for i in s.items))
        answers = {**forms.healthy(BUILD), row: "no", "at": screen.id, "yes": row}
        assert after(forms.encode(answers), INTERVIEW) == RESULT


def test_no_contradiction_of_ours_is_left_when_a_person_stands_by_it():
    for row in INTERVIEW.contradicting:
        told = {**forms.healthy(BUILD), row.id: "unsure"}
        ended = assess(BUILD.knowledge, told).urgency == "emergency"
        expected = RESULT if ended else CONTRADICTION
        assert after(forms.encode(told), INTERVIEW) == expected, row.id
        told |= {"at": CONTRADICTION, "go": "next"}
        assert after(forms.encode(told), INTERVIEW) != CONTRADICTION, row.id


def test_the_longest_honest_form_is_read():
    longest = {q.id: max(q.options, key=len) for q in BUILD.knowledge.questions}
    screen = max(INTERVIEW.views, key=len)
    body = forms.encode({**longest, "at": screen, "show": screen, "k": "0" * 36})
    assert len(body) <= LONGEST_BODY * 0.75
    assert INTERVIEW.read(body).answers == longest


def test_what_is_no_form_of_ours_never_fails_and_never_invents_an_answer():
    options = {question.id: question.options for question in BUILD.knowledge.questions}
    for body in forms.dishonest(BUILD):
        state = INTERVIEW.read(body)
        assert all(value in options[name] for name, value in state.answers.items()), body
        assert state.status in (200, 400), body


@pytest.mark.parametrize(
    "body",
    [
        b"saddle-changed=yes&x=1",
        b"saddle-changed=yes&age=old",
        b"saddle-changed=yes&region=neck&region=neck",
        b"saddle-changed=yes&saddle-numb=yes&at=danger&go=next",
        b"saddle-changed=yes&at=danger-1&go=pick",
        b"saddle-changed=yes&show=unsure-danger-1",
        b"saddle-changed=yes&at=danger-1&go=next&yes=urine-start",
        b"saddle-changed=yes&at=contradiction&go=none",
    ],
)
def test_answers_that_were_valid_survive_a_dishonest_form(body):
    state = INTERVIEW.read(body)
    assert (state.answers, state.note, state.status) == ({"saddle-changed": "yes"}, "again", 400)


def test_a_sign_that_stood_in_a_form_twice_is_not_answered_with_no():
    twice = b"g-below=yes&saddle-changed=yes&saddle-changed=no&at=danger-1&go=next"
    assert INTERVIEW.read(twice).answers == {"g-below": "yes"}


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_failing(body):
    assert INTERVIEW.read(body).status in (200, 400)


def test_every_state_has_a_page_with_one_heading():
    for body in EVERY_BODY[::3]:
        state = INTERVIEW.read(body)
        for route in ("check/", "check/next/"):
            assert BUILD.release.page("en", route, state).count(b"<h1") == 1, body


def test_the_decision_and_the_assessment_agree():
    for body in forms.boundary(BUILD):
        state = INTERVIEW.read(body)
        judged = INTERVIEW.evaluator(state)
        assessed = assess(BUILD.knowledge, state.answers)
        assert INTERVIEW.urgency.decide(judged) == assessed.urgency, body
        assert judged.holds(INTERVIEW.limit.is_(assessed.within or "no-limit")), body
