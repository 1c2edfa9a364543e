"""What nothing opens counts as its value, by one table for answers, conditions and forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.interviews import RICH, answers, interviews
from webapp.knowledge import loader
from webapp.knowledge.conditions import ALWAYS, NEVER
from webapp.triage.evaluation import Evaluator
from webapp.triage.interview import Interview

CLOSED = {
    "every gate says no": ({"g-limb": "no"}, {"numb": "no"}),
    "one gate of two is open": ({"g-limb": "no", "g-fall": "yes"}, {"fell": None}),
    "one gate of two is not answered": ({"g-limb": "no"}, {"fell": None}),
    "both gates say no": ({"g-limb": "no", "g-fall": "no"}, {"fell": "no"}),
    "what follows from a derived no": ({"g-limb": "no", "g-fall": "no"}, {"weak": "no"}),
    "a parent was answered no": ({"fell": "no"}, {"weak": "no"}),
    "a parent is not sure": ({"fell": "unsure"}, {"weak": None}),
    "a choice counts as what it says": ({"g-fall": "no"}, {"began": "slowly"}),
    "a limit is not met": ({"age": "young"}, {"frail": "no", "chills": "no"}),
    "a limit may be met": ({"age": "old"}, {"frail": None, "chills": None}),
    "nothing was answered": ({}, dict.fromkeys(["numb", "fell", "weak", "began", "frail"])),
    "a gate and a derived answer": (
        {"g-ill": "no", "g-fall": "no"},
        {"fever": "no", "chills": "no"},
    ),
    "a gate says no, an answer is open": ({"g-ill": "no", "g-fall": "yes"}, {"fever": None}),
}


@pytest.mark.parametrize(("given_", "wanted"), CLOSED.values(), ids=CLOSED)
def test_a_question_that_nothing_opens_has_its_value(given_, wanted):
    derived = RICH.derived(given_)
    assert {name: derived.get(name) for name in wanted} == wanted


def test_what_was_given_counts_whatever_its_gates_say():
    told = {"g-limb": "no", "g-fall": "no", "numb": "yes", "fell": "unsure", "began": "at-once"}
    derived = RICH.derived(told)
    assert {name: derived[name] for name in told} == told
    assert "weak" not in derived


@given(st.data())
def test_deriving_again_changes_nothing(data):
    interview = data.draw(interviews)
    derived = interview.derived(data.draw(answers(interview)))
    assert interview.derived(derived) == derived


@given(st.data())
def test_no_given_answer_is_changed_and_only_closed_questions_are_added(data):
    interview = data.draw(interviews)
    told = data.draw(answers(interview))
    derived = interview.derived(told)
    judged = Evaluator(derived)
    assert {name: derived[name] for name in told} == told
    for question in interview.knowledge.questions:
        closed = judged.holds(interview.closed(question.id))
        assert closed != judged.holds(interview.open(question.id))
        assert (question.id in derived) == (question.id in told or closed)


@given(st.data())
def test_what_a_form_keeps_is_read_as_the_same_answers(data):
    """A page's hidden fields hold nothing derived, and nothing is lost by leaving it out."""
    interview = data.draw(interviews)
    told = data.draw(answers(interview))
    judged = Evaluator(interview.derived(told))
    kept = {
        question.id: option
        for question in interview.knowledge.questions
        for option in question.options
        if judged.holds(interview.kept(question.id, option))
    }
    assert kept.items() <= told.items()
    assert interview.derived(kept) == interview.derived(told)


def test_a_question_that_nothing_closes_is_always_open():
    assert RICH.open("age") is ALWAYS
    assert RICH.closed("age") is NEVER


def test_the_data_close_nothing_before_anything_is_answered():
    assert Interview(loader.load()).derived({}) == {}
