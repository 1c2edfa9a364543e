"""The fewest answers that make a node true where none of a list of others is.

A *tick* is an answer that is not the plain one of its question. The search looks at answers with
few ticks first and takes the others away one by one, so that it never holds a diagram over all of
them; it gives up, and says so, where that would take too many steps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import inf

from webapp.triage.diagram import FALSE, TRUE, Diagram, Variable
from webapp.triage.uncovered import Uncovered

STEPS = 250_000
"""The steps that one search may take: some seconds."""
_TICK = 1_000
"""What an answer costs that is not the plain one; what is below it only breaks ties."""
_NEARBY = 3
"""How many ticks more than the least are tried before the whole is."""
_NOT_ASKED = 2


class TooManySteps(RuntimeError):
    """The question cannot be decided with the steps that it may take."""

    none_with: int = -1
    """So few ticks, or fewer, are proved not to do."""


@dataclass(frozen=True, slots=True)
class Found:
    """Answers that tell: the value of each variable that is not the plain one."""

    values: Mapping[str, int]
    cost: int
    is_least: bool = True
    """Whether it is proved that no fewer ticks do."""

    @property
    def ticks(self) -> int:
        """The number of answers that are not the plain ones."""
        return len(self.values)


class BoundedDiagram(Diagram):
    """A diagram that ends what takes too many steps.

    A step is one node asked for, whether there is such a node already or not. Every operation takes
    one for each pair of nodes that it looks at, so they bound its time, and what it keeps.
    """

    def __init__(self, variables: Sequence[Variable]) -> None:
        super().__init__(variables)
        self.steps = 0
        """All that were taken."""
        self._last: float = inf

    def make(self, level: int, children: tuple[int, ...]) -> int:
        """Return the node for these children; raise TooManySteps where it takes one too many."""
        if self.steps >= self._last:
            raise TooManySteps
        self.steps += 1
        return super().make(level, children)

    @contextmanager
    def within(self, steps: float) -> Iterator[None]:
        """Allow so many steps, and no more than what is around allows; raise TooManySteps."""
        around = self._last
        self._last = min(around, self.steps + steps)
        try:
            yield
        finally:
            self._last = around


class Fewest(Uncovered):
    """Searches one diagram; as usual is the plain answer, which is no tick."""

    diagram: BoundedDiagram

    def __init__(
        self,
        diagram: BoundedDiagram,
        plain: Mapping[str, int],
        dearest: Mapping[str, int],
        steps: int = STEPS,
    ) -> None:
        """``dearest`` names values that are taken only where nothing else tells."""
        super().__init__(diagram, plain)
        self._steps = steps
        self._costs = [
            [_cost(value, plain[v.name], dearest.get(v.name)) for value in range(v.arity)]
            for v in diagram.variables
        ]
        self._least: dict[int, int] = {FALSE: -1, TRUE: 0}
        self._few: dict[int, int] = {}

    def least(self, node: int) -> int:
        """Return what the cheapest answers cost that make the node true; it must not be FALSE."""
        if node not in self._least:
            level, children = self.diagram.node(node)
            self._least[node] = min(
                self.least(child) + cost
                for child, cost in zip(children, self._costs[level], strict=True)
                if child != FALSE
            )
        return self._least[node]

    def cheapest(self, node: int) -> Found:
        """Return the cheapest answers that make the node true; it must not be FALSE."""
        total = self.least(node)
        values: dict[str, int] = {}
        while node != TRUE:
            level, children = self.diagram.node(node)
            left = self.least(node)
            value = next(
                value
                for value, cost in enumerate(self._costs[level])
                if children[value] != FALSE and self.least(children[value]) + cost == left
            )
            name = self.diagram.variables[level].name
            if value != self.usual[name]:
                values[name] = value
            node = children[value]
        return Found(values, total)

    def ticks(self, node: int) -> int:
        """Return how many ticks the cheapest answers have; the node must not be FALSE."""
        return self.least(node) // _TICK

    def found(self, node: int, without: Iterable[int]) -> Found | None:
        """Return the fewest answers that make the node true and none of the others; None is proved.

        Raise TooManySteps where it cannot be told with the steps that a search may take.
        """
        others = dict.fromkeys(without)
        if node == FALSE or node in others:
            return None
        try:
            with self.diagram.within(self._steps):
                return self._found(node, others)
        except TooManySteps as too_many:
            too_many.none_with = max(too_many.none_with, self.ticks(node) - 1)
            raise

    def found_among(self, nodes: Iterable[int], without: Collection[int]) -> Found | None:
        """Return the fewest answers that make one of the nodes true, and none of the others.

        Raise TooManySteps where it cannot be told whether there are any.
        """
        best: Found | None = None
        left: list[TooManySteps] = []
        some = dict.fromkeys(node for node in nodes if node != FALSE)
        for node in sorted(some, key=self.least):
            if best and best.ticks <= self.ticks(node):
                break
            try:
                found = self.found(node, without)
            except TooManySteps as too_many:
                left.append(too_many)
                continue
            if found:
                best = min(best or found, found, key=lambda each: each.cost)
        return self._settled(best, left)

    def _found(self, node: int, others: Iterable[int]) -> Found | None:
        left, rest = self.narrowed(node, others, self.support(node))
        if left == FALSE:
            return None
        if not rest:
            return self.cheapest(left)
        return self._nearby(left, rest) or self._anywhere(left, rest)

    def _settled(self, best: Found | None, left: list[TooManySteps]) -> Found | None:
        """Return the best, as the least where what was left undecided cannot have fewer ticks."""
        none_with = min((each.none_with for each in left), default=inf)
        if best is None and left:
            raise min(left, key=lambda each: each.none_with)
        if best and none_with + 1 < best.ticks:
            return replace(best, is_least=False)
        return best

    def _nearby(self, node: int, rest: list[int]) -> Found | None:
        """Return the fewest, if it has about as few ticks as the node alone."""
        left = self.elsewhere_usual(node, rest, self.support(node))
        some = None if left == FALSE else self.cheapest(left)
        first = self.ticks(node)
        last = first + _NEARBY if some is None else some.ticks
        for ticks in range(first, last):
            try:
                few = self.away(self.diagram.conjunction(node, self._at_most(ticks)), rest)
            except TooManySteps as too_many:
                if some:
                    return replace(some, is_least=False)
                too_many.none_with = ticks - 1
                raise
            if few != FALSE:
                return self.cheapest(few)
        return some

    def _anywhere(self, node: int, rest: list[int]) -> Found | None:
        try:
            left = self.away(node, rest)
        except TooManySteps as too_many:
            too_many.none_with = self.ticks(node) + _NEARBY - 1
            raise
        return None if left == FALSE else self.cheapest(left)

    def _at_most(self, ticks: int) -> int:
        """Return the node of "at most so many answers are not the plain ones"."""
        if ticks not in self._few:
            reached = [TRUE] * (ticks + 1)
            for level, variable in reversed([*enumerate(self.diagram.variables)]):
                plain, values = self.usual[variable.name], range(variable.arity)
                fewer = [FALSE, *reached]
                reached = [
                    self.diagram.make(
                        level, tuple(reached[n] if v == plain else fewer[n] for v in values)
                    )
                    for n in range(ticks + 1)
                ]
            self._few[ticks] = reached[ticks]
        return self._few[ticks]


def _cost(value: int, plain: int, dear: int | None) -> int:
    if value == plain:
        return 0
    return _TICK + (_NOT_ASKED if value == 0 else int(value == dear))
