"""One shared, reduced, ordered, multi-valued decision diagram for all conditions.

A node asks for one variable and has a child for each of its values; value 0 is "not asked", value
n is the question's n-th option. Terminals are 0 (false) and 1 (true). Equal functions are the same
node, so that equality, implication and counting are decided, not sampled (Bryant 1986,
doi:10.1109/TC.1986.1676819; multi-valued form: Srinivasan and others 1990).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import repeat
from typing import Final

from webapp.knowledge.conditions import UNSURE, All, Any, AtLeast, Condition, Is, Known, Not

FALSE: Final = 0
TRUE: Final = 1


@dataclass(frozen=True, slots=True)
class Variable:
    """A question as the diagram sees it. ``options[i]`` is value ``i + 1``."""

    name: str
    options: tuple[str, ...]

    @property
    def arity(self) -> int:
        """The number of values, "not asked" included."""
        return len(self.options) + 1


class Diagram:
    """Nodes over an ordered list of variables; every method takes and returns node numbers."""

    def __init__(self, variables: Sequence[Variable]) -> None:
        self.variables = tuple(variables)
        self.index = {variable.name: level for level, variable in enumerate(self.variables)}
        self._nodes: list[tuple[int, tuple[int, ...]]] = [(len(self.variables), ())] * 2
        self._unique: dict[tuple[int, tuple[int, ...]], int] = {}
        self._conjunctions: dict[tuple[int, int], int] = {}
        self._negations: dict[int, int] = {FALSE: TRUE, TRUE: FALSE}

    def __len__(self) -> int:
        return len(self._nodes)

    def node(self, number: int) -> tuple[int, tuple[int, ...]]:
        """Return the level of the node's variable and its children by value."""
        return self._nodes[number]

    def make(self, level: int, children: tuple[int, ...]) -> int:
        """Return the node for these children; they must ask for later variables only."""
        if children.count(children[0]) == len(children):
            return children[0]
        key = (level, children)
        number = self._unique.get(key)
        if number is None:
            number = self._unique[key] = len(self._nodes)
            self._nodes.append(key)
        return number

    def leaf(self, name: str, values: Callable[[int], bool]) -> int:
        """Return the node that is true for just those values of the variable."""
        level = self.index[name]
        arity = self.variables[level].arity
        return self.make(level, tuple(int(values(value)) for value in range(arity)))

    def negation(self, node: int) -> int:
        """Return the node that is true where this one is false."""
        found = self._negations.get(node)
        if found is None:
            level, children = self._nodes[node]
            found = self.make(level, tuple(map(self.negation, children)))
            self._negations[node] = found
            self._negations[found] = node
        return found

    def conjunction(self, first: int, second: int) -> int:
        """Return the node that is true where both are."""
        if first > second:
            first, second = second, first
        if first == FALSE:
            return FALSE
        if first in (TRUE, second):
            return second
        key = (first, second)
        found = self._conjunctions.get(key)
        if found is None:
            found = self._conjunctions[key] = self._split(first, second)
        return found

    def disjunction(self, first: int, second: int) -> int:
        """Return the node that is true where one or both are."""
        return self.negation(self.conjunction(self.negation(first), self.negation(second)))

    def restrict(self, node: int, name: str, value: int) -> int:
        """Return the node with the variable fixed to the value."""
        target = self.index[name]
        seen: dict[int, int] = {}

        def walk(number: int) -> int:
            level, children = self._nodes[number]
            if level > target:
                return number
            if level == target:
                return children[value]
            if number not in seen:
                seen[number] = self.make(level, tuple(map(walk, children)))
            return seen[number]

        return walk(node)

    def exists(self, node: int, names: Collection[str]) -> int:
        """Return where some answers to the named questions make the node true."""
        targets = {self.index[name] for name in names}
        last = max(targets, default=-1)
        seen: dict[int, int] = {}

        def walk(number: int) -> int:
            level, children = self._nodes[number]
            if level > last:
                return number
            if number not in seen:
                below = tuple(map(walk, children))
                if level in targets:
                    seen[number] = reduce(self.disjunction, dict.fromkeys(below[1:]), FALSE)
                else:
                    seen[number] = self.make(level, below)
            return seen[number]

        return walk(node)

    def support(self, node: int) -> frozenset[str]:
        """Return the names of the variables that the node depends on."""
        return frozenset(
            self.variables[self._nodes[number][0]].name for number in self.below([node])
        )

    def implies(self, first: int, second: int) -> bool:
        """Return whether the second is true wherever the first is."""
        return self.conjunction(first, self.negation(second)) == FALSE

    def example(self, node: int) -> dict[str, int]:
        """Return values by variable name that make the node true; it must not be FALSE."""
        values: dict[str, int] = {}
        while node != TRUE:
            level, children = self._nodes[node]
            value = next(v for v, child in enumerate(children) if child != FALSE)
            values[self.variables[level].name] = value
            node = children[value]
        return values

    def evaluate(self, node: int, values: Sequence[int]) -> bool:
        """Return the node's truth for one value per variable, in the order of the variables."""
        while node > TRUE:
            level, children = self._nodes[node]
            node = children[values[level]]
        return node == TRUE

    def below(self, roots: Sequence[int]) -> Iterator[int]:
        """Yield every node that the roots reach, terminals left out, each once."""
        seen = {FALSE, TRUE}
        stack = list(roots)
        while stack:
            node = stack.pop()
            if node not in seen:
                seen.add(node)
                yield node
                stack.extend(self._nodes[node][1])

    def _split(self, first: int, second: int) -> int:
        level, children = self._nodes[first]
        other, others = self._nodes[second]
        if level < other:
            joined = map(self.conjunction, children, repeat(second))
        elif level > other:
            level, joined = other, map(self.conjunction, repeat(first), others)
        else:
            joined = map(self.conjunction, children, others)
        return self.make(level, tuple(joined))


@dataclass(frozen=True, slots=True)
class Roots:
    """Where a condition surely holds, and where it may hold."""

    sure: int
    possible: int


class Compiler:
    """Turns conditions into roots of one diagram, each condition object once."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self._compiled: dict[Condition, Roots] = {}

    def roots(self, condition: Condition) -> Roots:
        """Return the two nodes of the condition."""
        found = self._compiled.get(condition)
        if found is None:
            found = self._compiled[condition] = self._compile(condition)
        return found

    def sure(self, condition: Condition) -> int:
        """Return the node of "surely holds"."""
        return self.roots(condition).sure

    def _compile(self, condition: Condition) -> Roots:
        negation = self.diagram.negation
        match condition:
            case Is():
                return self._leaf(condition)
            case All(parts):
                return self._fold(self.diagram.conjunction, TRUE, parts)
            case Any(parts):
                return self._fold(self.diagram.disjunction, FALSE, parts)
            case Not(part):
                roots = self.roots(part)
                return Roots(negation(roots.possible), negation(roots.sure))
            case Known(part):
                sure = self.sure(part)
                return Roots(sure, sure)
            case AtLeast(count, parts):
                compiled = [self.roots(part) for part in parts]
                return Roots(
                    self._at_least(count, [roots.sure for roots in compiled]),
                    self._at_least(count, [roots.possible for roots in compiled]),
                )
        raise TypeError(f"not a condition: {condition!r}")

    def _leaf(self, leaf: Is) -> Roots:
        options = self.diagram.variables[self.diagram.index[leaf.question]].options
        named = {options.index(option) + 1 for option in leaf.options}
        open_values = {0} | ({options.index(UNSURE) + 1} if UNSURE in options else set())
        return Roots(
            self.diagram.leaf(leaf.question, lambda value: value in named),
            self.diagram.leaf(leaf.question, lambda value: value in named | open_values),
        )

    def _fold(
        self, join: Callable[[int, int], int], start: int, parts: tuple[Condition, ...]
    ) -> Roots:
        sure = possible = start
        # From the last variables to the first: the intermediate results stay small.
        for roots in sorted(map(self.roots, parts), key=self._depth, reverse=True):
            sure = join(sure, roots.sure)
            possible = join(possible, roots.possible)
        return Roots(sure, possible)

    def _depth(self, roots: Roots) -> int:
        return min(self.diagram.node(roots.sure)[0], self.diagram.node(roots.possible)[0])

    def _at_least(self, count: int, nodes: list[int]) -> int:
        """Return "count or more of the monotone nodes": reached[k] is "k or more so far"."""
        reached = [TRUE] + [FALSE] * count
        for node in nodes:
            for k in range(count, 0, -1):
                step = self.diagram.conjunction(node, reached[k - 1])
                reached[k] = self.diagram.disjunction(reached[k], step)
        return reached[count]
