"""Patients' stories, answered by someone who knew only what the patient tells."""

from __future__ import annotations

import pytest

from tests.support.site import build
from webapp.commands.triage import STORIES
from webapp.knowledge.model import URGENCIES
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


MISSED: tuple[str, ...] = ()
"""Emergencies that are known to end as urgent, each with its cause in the notes of the release."""


@pytest.mark.parametrize(("folder", "total"), [("published", 46), ("own", 153)])
def test_every_story_is_judged(folder: str, total: int, request: pytest.FixtureRequest) -> None:
    results: Results = request.getfixturevalue(folder)
    assert results.total == total


def test_nothing_is_more_than_one_level_too_low(published: Results, own: Results) -> None:
    levels = [
        (outcome.case.id, URGENCIES.index(outcome.case.gold) - URGENCIES.index(outcome.urgency))
        for outcome in (*published.outcomes, *own.outcomes)
    ]
    assert [identity for identity, below in levels if below > 1] == []


def test_no_emergency_is_missed_but_those_that_are_listed(published: Results, own: Results) -> None:
    outcomes = (*published.outcomes, *own.outcomes)
    missed = (o.case.id for o in outcomes if o.case.gold == "emergency" and o.verdict == "under")
    assert sorted(missed) == sorted(MISSED)


def test_nearly_every_story_gets_the_urgency_that_clinicians_give_it(
    published: Results, own: Results
) -> None:
    right = published.count("right") + own.count("right")
    wrong = [outcome.case.id for outcome in (*published.misses, *own.misses)]
    assert right >= 0.97 * (published.total + own.total), wrong


def test_hardly_anybody_who_can_stay_at_home_is_sent_away(published: Results) -> None:
    assert sum(outcome.case.gold == "self-care" for outcome in published.outcomes) == 13
    assert published.self_care_over <= 1
