"""The yardstick of the bench is right: the generated ifs say what the rules say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.benches import triage as bench
from tests.support.known import known
from tests.support.small import SCREENS, answer_sets, conditions, knowledge, rule
from webapp.knowledge.conditions import Any, Is
from webapp.knowledge.model import URGENCIES
from webapp.triage.assessment import assess, urgency_decision
from webapp.triage.diagram import Compiler, Diagram
from webapp.triage.interview import Interview

NUMB = Is("numb", ("yes",))
KNOWN = knowledge(
    rule("numb", NUMB, "emergency"),
    rule("hot-or-old", Any((Is("fever", ("yes",)), Is("age", ("old",)))), "soon"),
)
INTERVIEW = Interview(KNOWN)


def judged(known, answers):
    assessment = assess(known, answers)
    ids = [[rule.id for rule in rules] for rules in (assessment.fired, assessment.unresolved)]
    return (assessment.urgency, *ids)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(conditions, st.sampled_from(URGENCIES[1:])), max_size=4), conditions)
def test_the_plain_ifs_and_the_rules_agree_on_every_set_of_answers(written, shared):
    rules = [rule(str(place), when, urgency) for place, (when, urgency) in enumerate(written)]
    rules.append(rule("shared", Any((shared, NUMB)), "urgent"))
    known = knowledge(*rules, definitions={"shared": shared})
    every_rule = bench.plain_ifs(known)
    urgency = bench.plain_urgency(known, urgency_decision(known))
    for answers in answer_sets():
        assert every_rule(answers) == judged(known, answers)
        assert urgency(answers) == assess(known, answers).urgency


def test_the_plain_ifs_and_the_real_rules_agree():
    real = known()
    every_rule = bench.plain_ifs(real)
    for answers in bench.people(real, count=500, seed=2):
        assert every_rule(answers) == judged(real, answers)


def test_people_answer_everything_and_are_of_all_kinds():
    real = known()
    people = bench.people(real)
    assert people == bench.people(real)
    assert {len(answers) for answers in people} == {len(real.questions)}
    assert {assess(real, answers).urgency for answers in people} == set(URGENCIES)


def test_each_way_is_measured_against_the_plain_ifs_above_it():
    compiler = Compiler(Diagram(INTERVIEW.variables))
    speeds = bench.measure(KNOWN, INTERVIEW.urgency, compiler, rounds=3)
    assert [len(speed.ratios) for speed in speeds] == [0, 3, 0, 3, 3]
    assert all(speed.per_second > 0 for speed in speeds)


def test_nothing_is_measured_where_two_ways_disagree():
    compiler = Compiler(Diagram(INTERVIEW.variables))
    wrong = replace(INTERVIEW.urgency, cases=INTERVIEW.urgency.cases[1:])
    with pytest.raises(bench.Disagreement, match="numb: yes"):
        bench.measure(KNOWN, wrong, compiler)


def test_the_small_screens_ask_for_every_made_up_variable():
    asked = {question.id for screen in SCREENS for question in screen.questions}
    assert asked == {name for answers in answer_sets() for name in answers}
