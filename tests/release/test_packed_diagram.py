"""The diagram as phones get it is the diagram."""

from __future__ import annotations

from hypothesis import given

from tests.support import packed
from tests.support.small import VARIABLES, conditions
from webapp.knowledge.conditions import Condition
from webapp.release.letters import letters
from webapp.release.packed_diagram import PackedDiagram, pack
from webapp.triage.diagram import FALSE, TRUE, Compiler, Diagram


def unpacked(made: PackedDiagram) -> list[list[int]]:
    """Return what a phone makes of it."""
    variables = [[variable.name, [*variable.options]] for variable in VARIABLES]
    columns = {name: letters(getattr(made, name)) for name in ("deciding", "shapes", "children")}
    return packed.nodes({"variables": variables, "patterns": made.patterns, **columns})


@given(conditions, conditions)
def test_every_node_is_unpacked_as_it_was(first: Condition, second: Condition) -> None:
    compiler = Compiler(Diagram(VARIABLES))
    roots = [compiler.sure(first), compiler.roots(second).possible]
    made = pack(compiler.diagram, roots)
    nodes = unpacked(made)
    assert {*roots, FALSE, TRUE} <= made.positions.keys()
    assert sorted(made.positions.values()) == [*range(len(nodes))]
    for node, position in made.positions.items():
        if node not in (FALSE, TRUE):
            variable, children = compiler.diagram.node(node)
            assert nodes[position] == [variable, *(made.positions[child] for child in children)]


@given(conditions)
def test_the_order_is_that_of_the_roots_and_not_of_what_was_compiled_before(
    condition: Condition,
) -> None:
    alone, later = Compiler(Diagram(VARIABLES)), Compiler(Diagram(VARIABLES))
    for variable in VARIABLES:
        later.diagram.restrict(later.sure(condition), variable.name, 1)
    packs = [pack(c.diagram, [c.sure(condition)]) for c in (alone, later)]
    assert unpacked(packs[0]) == unpacked(packs[1])
