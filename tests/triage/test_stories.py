"""Patients' stories, answered by someone who knew only what the patient tells."""

from __future__ import annotations

from pathlib import Path

from tests.support.site import build
from webapp.triage import cases

BUILD = build()
FOLDER = Path(__file__).parents[1] / "cases"
RESULTS = cases.judge(BUILD.interview, cases.load(FOLDER, BUILD.knowledge))


def test_no_emergency_is_missed_and_nothing_is_more_than_one_level_too_low() -> None:
    assert RESULTS.total == 36
    assert [outcome.case.id for outcome in RESULTS.outcomes if not outcome.is_safe] == []


def test_nearly_every_story_gets_the_urgency_that_clinicians_give_it() -> None:
    assert RESULTS.count("right") >= 34, [outcome.case.id for outcome in RESULTS.misses]


def test_hardly_anybody_who_can_stay_at_home_is_sent_away() -> None:
    assert sum(outcome.case.gold == "self-care" for outcome in RESULTS.outcomes) == 11
    assert RESULTS.self_care_over <= 1
