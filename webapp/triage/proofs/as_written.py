"""The rules as written, applied to all answers at once: the diagram is held against it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from itertools import repeat
from typing import Any as Value

from webapp.knowledge.conditions import All, Any, AtLeast, Condition, Is, Known, Not
from webapp.triage import truth
from webapp.triage.diagram import FALSE, TRUE, Diagram, Variable
from webapp.triage.evaluation import compare
from webapp.triage.truth import Truth

Join = Callable[[Value, Value], Hashable]
"""An operator on the terminals of two nodes."""


class AsWritten:
    """The rules as written, applied to all answers at once.

    A diagram whose terminals are truths, built by calling the evaluator's own comparison on every
    single answer and its own operators on every combination of truths. It shares the node store of
    no compiled condition: terminals are interned values, numbered from the end.
    """

    def __init__(self, diagram: Diagram) -> None:
        self._variables: tuple[Variable, ...] = diagram.variables
        self._boolean = diagram
        self._nodes: list[tuple[int, tuple[int, ...]]] = []
        self._terminals: dict[int, Hashable] = {}
        self._unique: dict[Hashable, int] = {}
        self._found: dict[Condition, int] = {}
        self._joined: dict[Join, dict[tuple[int, int], int]] = {}

    def truths(self, condition: Condition) -> int:
        """Return the node whose terminals are the evaluator's truth of the condition."""
        if condition not in self._found:
            self._found[condition] = self._build(condition)
        return self._found[condition]

    def where(self, node: int, wanted: Collection[Hashable]) -> int:
        """Return the node of the boolean diagram that is true where the terminal is wanted."""
        seen: dict[int, int] = {}

        def walk(number: int) -> int:
            if number in self._terminals:
                return TRUE if self._terminals[number] in wanted else FALSE
            if number not in seen:
                level, children = self._nodes[number]
                seen[number] = self._boolean.make(level, tuple(map(walk, children)))
            return seen[number]

        return walk(node)

    def _build(self, condition: Condition) -> int:
        match condition:
            case Is(question):
                level = self._boolean.index[question]
                answers = (None, *self._variables[level].options)
                return self._make(
                    level, tuple(self._terminal(compare(condition, answer)) for answer in answers)
                )
            case All(parts):
                return self._fold(Truth.TRUE, truth.conjunction, parts)
            case Any(parts):
                return self._fold(Truth.FALSE, truth.disjunction, parts)
            case Not(part):
                return self._apply(truth.negation, self.truths(part))
            case Known(part):
                return self._apply(truth.known, self.truths(part))
            case AtLeast(count, parts):
                return self._apply(
                    lambda values: truth.at_least(count, values), self._fold((), _gathered, parts)
                )
        raise TypeError(f"not a condition: {condition!r}")

    def _fold(self, start: Hashable, operator: Join, parts: tuple[Condition, ...]) -> int:
        result = self._terminal(start)
        for part in parts:
            result = self._join(operator, result, self.truths(part))
        return result

    def _apply(self, operator: Callable[[Value], Hashable], node: int) -> int:
        """Return the node whose terminals are what the operator makes of this one's."""
        seen: dict[int, int] = {}

        def walk(number: int) -> int:
            if number not in seen:
                level, children = self._nodes[number]
                seen[number] = (
                    self._make(level, tuple(map(walk, children)))
                    if children
                    else self._terminal(operator(self._terminals[number]))
                )
            return seen[number]

        return walk(node)

    def _join(self, operator: Join, first: int, second: int) -> int:
        """Return the node whose terminals are what the operator makes of both nodes'."""
        seen = self._joined.setdefault(operator, {})

        def walk(a: int, b: int) -> int:
            found = seen.get((a, b))
            if found is None:
                (level, children), (other, others) = self._nodes[a], self._nodes[b]
                if not children and not others:
                    found = self._terminal(operator(self._terminals[a], self._terminals[b]))
                elif level < other:
                    found = self._make(level, tuple(map(walk, children, repeat(b))))
                elif level > other:
                    found = self._make(other, tuple(map(walk, repeat(a), others)))
                else:
                    found = self._make(level, tuple(map(walk, children, others)))
                seen[a, b] = found
            return found

        return walk(first, second)

    def _make(self, level: int, children: tuple[int, ...]) -> int:
        if children.count(children[0]) == len(children):
            return children[0]
        return self._number((level, children), (level, children))

    def _terminal(self, value: Hashable) -> int:
        number = self._number(("terminal", value), (len(self._variables), ()))
        self._terminals[number] = value
        return number

    def _number(self, key: Hashable, node: tuple[int, tuple[int, ...]]) -> int:
        if key not in self._unique:
            self._unique[key] = len(self._nodes)
            self._nodes.append(node)
        return self._unique[key]


def _gathered(so_far: tuple[Truth, ...], value: Truth) -> tuple[Truth, ...]:
    """Return the truths with one more, in one order: how many hold is asked of them, not which.

    With a terminal for every order, most of the proof's time would go into these.
    """
    return tuple(sorted((*so_far, value)))
