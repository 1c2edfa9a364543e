"""The fewest answers that make a node true where none of a list of others is.

A *tick* is an answer that is not the plain one of its question. The search looks at answers with
few ticks first and takes the others away one by one, so that it never holds a diagram over all of
them; it gives up, and says so, where that would take too many nodes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from webapp.triage.diagram import FALSE, TRUE, Diagram, Variable

NODES = 100_000
"""The nodes that a search may cost: a few seconds."""
_SEARCHES = 4
"""How many times as many the searches of one question may cost together."""
_TICK = 1_000
"""What an answer costs that is not the plain one; what is below it only breaks ties."""
_NEARBY = 3
"""How many ticks more than the least are tried before the whole is."""
_NOT_ASKED = 2


class TooManyNodes(RuntimeError):
    """The question cannot be decided with the nodes that it may cost."""

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
    """A diagram that refuses to grow beyond a number of nodes."""

    def __init__(self, variables: Sequence[Variable]) -> None:
        super().__init__(variables)
        self.most: float = inf
        """The number of nodes at which it ends."""

    def make(self, level: int, children: tuple[int, ...]) -> int:
        """Return the node for these children; raise TooManyNodes where there are too many."""
        if len(self) > self.most:
            raise TooManyNodes
        return super().make(level, children)


class Fewest:
    """Searches one diagram; ``plain`` is the value of each variable that is no tick."""

    def __init__(
        self,
        diagram: BoundedDiagram,
        plain: Mapping[str, int],
        dearest: Mapping[str, int],
        nodes: int = NODES,
    ) -> None:
        """``dearest`` names values that are taken only where nothing else tells."""
        self._nodes = nodes
        self.diagram = diagram
        self._plain = [plain[variable.name] for variable in diagram.variables]
        self._costs = [
            [_cost(value, plain[v.name], dearest.get(v.name)) for value in range(v.arity)]
            for v in diagram.variables
        ]
        self._least: dict[int, int] = {FALSE: -1, TRUE: 0}
        self._supports: dict[int, frozenset[int]] = {}
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

    def cheapest(self, node: int, *, is_least: bool = True) -> Found:
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
            if value != self._plain[level]:
                values[self.diagram.variables[level].name] = value
            node = children[value]
        return Found(values, total, is_least)

    def ticks(self, node: int) -> int:
        """Return how many ticks the cheapest answers have; the node must not be FALSE."""
        return self.least(node) // _TICK

    def found(self, node: int, without: Iterable[int], most: float = inf) -> Found | None:
        """Return the fewest answers that make the node true and none of the others; None is proved.

        Raise TooManyNodes where it cannot be told with the nodes that a search may cost.
        """
        others = dict.fromkeys(without)
        if node == FALSE or node in others:
            return None
        self.diagram.most = min(len(self.diagram) + self._nodes, most)
        try:
            node, rest = self.narrowed(node, others)
            if node == FALSE:
                return None
            if not rest:
                return self.cheapest(node)
            return self._nearby(node, rest) or self._anywhere(node, rest)
        finally:
            self.diagram.most = inf

    def found_among(self, nodes: Iterable[int], without: Collection[int]) -> Found | None:
        """Return the fewest answers that make one of the nodes true, and none of the others.

        Raise TooManyNodes where it cannot be told whether there are any.
        """
        best: Found | None = None
        left: list[TooManyNodes] = []
        most = len(self.diagram) + _SEARCHES * self._nodes
        some = dict.fromkeys(node for node in nodes if node != FALSE)
        for node in sorted(some, key=self.least):
            if best and best.ticks <= self.ticks(node):
                break
            try:
                found = self.found(node, without, most)
            except TooManyNodes as too_many:
                left.append(too_many)
                continue
            if found:
                best = min(best or found, found, key=lambda each: each.cost)
        return self._settled(best, left)

    def _settled(self, best: Found | None, left: list[TooManyNodes]) -> Found | None:
        """Return the best, as the least where what was left undecided cannot have fewer ticks."""
        none_with = min((each.none_with for each in left), default=inf)
        if best is None and left:
            raise min(left, key=lambda each: each.none_with)
        if best and none_with + 1 < best.ticks:
            return replace(best, is_least=False)
        return best

    def narrowed(self, node: int, others: Iterable[int]) -> tuple[int, list[int]]:
        """Return the node without the others that ask nothing that it does not, and the rest.

        Those are nearly always enough. The likeliest of the rest to matter come first.
        """
        asked = self.support(node)
        rest = []
        for other in others:
            if self.support(other) <= asked:
                node = self._without(node, other)
            else:
                rest.append(other)
        rest.sort(key=lambda other: len(self.support(other) - asked))
        return node, rest

    def support(self, node: int) -> frozenset[int]:
        """Return the levels that the node depends on."""
        if node not in self._supports:
            self._supports[node] = frozenset(
                self.diagram.node(number)[0] for number in self.diagram.below([node])
            )
        return self._supports[node]

    def _nearby(self, node: int, rest: list[int]) -> Found | None:
        """Return the fewest, if it has about as few ticks as the node alone."""
        some = self._elsewhere_plain(node, rest)
        first = self.ticks(node)
        last = first + _NEARBY if some is None else some.ticks
        for ticks in range(first, last):
            try:
                few = self._away(self.diagram.conjunction(node, self._at_most(ticks)), rest)
            except TooManyNodes as too_many:
                if some:
                    return replace(some, is_least=False)
                too_many.none_with = ticks - 1
                raise
            if few != FALSE:
                return self.cheapest(few)
        return some

    def _elsewhere_plain(self, node: int, rest: list[int]) -> Found | None:
        """Return the fewest with the plain answer to all that the node does not ask."""
        asked = self.support(node)
        left = self._away(node, (self._plain_outside(other, asked) for other in rest))
        return None if left == FALSE else self.cheapest(left)

    def _anywhere(self, node: int, rest: list[int]) -> Found | None:
        try:
            left = self._away(node, rest)
        except TooManyNodes as too_many:
            too_many.none_with = self.ticks(node) + _NEARBY - 1
            raise
        return None if left == FALSE else self.cheapest(left)

    def _plain_outside(self, node: int, asked: frozenset[int]) -> int:
        for level in self.support(node) - asked:
            name = self.diagram.variables[level].name
            node = self.diagram.restrict(node, name, self._plain[level])
        return node

    def _at_most(self, ticks: int) -> int:
        """Return the node of "at most so many answers are not the plain ones"."""
        if ticks not in self._few:
            reached = [TRUE] * (ticks + 1)
            for level in reversed(range(len(self._plain))):
                plain, arity = self._plain[level], len(self._costs[level])
                fewer = [FALSE, *reached]
                reached = [
                    self.diagram.make(
                        level,
                        tuple(reached[n] if v == plain else fewer[n] for v in range(arity)),
                    )
                    for n in range(ticks + 1)
                ]
            self._few[ticks] = reached[ticks]
        return self._few[ticks]

    def _away(self, node: int, others: Iterable[int]) -> int:
        for other in others:
            if node == FALSE:
                break
            node = self._without(node, other)
        return node

    def _without(self, node: int, other: int) -> int:
        return self.diagram.conjunction(node, self.diagram.negation(other))


def _cost(value: int, plain: int, dear: int | None) -> int:
    if value == plain:
        return 0
    return _TICK + (_NOT_ASKED if value == 0 else int(value == dear))
