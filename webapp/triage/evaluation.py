"""Evaluate a condition as written in the knowledge, over one set of answers.

A condition is turned into a function of the answers once; ``flask triage bench`` says what that
saves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from webapp.knowledge.conditions import UNSURE, All, Any, AtLeast, Condition, Is, Known, Leaf, Not
from webapp.triage import truth
from webapp.triage.truth import FALSE, TRUE, UNKNOWN, Truth

Answers = Mapping[str, str]
"""Option id by question id. A question that is absent was not asked."""

Judge = Callable[[Answers], Truth]
"""A condition, ready to be decided for any answers."""


def compare(leaf: Leaf, answer: str | None) -> Truth:
    """Return whether the answer is one of the leaf's options; unasked and unsure are unknown."""
    if answer in leaf.options:
        return TRUE
    return UNKNOWN if answer is None or answer == UNSURE else FALSE


class Evaluator:
    """Decides conditions over one fixed set of answers, each condition object once."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._decided: dict[Condition, Truth] = {}

    def truth(self, condition: Condition) -> Truth:
        """Return whether the condition holds for these answers: true, false or unknown."""
        decided = self._decided.get(condition)
        if decided is None:
            decided = self._decided[condition] = judge(condition)(self._answers)
        return decided

    def holds(self, condition: Condition) -> bool:
        """Return whether the condition surely holds for these answers."""
        return self.truth(condition) is TRUE


@cache  # conditions are made once, with the knowledge, and decided for as long as we serve
def judge(condition: Condition) -> Judge:
    """Return the condition as a function of the answers."""
    match condition:
        case Is():
            return _comparison(condition)
        case All(parts):
            return _all(tuple(map(judge, parts)))
        case Any(parts):
            return _any(tuple(map(judge, parts)))
        case Not(part):
            return _mapped(truth.negation, judge(part))
        case Known(part):
            return _mapped(truth.known, judge(part))
        case AtLeast(count, parts):
            judges = tuple(map(judge, parts))
            return lambda answers: truth.at_least(count, [holds(answers) for holds in judges])
    raise TypeError(f"not a condition: {condition!r}")


def _comparison(leaf: Is) -> Judge:
    question = leaf.question
    told: dict[str | None, Truth] = {
        answer: compare(leaf, answer) for answer in (None, UNSURE, *leaf.options)
    }
    return lambda answers: told.get(answers.get(question), FALSE)


def _mapped(operator: Callable[[Truth], Truth], part: Judge) -> Judge:
    becomes = {truth_value: operator(truth_value) for truth_value in Truth}
    return lambda answers: becomes[part(answers)]


def _all(parts: tuple[Judge, ...]) -> Judge:
    """Return the conjunction of the parts; it ends at the first that is false."""

    def decide(answers: Answers) -> Truth:
        result = TRUE
        for part in parts:
            found = part(answers)
            if found is FALSE:
                return FALSE
            if found is UNKNOWN:
                result = UNKNOWN
        return result

    return decide


def _any(parts: tuple[Judge, ...]) -> Judge:
    """Return the disjunction of the parts; it ends at the first that is true."""

    def decide(answers: Answers) -> Truth:
        result = FALSE
        for part in parts:
            found = part(answers)
            if found is TRUE:
                return TRUE
            if found is UNKNOWN:
                result = UNKNOWN
        return result

    return decide
