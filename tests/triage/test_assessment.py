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


@pytest.mark.parametrize("finding", [item.id for item in BUILD.knowledge.screens[0].items])
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
        ({"leg-newly-weak": "yes"}, "urgent"),
        ({"leg-newly-weak": "unsure"}, "urgent"),
        ({"odd-legs": "yes"}, "urgent"),
        ({"odd-legs": "yes", "region": "middle"}, "emergency"),
        ({"blood-thinner": "yes", "onset": "after-strain"}, "self-care"),
        ({"blood-thinner": "yes", "onset": "with-a-move"}, "urgent"),
        ({"blood-thinner": "yes", "onset": "injury", "injury-when": "injury-months"}, "urgent"),
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
        ({"onset": "injury", "injury-when": "injury-weeks", "fused-spine": "yes"}, "emergency"),
        ({"onset": "injury", "injury-when": "injury-long-ago", "age": "age-70"}, "self-care"),
        ({"age": "age-70"}, "self-care"),
        ({"steroids": "yes", "onset": "slow-no-cause"}, "self-care"),
        ({"steroids": "yes", "onset": "with-a-move"}, "urgent"),
        ({"diabetes": "yes"}, "self-care"),
        ({"onset": "out-of-nowhere"}, "self-care"),
        ({"age": "age-60", "worst-pain": "yes", "vessel-risk": "yes"}, "self-care"),
        (
            {
                "age": "age-60",
                "worst-pain": "yes",
                "vessel-risk": "yes",
                "onset": "out-of-nowhere",
            },
            "emergency",
        ),
        ({"wave-pain": "yes"}, "urgent"),
        ({"blood-urine": "yes"}, "urgent"),
        ({"wave-pain": "yes", "one-kidney": "yes"}, "emergency"),
        ({"wave-pain": "yes", "no-urine": "yes"}, "emergency"),
        ({"body-cramps": "yes"}, "self-care"),
        ({"body-cramps": "yes", "losing-salts": "yes"}, "urgent"),
        ({"body-cramps": "yes", "thyroid-operation": "yes"}, "emergency"),
        ({"pregnant": "yes", "pregnancy-weeks": "weeks-early"}, "soon"),
        ({"pregnant": "yes", "pregnancy-weeks": "weeks-later"}, "urgent"),
        ({"pregnant": "yes", "pregnancy-weeks": "weeks-early", "bleeding": "yes"}, "urgent"),
        ({"region": "neck", "severe-headache": "yes", "chin-to-chest": "yes"}, "emergency"),
        ({"region": "neck", "fever": "yes", "fever-cause": "no", "chin-to-chest": "no"}, "urgent"),
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
        ({"onset": "exertion", "grew-for-hours": "yes", "rock-hard": "yes"}, "emergency"),
        ({"onset": "exertion", "rock-hard": "yes"}, "urgent"),
        ({"onset": "exertion", "grew-for-hours": "yes"}, "self-care"),
        (
            {
                "onset": "exertion",
                "grew-for-hours": "yes",
                "pattern": "nothing-helps",
                "rest-pain-eases": "no",
            },
            "emergency",
        ),
        ({"pattern": "nothing-helps", "rest-pain-eases": "no"}, "urgent"),
        ({"pattern": "nothing-helps", "rest-pain-eases": "yes"}, "self-care"),
        (
            {
                "region": "shoulder-blades",
                "onset": "out-of-nowhere",
                "pattern": "nothing-helps",
                "rest-pain-eases": "no",
            },
            "emergency",
        ),
        ({"region": "shoulder-blades"}, "soon"),
        ({"region": "shoulder-blades", "one-leg-tingling": "yes"}, "urgent"),
        ({"region": "middle"}, "self-care"),
        ({"region": "middle", "age": "age-50"}, "soon"),
        ({"region": "middle", "age": "age-65"}, "urgent"),
        ({"age": "age-50", "how-long": "days-first"}, "soon"),
        ({"age": "age-18", "how-long": "days-first"}, "self-care"),
        ({"age": "age-50", "how-long": "days-first", "one-leg-tingling": "yes"}, "urgent"),
        ({"how-long": "weeks-2", "trend": "getting-better"}, "self-care"),
        ({"how-long": "weeks-2", "trend": "no-better"}, "soon"),
        ({"how-long": "weeks-6"}, "soon"),
        ({"how-long": "weeks-4", "trend": "no-better", "age": "age-50"}, "urgent"),
        ({"how-long": "months-3", "trend": "same-for-years", "age": "age-60"}, "soon"),
        ({"cough-worse": "yes"}, "soon"),
        ({"cough-worse": "yes", "one-leg-tingling": "yes"}, "soon"),
        ({"walking-ache": "yes"}, "soon"),
        ({"keeps-returning": "yes"}, "soon"),
        ({"growing-daily": "yes"}, "urgent"),
        ({"cannot-stand": "yes", "cannot-since": "first-day"}, "self-care"),
        ({"cannot-stand": "yes", "cannot-since": "over-a-day"}, "urgent"),
        ({"stuck-alone": "yes"}, "urgent"),
        ({"back-lump": "yes", "lump-kind": "yes"}, "self-care"),
        ({"back-lump": "yes", "lump-kind": "no"}, "urgent"),
        ({"age": "age-under-18", "limp": "yes"}, "urgent"),
        ({"region": "neck", "age": "age-60", "new-headache": "yes"}, "soon"),
        ({"region": "neck", "age": "age-60", "new-headache": "yes", "jaw-ache": "yes"}, "urgent"),
        (
            {"region": "neck", "age": "age-60", "new-headache": "yes", "sight-loss": "yes"},
            "emergency",
        ),
        ({"region": "neck", "age": "age-18", "new-headache": "yes"}, "self-care"),
        (
            {
                "onset": "injury",
                "injury-when": "injury-days",
                "hard-impact": "yes",
                "spine-bruise": "yes",
                "sex": "female",
            },
            "emergency",
        ),
        (
            {
                "onset": "injury",
                "injury-when": "injury-days",
                "hard-impact": "yes",
                "spine-bruise": "yes",
                "sex": "male",
            },
            "self-care",
        ),
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
