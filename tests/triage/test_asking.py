"""What the questions promise against the hazards of "none", onset, place and helper."""

from __future__ import annotations

import pytest

from tests.support import forms
from webapp.knowledge import loader
from webapp.knowledge.conditions import leaves
from webapp.knowledge.model import URGENCIES
from webapp.triage.assessment import assess
from webapp.triage.evaluation import judge
from webapp.triage.interview import Interview
from webapp.triage.truth import TRUE

KNOWN = loader.load()
INTERVIEW = Interview(KNOWN)
NO_GATE = dict.fromkeys(KNOWN.gates, "no")


def at_its_best(**given: str) -> dict[str, str]:
    """Return these answers and the best ones to all that is then asked, with what is derived."""
    answers = {name.replace("_", "-"): value for name, value in given.items()}
    for screen in KNOWN.screens:
        for question in screen.questions:
            if question.id not in INTERVIEW.derived(answers):
                answers[question.id] = (question.worse or question.options)[0]
    return INTERVIEW.derived(answers)


def test_who_says_none_of_these_is_asked_the_second_list() -> None:
    second = next(screen for screen in KNOWN.screens if screen.id == "second")
    answers = INTERVIEW.derived({"for": "me", "age": "age-70", **NO_GATE})
    assert not {item.id for item in second.items} & {*answers}


def test_pain_on_waking_counts_as_sudden() -> None:
    at_once = judge(KNOWN.definitions["at-once"])
    assert at_once({"began": "on-waking"}) is at_once({"began": "in-minutes"}) is TRUE
    assert not [
        rule.id
        for rule in KNOWN.rules
        for leaf in leaves(rule.when)
        if "in-minutes" in leaf.options and "on-waking" not in leaf.options
    ]


def test_no_place_alone_hides_a_danger_sign() -> None:
    assert INTERVIEW.danger_rows
    for row in INTERVIEW.danger_rows:
        item = KNOWN.items[row]
        assert {leaf.question for leaf in item.opened_by} != {"region"}, row
        assert "region" not in {leaf.question for leaf in item.only_for}, row


@pytest.mark.parametrize("row", sorted(INTERVIEW.danger_rows))
def test_not_sure_of_a_danger_sign_of_another_is_never_home_care(row: str) -> None:
    for way in forms.openings(INTERVIEW, row):
        answers = at_its_best(**{"for": "other", **way, row: "unsure"})
        assert URGENCIES.index(assess(KNOWN, answers).urgency) >= URGENCIES.index("urgent")
