"""Evaluate a condition as written in the knowledge, over one set of answers."""

from __future__ import annotations

from collections.abc import Mapping

from webapp.knowledge.conditions import UNSURE, All, Any, AtLeast, Condition, Is, Known, Not
from webapp.triage import truth
from webapp.triage.truth import Truth

Answers = Mapping[str, str]
"""Option id by question id. A question that is absent was not asked."""


def compare(leaf: Is, answer: str | None) -> Truth:
    """Return whether the answer is one of the leaf's options; unasked and unsure are unknown."""
    if answer in leaf.options:
        return Truth.TRUE
    return Truth.UNKNOWN if answer is None or answer == UNSURE else Truth.FALSE


class Evaluator:
    """Decides conditions over one fixed set of answers, each condition object once."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._decided: dict[Condition, Truth] = {}

    def truth(self, condition: Condition) -> Truth:
        """Return whether the condition holds for these answers: true, false or unknown."""
        decided = self._decided.get(condition)
        if decided is None:
            decided = self._decided[condition] = self._decide(condition)
        return decided

    def holds(self, condition: Condition) -> bool:
        """Return whether the condition surely holds for these answers."""
        return self.truth(condition) is Truth.TRUE

    def _decide(self, condition: Condition) -> Truth:
        match condition:
            case Is(question):
                return compare(condition, self._answers.get(question))
            case All(parts):
                return self._fold_all(parts)
            case Any(parts):
                return self._fold_any(parts)
            case Not(part):
                return truth.negation(self.truth(part))
            case AtLeast(count, parts):
                return truth.at_least(count, [self.truth(part) for part in parts])
            case Known(part):
                return truth.known(self.truth(part))
        raise TypeError(f"not a condition: {condition!r}")

    def _fold_all(self, parts: tuple[Condition, ...]) -> Truth:
        result = Truth.TRUE
        for part in parts:
            result = truth.conjunction(result, self.truth(part))
            if result is Truth.FALSE:
                break
        return result

    def _fold_any(self, parts: tuple[Condition, ...]) -> Truth:
        result = Truth.FALSE
        for part in parts:
            result = truth.disjunction(result, self.truth(part))
            if result is Truth.TRUE:
                break
        return result
