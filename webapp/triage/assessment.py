"""Urgency: the highest rule that holds wins, what may hold counts one level lower.

Nothing lowers an urgency. A rule that is unknown because an answer is "unsure" (or missing) still
counts: an emergency that may hold is urgent, anything else that may hold is soon. Self-care is
therefore impossible while any rule could still hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from webapp.knowledge.conditions import Condition, Known, may_hold
from webapp.knowledge.model import URGENCIES, Knowledge, Rule, Urgency
from webapp.triage.decision_list import Decision
from webapp.triage.evaluation import Answers, judge
from webapp.triage.truth import TRUE, UNKNOWN

UNRESOLVED: Mapping[Urgency, Urgency] = {"emergency": "urgent", "urgent": "soon", "soon": "soon"}
"""What a rule of each urgency counts as while it is unknown."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one set of answers means: the urgency and the rules that led to it."""

    urgency: Urgency
    fired: tuple[Rule, ...]
    unresolved: tuple[Rule, ...]


def assess(knowledge: Knowledge, answers: Answers) -> Assessment:
    """Return the assessment of the answers by the rules as written."""
    judged = [(rule, judge(rule.when)(answers)) for rule in knowledge.rules]
    fired = tuple(rule for rule, truth in judged if truth is TRUE)
    unresolved = tuple(rule for rule, truth in judged if truth is UNKNOWN)
    levels: list[Urgency] = [rule.urgency for rule in fired]
    levels += [UNRESOLVED[rule.urgency] for rule in unresolved]
    urgency: Urgency = max(levels, key=URGENCIES.index, default="self-care")
    return Assessment(urgency, fired, unresolved)


def urgency_decision(knowledge: Knowledge) -> Decision:
    """Return the same judgement as a decision that pages, phone and proofs share."""
    return Decision("urgency", tuple(_cases(knowledge)), "self-care")


def _cases(knowledge: Knowledge) -> Iterator[tuple[Condition, str]]:
    for level in reversed(URGENCIES):
        for rule in knowledge.rules:
            if rule.urgency == level:
                yield Known(rule.when), level
        for rule in knowledge.rules:
            if UNRESOLVED[rule.urgency] == level:
                yield may_hold(rule.when), level
