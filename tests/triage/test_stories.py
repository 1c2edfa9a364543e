"""Patients' stories, answered by someone who knew only what the patient tells."""

from __future__ import annotations

from tests.support.site import build
from webapp.commands.triage import STORIES
from webapp.triage import cases

BUILD = build()
RESULTS = cases.judge(BUILD.interview, cases.load(STORIES / "published", BUILD.knowledge))
OWN = cases.judge(BUILD.interview, cases.load(STORIES / "own", BUILD.knowledge))
"""Stories that we made up, of kinds that the published ones lack."""


def test_no_emergency_is_missed_and_nothing_is_more_than_one_level_too_low() -> None:
    assert RESULTS.total == 36
    assert [outcome.case.id for outcome in RESULTS.outcomes if not outcome.is_safe] == []


def test_nearly_every_story_gets_the_urgency_that_clinicians_give_it() -> None:
    assert RESULTS.count("right") >= 34, [outcome.case.id for outcome in RESULTS.misses]


def test_hardly_anybody_who_can_stay_at_home_is_sent_away() -> None:
    assert sum(outcome.case.gold == "self-care" for outcome in RESULTS.outcomes) == 11
    assert RESULTS.self_care_over <= 1


def test_stories_of_other_kinds_end_safely_too() -> None:
    assert OWN.total == 153
    assert [outcome.case.id for outcome in OWN.outcomes if not outcome.is_safe] == []


def test_of_other_kinds_too_few_are_sent_too_far_and_none_too_near() -> None:
    assert OWN.count("under") == 0
    assert OWN.count("over") <= 2, [outcome.case.id for outcome in OWN.misses]
