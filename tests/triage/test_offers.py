"""What a result offers, and whom it gives no plan."""

from __future__ import annotations

import pytest

from tests.support import forms
from tests.support.site import build
from webapp.triage.offers import FIRST_STAGES, PLAN

BUILD = build()
KNOWN = BUILD.knowledge
HEALTHY = forms.healthy(BUILD)
PLANNED = {
    *(one.id for section in PLAN for one in KNOWN.sections[section].statements),
    *(position.id for position in KNOWN.positions),
    *(exercise.id for exercise in KNOWN.exercises),
    *FIRST_STAGES,
    "warmth-first",
    "cold-first",
}


def shown(**changes: str) -> set[str]:
    """Return what is shown to a healthy person with these answers changed."""
    answers = {**HEALTHY, **{name.replace("_", "-"): value for name, value in changes.items()}}
    return {*BUILD.offers.shown_for(BUILD.interview.decisions, answers)}


def test_a_healthy_adult_gets_a_plan() -> None:
    assert {"self-care-active", "warmth-first", *FIRST_STAGES} <= shown()


@pytest.mark.parametrize(
    "answers",
    [
        {"age": "age-under-18"},
        {"spine_procedure": "yes"},
        {"spine_procedure": "unsure"},
        {"spine_disease": "yes"},
        {"spine_disease": "unsure"},
    ],
    ids=str,
)
def test_those_whom_the_app_is_not_built_for_get_signs_and_whom_to_call(
    answers: dict[str, str],
) -> None:
    told = shown(**answers)
    assert "watch-saddle" in told
    assert not told & PLANNED
