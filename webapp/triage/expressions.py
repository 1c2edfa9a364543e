"""Conditions as expressions that are true or false of option numbers, equal ones once.

A condition is true, unknown or false of the answers; *it surely holds* and *it may hold* are each
true or false. Both are built from comparisons of one variable, conjunctions and counts. A variable
is known by its place; its values are numbers, as in the diagram: 0 is "not asked", n the n-th
option. Nothing here is shared with the diagram, so that the one can be held against the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from webapp.knowledge.conditions import UNSURE, All, Any, AtLeast, Condition, Is, Known, Not
from webapp.triage.diagram import Variable

TRUE: Final = 1
FALSE: Final = -1


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether the variable has one of the values: bit n is set where value n is one of them.

    "Not asked" never is: what holds of it, too, is the negation of a comparison.
    """

    variable: int
    values: int


@dataclass(frozen=True, slots=True)
class Conjunction:
    """Whether all parts are true."""

    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """Whether ``least`` or more of the parts are true."""

    least: int
    parts: tuple[int, ...]


Node = Comparison | Conjunction | Count


class Expressions:
    """The expressions over a list of variables.

    An expression is the number of its node; ``-n`` is the negation of ``n``. The parts of a node
    have smaller numbers than the node.
    """

    def __init__(self, variables: Sequence[Variable]) -> None:
        self.variables = tuple(variables)
        self.place = {variable.name: place for place, variable in enumerate(self.variables)}
        self._nodes: list[Node] = [Conjunction(())] * 2  # number 0 is none, for it has no negation
        self._numbers: dict[Node, int] = {self._nodes[TRUE]: TRUE}
        self._made: dict[Condition, tuple[int, int]] = {}

    def node(self, expression: int) -> Node:
        """Return the node of the expression, or of what it negates."""
        return self._nodes[abs(expression)]

    def sure(self, condition: Condition) -> int:
        """Return the expression "the condition surely holds"."""
        return self._both(condition)[0]

    def possible(self, condition: Condition) -> int:
        """Return the expression "the condition may hold"."""
        return self._both(condition)[1]

    def passing(self, expression: int) -> int:
        """Return which values pass a comparison or its negation: bit n stands for value n."""
        node = self.node(expression)
        assert isinstance(node, Comparison)
        return node.values if expression > 0 else self._every(node.variable) ^ node.values

    def _every(self, variable: int) -> int:
        return (1 << self.variables[variable].arity) - 1

    def _both(self, condition: Condition) -> tuple[int, int]:
        found = self._made.get(condition)
        if found is None:
            found = self._made[condition] = self._make(condition)
        return found

    def _make(self, condition: Condition) -> tuple[int, int]:
        match condition:
            case Is():
                return self._is(condition)
            case All(parts):
                sure, possible = self._each(parts)
                return self._all(sure), self._all(possible)
            case Any(parts):
                sure, possible = self._each(parts)
                return self._any(sure), self._any(possible)
            case Not(part):
                return -self.possible(part), -self.sure(part)
            case Known(part):
                return self.sure(part), self.sure(part)
            case AtLeast(count, parts):
                sure, possible = self._each(parts)
                return self._number(Count(count, sure)), self._number(Count(count, possible))
        raise TypeError(f"not a condition: {condition!r}")

    def _each(self, parts: Iterable[Condition]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        pairs = [self._both(part) for part in parts]
        return tuple(sure for sure, _ in pairs), tuple(possible for _, possible in pairs)

    def _is(self, leaf: Is) -> tuple[int, int]:
        variable = self.place[leaf.question]
        numbers = {option: n for n, option in enumerate(self.variables[variable].options, start=1)}
        named = sum(1 << n for option, n in numbers.items() if option in leaf.options)
        unknown = 1 | (1 << numbers[UNSURE] if UNSURE in numbers else 0)
        return self._compare(variable, named), self._compare(variable, named | unknown)

    def _compare(self, variable: int, values: int) -> int:
        every = self._every(variable)
        if values & 1:
            return -self._compare(variable, every ^ values)
        return self._number(Comparison(variable, values)) if values else FALSE

    def _any(self, parts: Iterable[int]) -> int:
        return -self._all(-part for part in parts)

    def _all(self, parts: Iterable[int]) -> int:
        """Return the conjunction; comparisons of one variable become one."""
        compared: dict[int, int] = {}
        others: set[int] = set()
        for part in parts:
            node = self.node(part)
            if isinstance(node, Comparison):
                before = compared.get(node.variable, self._every(node.variable))
                compared[node.variable] = before & self.passing(part)
            else:
                others.add(part)
        comparisons = {self._compare(variable, values) for variable, values in compared.items()}
        whole = (comparisons | others) - {TRUE}
        if FALSE in whole or any(-part in whole for part in whole):
            return FALSE
        if len(whole) == 1:
            return whole.pop()
        return self._number(Conjunction(tuple(sorted(whole, key=abs))))

    def _number(self, node: Node) -> int:
        number = self._numbers.get(node)
        if number is None:
            number = self._numbers[node] = len(self._nodes)
            self._nodes.append(node)
        return number
