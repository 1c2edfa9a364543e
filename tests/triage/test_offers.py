"""What a result offers, whom it gives no plan, and of what it warns."""

from __future__ import annotations

import pytest

from webapp.knowledge import loader
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
from webapp.knowledge.model import Statement
from webapp.triage.diagram import FALSE, Compiler, Diagram
from webapp.triage.interview import Interview
from webapp.triage.offers import FIRST_STAGES, LATER, PLAN, SECTIONS, Offers

KNOWN = loader.load()
INTERVIEW = Interview(KNOWN)
OFFERS = Offers(INTERVIEW)
COMPILER = Compiler(Diagram(INTERVIEW.variables))
USUAL = {"age": "age-40-49", "region": "low-back", "pattern": "no-pattern"}
PLANNED = {
    *(statement.id for section in PLAN for statement in KNOWN.sections[section].statements),
    *(position.id for position in KNOWN.positions),
    *(exercise.id for exercise in KNOWN.exercises),
    *FIRST_STAGES,
    "warmth-first",
    "cold-first",
}
WARNINGS = [
    statement
    for section in SECTIONS
    for statement in KNOWN.sections[section].statements
    if statement.kind in ("watch", "stop")
]


def answered(**changes: str) -> dict[str, str]:
    """Return these answers and the best ones to all that is then asked."""
    answers = {name.replace("_", "-"): value for name, value in changes.items()}
    for question in KNOWN.questions:
        if question.id not in INTERVIEW.derived(answers):
            best = (question.worse or question.options)[0]
            answers[question.id] = USUAL.get(question.id, best)
    return answers


def shown(**changes: str) -> set[str]:
    """Return what is shown to a healthy person with these answers changed."""
    return {*OFFERS.shown_for(INTERVIEW.decisions, answered(**changes))}


def never(*conditions: Condition) -> bool:
    """Return whether no answers make all of the conditions hold."""
    return COMPILER.sure(All(conditions)) == FALSE


def test_a_healthy_adult_gets_a_plan() -> None:
    assert {"self-care-active", "warmth-first", *FIRST_STAGES} <= shown()


@pytest.mark.parametrize(
    "answers",
    [
        {"age": "age-under-18"},
        {"needle_spine": "yes"},
        {"needle_spine": "unsure"},
        {"spine_ill": "yes"},
        {"spine_ill": "unsure"},
    ],
    ids=str,
)
def test_those_whom_the_app_is_not_built_for_get_signs_and_whom_to_call(
    answers: dict[str, str],
) -> None:
    told = shown(**answers)
    assert "watch-saddle" in told
    assert not told & PLANNED


# --- warnings -----------------------------------------------------------------------------------


@pytest.mark.parametrize("warning", WARNINGS, ids=lambda warning: warning.id)
def test_a_warning_is_gone_once_all_its_rows_were_answered(warning: Statement) -> None:
    assert warning.warns_of
    given = tuple(OFFERS.given(row) for row in warning.warns_of)
    assert never(OFFERS.shown(warning.id), *given)
    assert not never(OFFERS.shown(warning.id))


def test_what_was_denied_is_no_warning_and_what_was_never_asked_is() -> None:
    assert {"watch-saddle", "watch-hold", "watch-legs", "watch-chest"} <= shown()
    denied = shown(g_limb="yes", g_trunk="yes")
    assert not {"watch-saddle", "watch-hold", "watch-legs", "watch-chest"} & denied
    assert "watch-clap" in denied


def test_what_a_person_is_not_sure_of_stays_a_warning() -> None:
    assert "watch-saddle" in shown(g_below="yes", saddle_changed="unsure")


# --- warmth and cold ----------------------------------------------------------------------------

WHY = tuple(statement.id for statement in KNOWN.sections["packs-why"].statements)


@pytest.mark.parametrize("recommendation", ["neither", "cold-first"])
def test_what_forbids_warmth_is_named(recommendation: str) -> None:
    assert never(OFFERS.shown(recommendation), Not(OFFERS.any_shown(*WHY)))


@pytest.mark.parametrize(
    ("answers", "recommendation", "why"),
    [
        ({"skin_care": "yes", "rub_or_patch": "yes"}, "neither", "packs-why-rub"),
        ({"skin_care": "yes", "opioid_patch": "yes"}, "cold-first", "packs-why-opioid"),
        ({"skin_care": "yes", "numb_skin": "unsure"}, "neither", "packs-why-feeling"),
        ({"skin_care": "yes", "cold_illness": "yes"}, "warmth-first", "packs-why-cold"),
        ({"g_care": "yes", "sickle": "yes"}, "warmth-first", "packs-why-sickle"),
    ],
    ids=str,
)
def test_warmth_and_cold_fit_the_answers(
    answers: dict[str, str], recommendation: str, why: str
) -> None:
    assert {recommendation, why} <= shown(**answers)


def test_cold_is_never_for_sickle_cell_disease_nor_where_a_rub_is() -> None:
    cold = Any((OFFERS.shown("cold-first"), OFFERS.shown("cold-how-minutes")))
    for row in ("sickle", "rub-or-patch"):
        assert never(cold, Is(row, ("yes",)))


# --- emergencies --------------------------------------------------------------------------------


def test_nobody_goes_by_car_or_moves_after_an_injury() -> None:
    assert "emergency-ride" in shown(g_below="yes", saddle_changed="yes")
    told = shown(g_below="yes", saddle_changed="yes", g_hurt="yes", injury_began="yes")
    assert "emergency-ride" not in told
    assert "emergency-still" in told


def test_only_after_an_injury_or_a_fall_is_anybody_told_to_keep_still() -> None:
    hurt = Any((Is("injury-began", ("yes",)), Is("any-fall", ("yes",))))
    assert never(OFFERS.shown("emergency-still"), Not(Known(hurt)))


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"g_ill": "yes", "opioid_sleepy": "yes"}, "emergency-patch"),
        (
            {"g_care": "yes", "adrenal": "yes", "g_ill": "yes", "vomiting": "yes"},
            "emergency-steroids",
        ),
        (
            {"g_care": "yes", "sickle": "yes", "sickle_crisis": "yes"},
            "emergency-sickle",
        ),
        (
            {"g_head": "yes", "dizzy": "yes", "outdoors": "yes", "fainted": "yes"},
            "emergency-gas",
        ),
    ],
    ids=str,
)
def test_an_emergency_says_what_these_answers_need(answers: dict[str, str], told: str) -> None:
    assert told in shown(**answers)
    assert told not in shown(g_below="yes", saddle_changed="yes")


# --- what to expect -----------------------------------------------------------------------------


@pytest.mark.parametrize("region", ["neck", "shoulder-blades", "middle", "tailbone", "several"])
def test_numbers_about_the_low_back_are_for_the_low_back(region: str) -> None:
    numbers = {"expect-weeks", "expect-work", "expect-year", "expect-again"}
    assert numbers <= shown()
    assert not numbers & shown(region=region)


def test_only_home_care_says_after_how_many_weeks_to_see_somebody() -> None:
    assert {"recheck-two-weeks", "recheck-six-weeks", "recheck-twelve-weeks"} <= shown()
    for name in LATER:
        assert never(OFFERS.shown(name), Is("urgency", ("soon",)))


# --- exercises ----------------------------------------------------------------------------------

IN_PREGNANCY = {"side-lying-rest", "belly-breathing", "walking"}
EXERCISES = {exercise.id: exercise for exercise in KNOWN.exercises}
OFFERED = {exercise.id for exercise in OFFERS.exercises}
EXPECTING = {"g_care": "yes", "pregnancy": "yes"}


def exercises(**changes: str) -> set[str]:
    """Return the exercises that are shown."""
    return shown(**changes) & {*EXERCISES}


def test_nobody_begins_with_more_than_three_exercises() -> None:
    begun = tuple(OFFERS.to_begin_with.values())
    assert never(AtLeast(4, begun))
    assert not never(AtLeast(3, begun))


def test_the_first_two_days_get_no_other_exercises() -> None:
    first_days = Is("how-long-now", ("days-1",))
    assert never(first_days, Any(tuple(OFFERS.to_add.values())))
    assert len(exercises(how_long_now="days-1")) == 3


def test_what_is_shown_stands_in_one_of_the_two_lists() -> None:
    for name in OFFERED:
        begun = OFFERS.to_begin_with.get(name, NEVER)
        added = OFFERS.to_add[name]
        assert never(begun, added)
        assert never(OFFERS.shown(name), Not(Known(Any((begun, added)))))


@pytest.mark.parametrize("length", ["days-1", "days-13", "weeks-2-4", "weeks-over-12"])
@pytest.mark.parametrize("pregnancy", ["yes", "unsure"])
def test_in_pregnancy_there_is_side_lying_breathing_and_walking_only(
    length: str, pregnancy: str
) -> None:
    answers = {**EXPECTING, "pregnancy": pregnancy, "how_long_now": length}
    assert exercises(**answers) <= IN_PREGNANCY
    others = tuple(OFFERS.shown(name) for name in OFFERED - IN_PREGNANCY)
    maybe = All((Is("pregnancy", (pregnancy,)), KNOWN.definitions["pregnant-maybe"]))
    assert never(maybe, Any(others))


def test_in_the_first_days_of_pain_in_pregnancy_all_three_are_there() -> None:
    assert exercises(**EXPECTING, how_long_now="days-1") == IN_PREGNANCY


def test_no_result_offers_what_is_for_people_without_pain() -> None:
    prevention = {name for name, exercise in EXERCISES.items() if exercise.only_prevents}
    assert prevention == {"low-superman", "partial-curl-up", "side-bridge"}
    assert not prevention & {*OFFERS.by_id}


def test_every_reason_to_leave_an_exercise_out_does() -> None:
    for name in OFFERED:
        for reason in EXERCISES[name].not_for:
            may = may_hold(KNOWN.reasons[reason].when)
            assert never(OFFERS.shown(name), may), (name, reason)


def test_a_bone_that_may_be_hurt_is_seen_more_widely_than_a_suspected_one() -> None:
    suspected, maybe = (KNOWN.definitions[name] for name in ("bone-suspected", "bone-maybe"))
    assert never(may_hold(suspected), Not(may_hold(maybe)))


KEPT = {
    "leave-fracture": {"rest-90-90", "side-lying-rest", "belly-breathing", "walking"},
    "leave-weak": {"side-lying-rest", "belly-breathing"},
    "leave-ill": {"rest-90-90", "side-lying-rest", "belly-breathing"},
}
"""Section 6.1 of the digest: what these people may keep."""


@pytest.mark.parametrize("reason", KEPT)
def test_who_must_be_seen_first_keeps_rest_and_breathing(reason: str) -> None:
    kept = {name for name, exercise in EXERCISES.items() if reason not in exercise.not_for}
    assert kept == KEPT[reason]


def test_a_spine_bone_out_of_line_leaves_out_all_arching() -> None:
    left_out = {name for name, card in EXERCISES.items() if "leave-spine" in card.not_for}
    assert left_out == {
        "prone-on-elbows",
        "prone-press-up",
        "standing-back-bend",
        "low-superman",
        "seated-back-arch",
    }


@pytest.mark.parametrize(
    ("answers", "there", "gone"),
    [
        ({"pattern": "worse-sitting"}, {"prone-press-up", "bird-dog"}, {"single-knee-to-chest"}),
        ({"pattern": "worse-standing"}, {"single-knee-to-chest"}, {"prone-press-up"}),
        ({"pattern": "no-pattern"}, {"cat-camel"}, {"prone-lying", "childs-pose"}),
        ({"g_constant": "yes", "no_ease": "yes"}, set(), OFFERED),
        ({"region": "neck"}, {"neck-turns", "trapezius-stretch"}, {"pelvic-tilt", "cat-camel"}),
        ({"region": "middle"}, {"seated-trunk-turn"}, {"pelvic-tilt", "neck-turns"}),
        ({"region": "tailbone"}, {"side-lying-rest", "walking"}, {"rest-90-90", "pelvic-tilt"}),
        ({"move_care": "yes", "sore_arms": "yes"}, {"pelvic-tilt"}, {"cat-camel", "bird-dog"}),
        ({"move_care": "yes", "floor_risk": "unsure"}, {"side-lying-rest"}, {"rest-90-90"}),
        (
            {"region": "neck", "g_limb": "yes", "arm_tingles": "yes"},
            {"belly-breathing"},
            {"neck-turns"},
        ),
        (
            {"g_care": "yes", "bones_weak": "unsure"},
            {"belly-breathing"},
            {"cat-camel", "glute-bridge"},
        ),
        ({"g_care": "yes", "fused": "yes"}, {"belly-breathing"}, {"cat-camel", "knee-rolls"}),
    ],
    ids=lambda value: str(sorted(value)) if isinstance(value, set | frozenset) else str(value),
)
def test_an_exercise_fits_the_place_the_pattern_and_the_person(
    answers: dict[str, str], there: set[str], gone: set[str]
) -> None:
    told = exercises(how_long_now="days-13", **answers) | exercises(
        how_long_now="weeks-2-4", better_now="it-betters", **answers
    )
    assert there <= told
    assert not gone & told
