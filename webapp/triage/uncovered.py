"""Whether a node of a diagram can hold where none of a list of others does.

The union of the others is never built: they are taken away one by one, those first that are likely
to be enough and cheap to take.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from webapp.triage.diagram import FALSE, Diagram


class Uncovered:
    """Takes nodes away from nodes of one diagram.

    ``usual`` is, for each variable, the value that it has where nothing else is said.
    """

    def __init__(self, diagram: Diagram, usual: Mapping[str, int]) -> None:
        self.diagram = diagram
        self.usual = usual
        self._supports: dict[int, frozenset[str]] = {}
        self._fixed: dict[tuple[int, str, int], int] = {}

    def away(self, node: int, others: Iterable[int]) -> int:
        """Return where the node holds and none of the others does; ends as soon as nothing is."""
        for other in others:
            if node == FALSE:
                break
            node = self.diagram.conjunction(node, self.diagram.negation(other))
        return node

    def narrowed(
        self, node: int, others: Iterable[int], asked: frozenset[str]
    ) -> tuple[int, list[int]]:
        """Return the node without the others that ask none but the asked variables, and the rest.

        Those are nearly always enough. The likeliest of the rest to matter come first.
        """
        near: list[int] = []
        rest: list[int] = []
        for other in others:
            (near if self.support(other) <= asked else rest).append(other)
        rest.sort(key=lambda other: len(self.support(other) - asked))
        return self.away(node, near), rest

    def elsewhere_usual(self, node: int, others: Iterable[int], asked: frozenset[str]) -> int:
        """Return where the node holds and none of the others does, all else being as usual.

        It is cheap, and nearly always finds something where there is anything to be found.
        """
        return self.away(node, (self._usual_outside(other, asked) for other in others))

    def support(self, node: int) -> frozenset[str]:
        """Return the names of the variables that the node depends on."""
        if node not in self._supports:
            self._supports[node] = self.diagram.support(node)
        return self._supports[node]

    def fixed(self, node: int, name: str, value: int) -> int:
        """Return the node with the variable fixed; most nodes do not ask for most variables."""
        if name not in self.support(node):
            return node
        key = (node, name, value)
        if key not in self._fixed:
            self._fixed[key] = self.diagram.restrict(node, name, value)
        return self._fixed[key]

    def _usual_outside(self, node: int, asked: frozenset[str]) -> int:
        for name in self.support(node) - asked:
            node = self.fixed(node, name, self.usual[name])
        return node
