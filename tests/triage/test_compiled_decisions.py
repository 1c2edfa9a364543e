from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.interviews import RICH, answers, interviews
from tests.support.site import build
from webapp.triage.compiled_decisions import CompiledDecisions
from webapp.triage.decision_list import decided
from webapp.triage.expressions import Expressions
from webapp.triage.interview import NOTES, Interview, State

REAL = build().interview


def compiled(interview: Interview) -> CompiledDecisions:
    expressions = Expressions(interview.variables)
    return CompiledDecisions(expressions, interview.closing, interview.decisions)


def as_written(interview: Interview, state: State) -> list[int]:
    """Return the option number of each variable, by the conditions as written."""
    values = interview.values(state)
    decided(interview.decisions, values)
    return [
        variable.options.index(values[variable.name]) + 1 if variable.name in values else 0
        for variable in interview.variables
    ]


@given(st.data())
def test_every_variable_has_its_value_by_the_conditions_as_written(data):
    interview = data.draw(st.one_of(interviews, st.just(RICH)))
    decisions = compiled(interview)
    for _ in range(3):
        view = data.draw(st.sampled_from([None, *interview.views]))
        note = data.draw(st.sampled_from([None, *NOTES]))
        state = State(data.draw(answers(interview)), view, note)
        assert decisions.numbers(state) == as_written(interview, state)


def test_the_real_decisions_are_those_of_the_conditions_as_written():
    decisions, chance = compiled(REAL), Random(20261201)
    for share in (0.0, 0.02, 0.1, 0.3, 0.6, 1.0) * 60:
        told = {
            question.id: chance.choice(question.options)
            for question in REAL.knowledge.questions
            if chance.random() < share
        }
        state = State(told, chance.choice([None, *REAL.views]), chance.choice([None, *NOTES]))
        assert decisions.numbers(state) == as_written(REAL, state)


def test_a_state_stays_as_it_was():
    state = State({"g-limb": "no", "g-fall": "no"})
    compiled(RICH).numbers(state)
    assert state == State({"g-limb": "no", "g-fall": "no"})


def test_an_answer_that_there_is_not_is_refused():
    with pytest.raises(KeyError):
        compiled(RICH).numbers(State({"age": "ageless"}))
