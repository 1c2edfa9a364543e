"""Urgency: the highest rule that holds wins, what may hold counts one level lower.

Nothing lowers an urgency. A rule that is unknown because an answer is "unsure" (or missing) still
counts: an emergency that may hold is urgent, anything else that may hold is soon. Self-care is
therefore impossible while any rule could still hold. Among the rules that lead to "soon" the
shortest time counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from webapp.knowledge.conditions import Condition, Known, Not, may_hold
from webapp.knowledge.model import URGENCIES, Knowledge, Rule, Urgency, Within
from webapp.triage.closing import derived
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

    @property
    def within(self) -> Within | None:
        """How soon, where the urgency is "soon"."""
        if self.urgency != "soon":
            return None
        return "week" if any(map(_within_a_week, self.fired + self.unresolved)) else "two-weeks"


def assess(knowledge: Knowledge, answers: Answers) -> Assessment:
    """Return the assessment of the answers by the rules as written.

    What is closed counts as its value (``closing``).
    """
    answers = derived(knowledge.closing, answers)
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


def limit_decision(knowledge: Knowledge, urgency: Decision) -> Decision:
    """Return how soon somebody must look at it, as a decision to be made after the urgency."""
    week = ((may_hold(r.when), "week") for r in knowledge.rules if _within_a_week(r))
    return Decision("limit", ((Not(urgency.is_("soon")), "no-limit"), *week), "two-weeks")


def _within_a_week(rule: Rule) -> bool:
    """Return whether the rule asks for a week where it leads to "soon": in doubt urgent ones do."""
    return rule.urgency == "urgent" or rule.within == "week"


def _cases(knowledge: Knowledge) -> Iterator[tuple[Condition, str]]:
    for level in reversed(URGENCIES):
        for rule in knowledge.rules:
            if rule.urgency == level:
                yield Known(rule.when), level
        for rule in knowledge.rules:
            if UNRESOLVED[rule.urgency] == level:
                yield may_hold(rule.when), level
