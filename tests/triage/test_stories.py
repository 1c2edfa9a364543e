"""Patients' stories, answered by someone who knew only what the patient tells."""

from __future__ import annotations

import pytest

from tests.support.site import build
from webapp.commands.triage import STORIES
from webapp.triage import cases
from webapp.triage.cases import Results


@pytest.fixture(scope="module")
def published() -> Results:
    return judged("published")


@pytest.fixture(scope="module")
def own() -> Results:
    """Stories that we made up, of kinds that the published ones lack."""
    return judged("own")


def judged(folder: str) -> Results:
    made = build()
    return cases.judge(made.interview, cases.load(STORIES / folder, made.knowledge))


def test_no_emergency_is_missed_and_nothing_is_more_than_one_level_too_low(
    published: Results,
) -> None:
    assert published.total == 36
    assert [outcome.case.id for outcome in published.outcomes if not outcome.is_safe] == []


def test_nearly_every_story_gets_the_urgency_that_clinicians_give_it(published: Results) -> None:
    assert published.count("right") >= 34, [outcome.case.id for outcome in published.misses]


def test_hardly_anybody_who_can_stay_at_home_is_sent_away(published: Results) -> None:
    assert sum(outcome.case.gold == "self-care" for outcome in published.outcomes) == 11
    assert published.self_care_over <= 1


def test_stories_of_other_kinds_end_safely_too(own: Results) -> None:
    assert own.total == 153
    assert [outcome.case.id for outcome in own.outcomes if not outcome.is_safe] == []


def test_of_other_kinds_too_few_are_sent_too_far_and_none_too_near(own: Results) -> None:
    assert own.count("under") == 0
    assert own.count("over") <= 2, [outcome.case.id for outcome in own.misses]
