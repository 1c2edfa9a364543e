"""Warmth, cold or neither: by the check's answers, and by the quick questions alone."""

from __future__ import annotations

import pytest

from webapp.commands.triage import STORIES
from webapp.knowledge import loader
from webapp.triage import cases
from webapp.triage.interview import Interview
from webapp.triage.offers import Offers
from webapp.triage.thermal import QUICK

KNOWN = loader.load()
INTERVIEW = Interview(KNOWN)
OFFERS = Offers(INTERVIEW)
ROWS = [
    question.id for screen in KNOWN.quick if screen.id == QUICK for question in screen.questions
]
NOTHING = dict.fromkeys(ROWS, "no")
ONE = {"tool-warmth", "tool-cold", "tool-neither"}
USUAL = {"age": "age-40-49", "region": "low-back", "pattern": "no-pattern"}


def answered(**changes: str) -> dict[str, str]:
    """Return these answers and the best ones to all that the check then asks."""
    answers = {name.replace("_", "-"): value for name, value in changes.items()}
    for screen in KNOWN.screens:
        for question in screen.questions:
            if question.id not in INTERVIEW.derived(answers):
                best = (question.worse or question.options)[0]
                answers[question.id] = USUAL.get(question.id, best)
    return answers


HEALTHY = answered()


def offered(answers: dict[str, str]) -> set[str]:
    """Return what the page on heat and ice offers."""
    everything = OFFERS.shown_for(INTERVIEW.decisions, answers)
    return {item for item in everything if item.startswith("tool-")}


def test_nothing_is_offered_before_anything_is_answered() -> None:
    assert offered({}) == set()
    assert offered({"region": "low-back"}) == set()


def test_a_quick_question_left_open_offers_nothing() -> None:
    for row in ROWS:
        assert offered({name: "no" for name in ROWS if name != row}) == set()


def test_warmth_or_cold_where_nothing_speaks_against_them() -> None:
    assert offered(NOTHING) == {"tool-warmth", "tool-cold-too"}


@pytest.mark.parametrize("answer", ["yes", "unsure"])
@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("quick-injury", {"tool-cold"}),
        ("quick-opioid", {"tool-cold"}),
        ("quick-rub", {"tool-neither"}),
        ("quick-feeling", {"tool-neither"}),
        ("quick-hurt-skin", {"tool-neither"}),
        ("quick-drowsy", {"tool-neither"}),
        ("quick-ill", {"tool-neither"}),
        ("quick-cold-illness", {"tool-warmth"}),
        ("quick-heart", {"tool-warmth", "tool-cold-too"}),
    ],
)
def test_each_quick_answer_leads_where_the_leaflets_say(
    row: str, expected: set[str], answer: str
) -> None:
    assert offered({**NOTHING, row: answer}) == expected


def test_a_fresh_injury_and_an_illness_from_cold_leave_neither() -> None:
    both = {"quick-injury": "yes", "quick-cold-illness": "yes"}
    assert offered({**NOTHING, **both}) == {"tool-neither"}


def test_what_the_check_surely_knows_counts_for_the_quick_answer_too() -> None:
    assert offered({**NOTHING, "needle-spine": "yes"}) == {"tool-neither"}
    assert offered({**HEALTHY, "quick-feeling": "yes"}) == {"tool-neither"}


def test_after_an_emergency_there_is_no_warmth_and_no_cold() -> None:
    assert offered({**NOTHING, "saddle-changed": "yes"}) == set()


SAME = {"warmth-first": "tool-warmth", "cold-first": "tool-cold", "neither": "tool-neither"}


def test_the_page_says_the_same_as_the_result_of_the_check() -> None:
    """So the page can rely on it: whoever is done with the check gets one recommendation."""
    said = set()
    patch = {"skin_care": "yes", "opioid_patch": "yes"}
    told = (dict(story.answers) for story in cases.load(STORIES / "own", KNOWN))
    for answers in (answered(**patch), *(answered(**answers) for answers in told)):
        shown = set(OFFERS.shown_for(INTERVIEW.decisions, answers))
        assert {SAME[item] for item in shown & set(SAME)} == shown & ONE, answers
        said |= shown & ONE
    assert said == ONE


def test_only_some_may_wear_warmth_for_hours() -> None:
    assert "tool-wrap" in offered(HEALTHY)
    assert "tool-wrap" not in offered(answered(g_ill="yes", fever_lately="no", diabetes="yes"))
    assert "tool-wrap" not in offered(NOTHING)
