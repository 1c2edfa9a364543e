"""What a result offers, and whom it gives no plan."""

from __future__ import annotations

import pytest

from tests.support import forms
from tests.support.site import build
from webapp.knowledge.conditions import (
    NEVER,
    All,
    Any,
    AtLeast,
    Condition,
    Is,
    Known,
    Not,
    may_hold,
)
from webapp.triage.diagram import FALSE
from webapp.triage.offers import FIRST_STAGES, PLAN

BUILD = build()
KNOWN = BUILD.knowledge
HEALTHY = forms.healthy(BUILD)
PLANNED = {
    *(statement.id for section in PLAN for statement in KNOWN.sections[section].statements),
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


IN_PREGNANCY = {"side-lying-rest", "belly-breathing", "walking"}
EXERCISES = {exercise.id: exercise for exercise in KNOWN.exercises}
OFFERED = {exercise.id for exercise in BUILD.offers.exercises}
COMPILER = BUILD.prover.compiler


def exercises(**changes: str) -> set[str]:
    """Return the exercises that are shown."""
    return shown(**changes) & {*EXERCISES}


def never(*conditions: Condition) -> bool:
    """Return whether no answers make all of the conditions hold."""
    return COMPILER.sure(All(conditions)) == FALSE


def test_nobody_begins_with_more_than_three_exercises() -> None:
    begun = tuple(BUILD.offers.to_begin_with.values())
    assert never(AtLeast(4, begun))
    assert not never(AtLeast(3, begun))


def test_a_first_very_bad_pain_gets_no_other_exercises() -> None:
    first_days = Is("how-long", ("days-first",))
    assert never(first_days, Any(tuple(BUILD.offers.to_add.values())))
    assert len(exercises(how_long="days-first")) == 3


def test_what_is_shown_stands_in_one_of_the_two_lists() -> None:
    for name in OFFERED:
        begun = BUILD.offers.to_begin_with.get(name, NEVER)
        added = BUILD.offers.to_add[name]
        assert never(begun, added)
        assert never(BUILD.offers.shown(name), Not(Known(Any((begun, added)))))


@pytest.mark.parametrize("stage", ["days-known", "days-first", "weeks-2", "months-3"])
@pytest.mark.parametrize("pregnant", ["yes", "unsure"])
def test_in_pregnancy_there_is_side_lying_breathing_and_walking_only(
    stage: str, pregnant: str
) -> None:
    assert exercises(how_long=stage, pregnant=pregnant) <= IN_PREGNANCY
    others = tuple(BUILD.offers.shown(name) for name in OFFERED - IN_PREGNANCY)
    assert never(Is("pregnant", (pregnant,)), Any(others))


def test_in_the_first_days_of_pain_in_pregnancy_all_three_are_there() -> None:
    assert exercises(how_long="days-first", pregnant="yes") == IN_PREGNANCY


def test_no_result_offers_what_is_for_people_without_pain() -> None:
    prevention = {name for name, exercise in EXERCISES.items() if exercise.only_prevents}
    assert prevention == {"low-superman", "partial-curl-up", "side-bridge"}
    assert not prevention & {*BUILD.offers.by_id}


def test_every_reason_to_leave_an_exercise_out_does() -> None:
    for name in OFFERED:
        for reason in EXERCISES[name].not_for:
            may = may_hold(KNOWN.reasons[reason].when)
            assert never(BUILD.offers.shown(name), may), (name, reason)


def test_a_bone_that_may_be_hurt_is_seen_more_widely_than_a_suspected_one() -> None:
    suspected, maybe = (KNOWN.definitions[name] for name in ("bone-suspected", "bone-maybe"))
    assert never(may_hold(suspected), Not(may_hold(maybe)))


@pytest.mark.parametrize(
    ("answers", "there", "gone"),
    [
        ({"pattern": "worse-sitting"}, {"prone-press-up", "bird-dog"}, {"single-knee-to-chest"}),
        ({"pattern": "worse-standing"}, {"single-knee-to-chest"}, {"prone-press-up"}),
        ({"pattern": "no-pattern"}, {"cat-camel"}, {"prone-lying", "childs-pose"}),
        ({"pattern": "nothing-helps", "rest_pain_eases": "yes"}, set(), OFFERED),
        ({"region": "neck"}, {"neck-turns", "trapezius-stretch"}, {"pelvic-tilt", "cat-camel"}),
        ({"region": "middle"}, {"seated-trunk-turn"}, {"pelvic-tilt", "neck-turns"}),
        ({"care_moving": "yes", "sore_arms": "yes"}, {"pelvic-tilt"}, {"cat-camel", "bird-dog"}),
        ({"care_moving": "yes", "floor_risk": "unsure"}, {"side-lying-rest"}, {"rest-90-90"}),
        ({"region": "neck", "arm_tingling": "yes"}, {"belly-breathing"}, {"neck-turns"}),
        ({"weak_bones": "unsure"}, {"belly-breathing"}, {"cat-camel", "glute-bridge"}),
    ],
    ids=lambda value: str(sorted(value)) if isinstance(value, set | frozenset) else str(value),
)
def test_an_exercise_fits_the_place_the_pattern_and_the_person(
    answers: dict[str, str], there: set[str], gone: set[str]
) -> None:
    told = exercises(how_long="days-known", **answers) | exercises(
        how_long="weeks-2", trend="getting-better", **answers
    )
    assert there <= told
    assert not gone & told
