"""Urgency: what single findings, clusters and doubts come to, and within what time."""

from __future__ import annotations

import pytest

from tests.support import forms
from tests.support.site import build
from webapp.knowledge.model import URGENCIES
from webapp.triage.assessment import Assessment, assess

BUILD = build()
HEALTHY = forms.healthy(BUILD)


def assessed(**changes: str) -> Assessment:
    """Return the assessment of a healthy person with these answers changed."""
    answers = {**HEALTHY, **{name.replace("_", "-"): value for name, value in changes.items()}}
    return assess(BUILD.knowledge, answers)


def urgency(**changes: str) -> str:
    return assessed(**changes).urgency


def test_a_locked_low_back_with_no_sign_of_anything_else_is_self_care():
    assert urgency() == "self-care"


@pytest.mark.parametrize("finding", sorted(BUILD.interview.danger_rows))
def test_a_danger_sign_alone_is_an_emergency_and_unsure_of_it_never_less_than_urgent(finding):
    for way in forms.openings(BUILD.interview, finding):
        assert urgency(**way, **{finding: "yes"}) == "emergency"
        assert urgency(**way, **{finding: "unsure"}) in {"urgent", "emergency"}


INJURY = {"injury-began": "yes"}
DAYS, LONG_AGO = {**INJURY, "hurt-when": "hurt-3-days"}, {**INJURY, "hurt-when": "hurt-longer"}
WORST = {"severe": "yes", "began": "in-minutes"}
PREGNANT = {"pregnancy": "yes"}
BREATH = {"region": "middle", "breath-sharp": "yes"}
FEVER = {"fever-lately": "yes", "fever-alone": "yes"}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (FEVER, "urgent"),
        ({"fever-lately": "yes"}, "soon"),
        ({**FEVER, "diabetes": "yes"}, "emergency"),
        ({**FEVER, "leg-tingles": "yes"}, "emergency"),
        ({**FEVER, "no-ease": "yes"}, "emergency"),
        ({"fever-lately": "yes", "light-hurts": "yes"}, "emergency"),
        ({"cancer-ever": "yes"}, "urgent"),
        ({"cancer-ever": "yes", "leg-tingles": "yes"}, "emergency"),
        ({"leg-weak": "yes"}, "urgent"),
        ({"leg-weak": "unsure"}, "urgent"),
        ({"legs-odd": "yes"}, "urgent"),
        ({"legs-odd": "yes", "region": "middle"}, "emergency"),
        ({"legs-odd": "yes", "limbs-fast": "yes"}, "emergency"),
        ({"leg-tingles": "yes"}, "soon"),
        ({"region": "neck", "arm-tingles": "yes"}, "soon"),
        ({"region": "neck", "arm-weaker": "yes"}, "urgent"),
        ({"region": "neck", "hands-clumsy": "yes"}, "urgent"),
        ({"thinner": "yes"}, "self-care"),
        ({"thinner": "yes", **WORST}, "urgent"),
        ({"thinner": "yes", **DAYS}, "urgent"),
        ({"thinner": "yes", "leg-numb": "yes"}, "emergency"),
        ({"thinner": "yes", "any-fall": "yes", "head-hit": "yes"}, "emergency"),
        ({"age": "age-70", **DAYS}, "urgent"),
        ({"age": "age-70", **DAYS, "hit-hard": "yes"}, "emergency"),
        ({"age": "age-70", "any-fall": "yes"}, "urgent"),
        ({"age": "age-70", "any-fall": "yes", "not-stand": "yes"}, "emergency"),
        ({**DAYS, "fused": "yes"}, "emergency"),
        ({**DAYS, "fall-high": "yes"}, "emergency"),
        (DAYS, "self-care"),
        ({"region": "neck", **DAYS}, "self-care"),
        ({"region": "neck", **DAYS, "head-turning": "head-stuck"}, "emergency"),
        ({"region": "neck", **LONG_AGO, "head-turning": "head-stuck"}, "self-care"),
        ({"age": "age-70"}, "self-care"),
        ({"steroids": "yes"}, "self-care"),
        ({"steroids": "yes", "began": "in-minutes"}, "urgent"),
        ({"diabetes": "yes"}, "self-care"),
        ({"diabetes": "yes", "climbs": "yes"}, "urgent"),
        ({"began": "in-minutes"}, "self-care"),
        (WORST, "self-care"),
        ({**WORST, "tearing": "yes"}, "emergency"),
        ({**WORST, "clammy": "yes"}, "emergency"),
        ({**WORST, "age": "age-60", "belly-new": "yes"}, "emergency"),
        ({**WORST, "age": "age-60", "no-cause": "yes"}, "urgent"),
        ({**WORST, "age": "age-60", "no-cause": "yes", "artery-risk": "yes"}, "emergency"),
        ({"chest-pain": "yes"}, "soon"),
        ({"chest-pain": "yes", "age": "age-50"}, "urgent"),
        ({"chest-pain": "yes", "chest-more": "yes"}, "emergency"),
        ({"region": "shoulder-blades", "upper-sweat": "yes"}, "emergency"),
        (BREATH, "self-care"),
        ({**BREATH, "breath-unstrained": "yes"}, "urgent"),
        ({**BREATH, "long-journey": "yes"}, "emergency"),
        ({"calf-swollen": "yes"}, "urgent"),
        ({"waves": "yes"}, "urgent"),
        ({"urine-blood": "yes"}, "urgent"),
        ({"waves": "yes", "kidney-risk": "yes"}, "emergency"),
        ({"waves": "yes", "urine-none": "yes"}, "emergency"),
        ({"urine-burning": "yes", "sex": "female"}, "soon"),
        ({"urine-burning": "yes", "sex": "male"}, "urgent"),
        ({"urine-cola": "yes"}, "urgent"),
        ({"urine-cola": "yes", "cola-after": "yes"}, "emergency"),
        ({"cramps-many": "yes"}, "self-care"),
        ({"cramps-many": "yes", "salts-lost": "yes"}, "urgent"),
        ({"cramps-many": "yes", "thyroid-cut": "yes"}, "emergency"),
        ({"hard-work": "yes"}, "self-care"),
        ({"hard-work": "yes", "muscle-wood": "yes"}, "emergency"),
        ({"hard-work": "yes", "no-ease": "yes"}, "emergency"),
        ({**PREGNANT, "weeks": "weeks-13"}, "self-care"),
        ({**PREGNANT, "weeks": "weeks-19"}, "soon"),
        ({**PREGNANT, "weeks": "weeks-13", "preg-bleeding": "yes"}, "urgent"),
        ({**PREGNANT, "weeks": "weeks-36", "preg-bleeding": "yes"}, "emergency"),
        ({"birth": "yes", "birth-heavy": "yes"}, "emergency"),
        ({"sickle": "yes"}, "urgent"),
        ({"sickle": "yes", "sickle-crisis": "yes"}, "emergency"),
        ({"region": "neck", "headache-bad": "yes"}, "urgent"),
        ({"headache-bad": "yes", "neck-board": "yes"}, "emergency"),
        ({"region": "neck", "one-side-new": "yes"}, "urgent"),
        ({"region": "neck", "one-side-new": "yes", "dizzy": "yes"}, "emergency"),
        ({"age": "age-60", "headache-new": "yes"}, "soon"),
        ({"age": "age-60", "headache-new": "yes", "shoulders-stiff": "yes"}, "urgent"),
        ({"age": "age-18-39", "headache-new": "yes"}, "self-care"),
        ({"no-ease": "yes"}, "urgent"),
        ({"wakes": "yes"}, "self-care"),
        ({"wakes": "yes", "wakes-growing": "yes"}, "urgent"),
        ({"climbs": "yes"}, "urgent"),
        ({"not-stand": "yes"}, "self-care"),
        ({"not-stand": "yes", "not-stand-day": "yes"}, "urgent"),
        ({"not-stand": "yes", "stuck": "yes"}, "urgent"),
        ({"floor-hour": "yes"}, "urgent"),
        ({"floor-hour": "yes", "very-weak": "yes"}, "emergency"),
        ({"lump-shape": "yes"}, "urgent"),
        ({"blisters": "yes"}, "urgent"),
        ({"weight-loss": "yes"}, "urgent"),
        ({"age": "age-under-18"}, "soon"),
        ({"age": "age-under-18", "child-limps": "yes"}, "urgent"),
        ({"age": "age-under-18", "not-stand": "yes"}, "emergency"),
        ({"region": "shoulder-blades"}, "soon"),
        ({"region": "shoulder-blades", "leg-tingles": "yes"}, "urgent"),
        ({"region": "middle"}, "self-care"),
        ({"region": "middle", "began": "in-minutes", "age": "age-50"}, "soon"),
        ({"region": "middle", "began": "in-minutes", "age": "age-65"}, "urgent"),
        ({"age": "age-50", "first-bad": "yes"}, "soon"),
        ({"age": "age-18-39", "first-bad": "yes"}, "self-care"),
        ({"age": "age-50", "first-bad": "yes", "leg-tingles": "yes"}, "urgent"),
        ({"how-long-now": "weeks-2-4", "better-now": "it-betters"}, "self-care"),
        ({"how-long-now": "weeks-2-4", "better-now": "it-stays"}, "soon"),
        ({"how-long-now": "weeks-over-12", "better-now": "it-is-known"}, "self-care"),
        ({"coughing": "yes"}, "soon"),
        ({"coughing": "yes", "leg-tingles": "yes"}, "soon"),
        ({"returns": "yes"}, "soon"),
        ({**DAYS, "hit-hard": "yes", "spine-grazed": "yes", "sex": "female"}, "emergency"),
        ({**DAYS, "hit-hard": "yes", "spine-grazed": "yes", "sex": "male"}, "self-care"),
    ],
)
def test_findings_and_their_combinations_come_to(answers, expected):
    assert urgency(**answers) == expected


@pytest.mark.parametrize(
    ("answers", "within"),
    [
        ({}, None),
        ({"lump-shape": "yes"}, None),
        ({"returns": "yes"}, "two-weeks"),
        ({"returns": "unsure"}, "two-weeks"),
        ({"age": "age-65", "first-bad": "yes"}, "week"),
        ({"age": "age-50", "first-bad": "yes"}, "two-weeks"),
        ({"returns": "yes", "testicle-lump": "unsure"}, "week"),
        # What would be urgent, were it sure, is for this week.
        ({"cancer-ever": "unsure"}, "week"),
    ],
)
def test_the_shortest_time_counts(answers, within):
    assert assessed(**answers).within == within


def test_nothing_lowers_what_one_rule_demands():
    for rule in BUILD.knowledge.rules:
        example = BUILD.prover.diagram.example(BUILD.prover.compiler.sure(rule.when))
        answers = {
            name: option
            for name, value in example.items()
            if (option := _option(name, value)) is not None
        }
        assessment = assess(BUILD.knowledge, {**HEALTHY, **answers})
        assert rule in assessment.fired
        assert URGENCIES.index(assessment.urgency) >= URGENCIES.index(rule.urgency)


def test_a_question_that_was_not_asked_is_not_a_no():
    answers = {name: value for name, value in HEALTHY.items() if name != "cancer-ever"}
    assert assess(BUILD.knowledge, answers).urgency == "soon"


def test_a_question_that_nothing_opens_is_a_no():
    answers = {name: value for name, value in HEALTHY.items() if name != "saddle-changed"}
    assert assess(BUILD.knowledge, answers).urgency == "self-care"
    opened = answers | {"g-below": "yes"}
    assert assess(BUILD.knowledge, opened).urgency == "urgent"


def _option(name: str, value: int) -> str | None:
    diagram = BUILD.prover.diagram
    return diagram.variables[diagram.index[name]].options[value - 1] if value else None
