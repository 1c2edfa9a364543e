"""The diagram as phones get it: its nodes as columns of small numbers that recur."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from webapp.triage.diagram import FALSE, TRUE, Diagram

SIGNS = {FALSE: "-", TRUE: "+"}
NEXT = "."
"""The sign of the node that stands just behind its parent."""
FIRST_OWN = 48
"""The character code of the sign of a node's first further child; the next has the next code."""


@dataclass(frozen=True, slots=True)
class PackedDiagram:
    """The nodes of a diagram, each before its children: 0 is false, 1 true, the first node 2."""

    deciding: list[int]
    """The variable of each node."""
    patterns: list[str]
    """A sign for each value of a variable: - is false, + true, . the next node; a digit or a
    character behind them is one of the node's further children, counted as they come."""
    shapes: list[int]
    """The pattern of each node."""
    children: list[int]
    """How far behind its parent each further child stands, in the order of nodes and signs."""
    positions: Mapping[int, int]
    """The position of each node of the diagram, by the number that it has there."""


def pack(diagram: Diagram, roots: Iterable[int]) -> PackedDiagram:
    """Return the part of the diagram that the roots lead to."""
    ordered = _parents_first(diagram, [*roots])
    positions = {FALSE: FALSE, TRUE: TRUE} | {node: n for n, node in enumerate(ordered, start=2)}
    deciding: list[int] = []
    shapes: list[int] = []
    further: list[int] = []
    patterns: dict[str, int] = {}
    for position, node in enumerate(ordered, start=2):
        variable, children = diagram.node(node)
        deciding.append(variable)
        own: dict[int, str] = {}
        signs = ""
        for child in children:
            ahead = positions[child] - position
            if child in SIGNS or ahead == 1:
                signs += SIGNS.get(child, NEXT)
                continue
            if child not in own:
                own[child] = chr(FIRST_OWN + len(own))
                further.append(ahead)
            signs += own[child]
        shapes.append(patterns.setdefault(signs, len(patterns)))
    return PackedDiagram(deciding, [*patterns], shapes, further, positions)


def _parents_first(diagram: Diagram, roots: list[int]) -> list[int]:
    """Return every node, near to its parents and after all of them.

    It is the order of a walk, not of making: what was compiled before must not matter.
    """
    seen = {FALSE, TRUE}
    children_first: list[int] = []

    def walk(node: int) -> None:
        if node not in seen:
            seen.add(node)
            for child in reversed(diagram.node(node)[1]):
                walk(child)
            children_first.append(node)

    for root in reversed(roots):
        walk(root)
    return children_first[::-1]
