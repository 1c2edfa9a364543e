"""Urgency: what single findings, clusters and doubts come to."""

from __future__ import annotations

import pytest

from tests.support import forms
from tests.support.site import build
from webapp.triage.assessment import assess

BUILD = build()
HEALTHY = forms.healthy(BUILD)


def urgency(**changes: str) -> str:
    """Return the urgency of a healthy person with these answers changed."""
    answers = {**HEALTHY, **{name.replace("_", "-"): value for name, value in changes.items()}}
    return assess(BUILD.knowledge, answers).urgency


def test_a_locked_low_back_with_no_sign_of_anything_else_is_self_care():
    assert urgency() == "self-care"


@pytest.mark.parametrize(
    "finding",
    [
        *(item.id for item in BUILD.knowledge.screens[0].items),
        *[
            "sex-change",
            "fixed-pain",
            "faint-pain",
            "belly-through",
            "dark-urine",
            "locked-jaw",
            "aneurysm",
        ],
    ],
)
def test_a_danger_sign_alone_is_an_emergency_and_unsure_of_it_is_urgent(finding):
    assert urgency(**{finding: "yes"}) == "emergency"
    assert urgency(**{finding: "unsure"}) == "urgent"


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"fever": "yes", "fever-cause": "no"}, "urgent"),
        ({"fever": "yes", "fever-cause": "yes"}, "soon"),
        ({"fever": "yes", "fever-cause": "no", "diabetes": "yes"}, "emergency"),
        ({"fever": "yes", "fever-cause": "no", "one-leg-tingling": "yes"}, "emergency"),
        ({"cancer": "yes"}, "urgent"),
        ({"cancer": "yes", "one-leg-tingling": "yes"}, "emergency"),
        ({"leg-weak": "yes", "leg-speed": "no"}, "urgent"),
        ({"leg-weak": "yes", "leg-speed": "yes"}, "emergency"),
        ({"leg-weak": "unsure", "leg-speed": "no"}, "urgent"),
        ({"odd-legs": "yes"}, "urgent"),
        ({"odd-legs": "yes", "region": "mid-back"}, "emergency"),
        ({"blood-thinner": "yes"}, "self-care"),
        ({"blood-thinner": "yes", "sudden-severe": "yes"}, "urgent"),
        ({"blood-thinner": "yes", "onset": "injury", "injury-when": "injury-old"}, "urgent"),
        ({"onset": "injury", "injury-when": "injury-days", "age": "age-70"}, "urgent"),
        (
            {
                "onset": "injury",
                "injury-when": "injury-days",
                "age": "age-70",
                "hard-impact": "yes",
            },
            "emergency",
        ),
        ({"onset": "injury", "injury-when": "injury-old", "fused-spine": "yes"}, "emergency"),
        ({"age": "age-70"}, "self-care"),
        ({"steroids": "yes"}, "self-care"),
        ({"diabetes": "yes"}, "self-care"),
        ({"sudden-severe": "yes"}, "self-care"),
        ({"age": "age-60", "sudden-severe": "yes", "vessel-risk": "yes"}, "self-care"),
        (
            {
                "age": "age-60",
                "sudden-severe": "yes",
                "vessel-risk": "yes",
                "onset": "no-cause",
            },
            "emergency",
        ),
        ({"stone-pain": "yes"}, "urgent"),
        ({"stone-pain": "yes", "one-kidney": "yes"}, "emergency"),
        ({"stone-pain": "yes", "no-urine": "yes"}, "emergency"),
        ({"body-cramps": "yes"}, "urgent"),
        ({"body-cramps": "yes", "thyroid-operation": "yes"}, "emergency"),
        ({"pregnant": "yes", "pregnancy-weeks": "weeks-early"}, "self-care"),
        ({"pregnant": "yes", "pregnancy-weeks": "weeks-late"}, "urgent"),
        ({"pregnant": "yes", "pregnancy-weeks": "weeks-late", "bleeding": "yes"}, "emergency"),
        ({"pregnant": "yes", "pregnancy-weeks": "weeks-early", "bleeding": "yes"}, "urgent"),
        (
            {"pregnant": "yes", "pregnancy-weeks": "weeks-early", "pregnancy-faint": "yes"},
            "emergency",
        ),
        ({"region": "neck", "severe-headache": "yes", "chin-to-chest": "yes"}, "emergency"),
        ({"region": "neck", "fever": "yes", "fever-cause": "no", "chin-to-chest": "no"}, "urgent"),
        ({"region": "neck", "clap-headache": "yes"}, "emergency"),
        ({"region": "neck", "head-signs": "yes"}, "emergency"),
        ({"region": "neck", "arm-tingling": "yes"}, "soon"),
        ({"region": "neck", "arm-weak": "yes"}, "urgent"),
        ({"region": "neck", "both-arms-weak": "yes"}, "emergency"),
        (
            {
                "region": "neck",
                "onset": "injury",
                "injury-when": "injury-days",
                "neck-turn": "stuck-neck",
            },
            "emergency",
        ),
        ({"region": "neck", "onset": "injury", "injury-when": "injury-days"}, "self-care"),
        ({"age": "age-under-18"}, "soon"),
        ({"age": "age-under-18", "fever": "yes", "fever-cause": "yes"}, "urgent"),
        ({"one-leg-tingling": "yes"}, "soon"),
        ({"onset": "exertion", "exertion-pain": "yes"}, "emergency"),
        ({"onset": "exertion", "exertion-pain": "no"}, "self-care"),
    ],
)
def test_findings_and_their_combinations_come_to(answers, expected):
    assert urgency(**answers) == expected


def test_nothing_lowers_what_one_rule_demands():
    for rule in BUILD.knowledge.rules:
        example = BUILD.prover.diagram.example(BUILD.prover.compiler.sure(rule.when))
        answers = {
            name: option
            for name, value in example.items()
            if (option := _option(name, value)) is not None
        }
        assessed = assess(BUILD.knowledge, {**HEALTHY, **answers})
        assert rule in assessed.fired
        levels = ["self-care", "soon", "urgent", "emergency"]
        assert levels.index(assessed.urgency) >= levels.index(rule.urgency)


def test_a_question_that_was_not_asked_is_not_a_no():
    answers = {name: value for name, value in HEALTHY.items() if name != "saddle-numb"}
    assert assess(BUILD.knowledge, answers).urgency == "urgent"


def _option(name: str, value: int) -> str | None:
    diagram = BUILD.prover.diagram
    return diagram.variables[diagram.index[name]].options[value - 1] if value else None
