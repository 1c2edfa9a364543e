"""The rules as written, applied to all answers at once: the diagram is held against it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from typing import Any as Value

from webapp.knowledge.conditions import All, Any, AtLeast, Condition, Is, Known, Not
from webapp.triage import truth
from webapp.triage.diagram import FALSE, TRUE, Diagram, Variable
from webapp.triage.evaluation import compare
from webapp.triage.truth import Truth


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
                return self._apply(lambda value, _: truth.negation(value), part)
            case Known(part):
                return self._apply(lambda value, _: truth.known(value), part)
            case AtLeast(count, parts):
                gathered = self._fold((), lambda so_far, value: (*so_far, value), parts)
                return self._pointwise(
                    lambda values, _: truth.at_least(count, values), gathered, gathered
                )
        raise TypeError(f"not a condition: {condition!r}")

    def _apply(self, operator: Callable[[Value, Value], Hashable], part: Condition) -> int:
        node = self.truths(part)
        return self._pointwise(operator, node, node)

    def _fold(
        self,
        start: Hashable,
        operator: Callable[[Value, Value], Hashable],
        parts: tuple[Condition, ...],
    ) -> int:
        result = self._terminal(start)
        for part in parts:
            result = self._pointwise(operator, result, self.truths(part))
        return result

    def _pointwise(
        self, operator: Callable[[Value, Value], Hashable], first: int, second: int
    ) -> int:
        seen: dict[tuple[int, int], int] = {}

        def walk(a: int, b: int) -> int:
            if (a, b) not in seen:
                seen[a, b] = self._join(operator, walk, a, b)
            return seen[a, b]

        return walk(first, second)

    def _join(
        self,
        operator: Callable[[Value, Value], Hashable],
        walk: Callable[[int, int], int],
        a: int,
        b: int,
    ) -> int:
        if a in self._terminals and b in self._terminals:
            return self._terminal(operator(self._terminals[a], self._terminals[b]))
        level = min(self._nodes[a][0], self._nodes[b][0])
        pairs = zip(self._children(a, level), self._children(b, level), strict=True)
        return self._make(level, tuple(walk(*pair) for pair in pairs))

    def _children(self, node: int, level: int) -> tuple[int, ...]:
        own, children = self._nodes[node]
        return children if own == level else (node,) * self._variables[level].arity

    def _make(self, level: int, children: tuple[int, ...]) -> int:
        if all(child == children[0] for child in children):
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
