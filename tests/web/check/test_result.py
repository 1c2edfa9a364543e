"""The result says what was ticked, one time, and nothing that does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

import pytest

from tests.support.proofread import proofread
from tests.support.site import build
from webapp.knowledge.model import Rule
from webapp.triage.interview import State

SITE = build()
KNOWLEDGE, INTERVIEW, RELEASE = SITE.knowledge, SITE.interview, SITE.release
URGENCY = INTERVIEW.urgency
LIMITS = {"week": "within 1 week", "two-weeks": "within 2 weeks"}


def done(answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers with every gate open and all else answered in the mildest way."""
    mild = {q.id: (q.worse or q.options)[0] for q in KNOWLEDGE.questions if q.id != "for"}
    return {**mild, **dict.fromkeys(KNOWLEDGE.gates, "yes"), **answers}


def result(answers: Mapping[str, str]) -> str:
    html = RELEASE.page("en", "check/", State(dict(answers))).decode()
    read = proofread(html)
    assert not read.faults
    return html.partition("<main")[2].partition("</main>")[0]


def examples() -> Iterator[tuple[Rule, dict[str, str]]]:
    """Yield every rule with the least answers that make it hold, all else being mild."""
    compiler = SITE.prover.compiler
    options = {question.id: question.options for question in KNOWLEDGE.questions}
    for rule in KNOWLEDGE.rules:
        found = compiler.diagram.example(compiler.sure(rule.when))
        yield rule, done({q: options[q][value - 1] for q, value in found.items() if value})


def urgency(answers: Mapping[str, str]) -> str:
    evaluator = INTERVIEW.evaluator(State(dict(answers)))
    return next(o for o in URGENCY.variable.options if evaluator.holds(URGENCY.is_(o)))


EXAMPLES = [(rule, answers) for rule, answers in examples() if urgency(answers) == rule.urgency]
assert len(EXAMPLES) > len(KNOWLEDGE.rules) / 2
BY_RULE = pytest.mark.parametrize(("rule", "answers"), EXAMPLES, ids=[r.id for r, _ in EXAMPLES])


def reasons(html: str) -> list[tuple[str, list[str]]]:
    """Return each reason with the signs below it."""
    listed = unescape(html).partition('<ul class="reasons"')[2].partition("<details")[0]
    return [
        (found[0], re.findall(r"<li>([^<]+)</li>", found[1]))
        for found in re.findall(r"<li><p>([^<]+)</p>(.*?)(?=<li><p>|$)", listed, re.DOTALL)
    ]


@BY_RULE
def test_a_reason_names_just_the_signs_that_were_ticked(
    rule: Rule, answers: dict[str, str]
) -> None:
    found = dict(reasons(result(answers)))
    signs = [i.sign.english for i in INTERVIEW.signs_of(rule) if answers.get(i.id) == "yes"]
    assert found[rule.reason.english] == signs


@BY_RULE
def test_reasons_come_in_the_order_of_the_rules(rule: Rule, answers: dict[str, str]) -> None:
    told = [reason for reason, _ in reasons(result(answers))]
    order = [own.reason.english for own in KNOWLEDGE.rules_by_urgency[rule.urgency]]
    known = [reason for reason in told if reason in order]
    assert known == sorted(known, key=order.index)


@BY_RULE
def test_a_result_names_one_time(rule: Rule, answers: dict[str, str]) -> None:
    html = result(answers)
    headline = re.sub(r"<[^>]+>|\n", "", re.findall(r"<h1.*?</h1>", html, re.DOTALL)[0])
    told = [limit for limit, words in LIMITS.items() if words in headline]
    evaluator = INTERVIEW.evaluator(State(answers))
    limit = INTERVIEW.limit
    assert told == [one for one in LIMITS if evaluator.holds(limit.is_(one))]
    assert len(told) == (rule.urgency == "soon")
    for reason, _ in reasons(html):
        assert not re.search(r"within \d+ (day|week)|today", reason), reason


@BY_RULE
def test_an_emergency_offers_nothing_to_do_but_to_get_help(
    rule: Rule, answers: dict[str, str]
) -> None:
    html = result(answers)
    offers = ("heat-or-ice/", "exercises/", "walking/", "positions")
    there = [offer for offer in offers if offer in html]
    if rule.urgency == "emergency":
        assert there == []
    assert "data-keep-result" in html


def test_said_of_somebody_else_nothing_is_said_to_you() -> None:
    for _, answers in EXAMPLES:
        html = result({**answers, "for": "other"})
        texts = re.findall(r">([^<]+)<", html.partition('<form class="check"')[0])
        assert not [text for text in texts if re.search(r"\byou", text, re.IGNORECASE)]
