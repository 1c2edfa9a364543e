"""Decisions: a value found by the first condition that holds, in order.

Urgency and the screen to show are decisions. Conditions may ask for their value as for an answer.
Kept as a list, they stay small: one diagram for "urgent or higher" over all rules at once has
hundreds of thousands of nodes, the list has one small root a rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from webapp.knowledge.conditions import Condition, Is
from webapp.triage.diagram import Variable
from webapp.triage.evaluation import Evaluator


@dataclass(frozen=True, slots=True)
class Decision:
    """The first case whose condition surely holds gives the value, else the default."""

    name: str
    cases: tuple[tuple[Condition, str], ...]
    default: str

    @property
    def variable(self) -> Variable:
        """The decision as conditions and the diagram see it."""
        options = dict.fromkeys([*(option for _, option in self.cases), self.default])
        return Variable(self.name, tuple(options))

    def decide(self, evaluator: Evaluator) -> str:
        """Return the value for the evaluator's answers, by the conditions as written."""
        return next(
            (option for condition, option in self.cases if evaluator.holds(condition)),
            self.default,
        )

    def is_(self, *options: str) -> Condition:
        """Return the condition "the decision is one of these"; it is never unknown."""
        return Is(self.name, options)


def decided(decisions: Iterable[Decision], values: dict[str, str]) -> Evaluator:
    """Return an evaluator that knows the values and every decision, made in order."""
    evaluator = Evaluator(values)
    for decision in decisions:
        values[decision.name] = decision.decide(evaluator)
    return evaluator
