from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.small import VARIABLES, answer_sets, conditions, values
from webapp.knowledge.conditions import All, Any, Condition, Is
from webapp.triage import straight_line
from webapp.triage.diagram import Variable
from webapp.triage.evaluation import Evaluator
from webapp.triage.expressions import Expressions
from webapp.triage.straight_line import Do, Statement, When, functions, source

EXPRESSIONS = Expressions(VARIABLES)
OLD = Is("age", ("old",))
BOTH = All((Is("numb", ("yes",)), OLD))
EITHER = Any((BOTH, Is("fever", ("yes",))))
FALLEN = Is("onset", ("fall",))

Blocks = tuple["tuple[Condition, Blocks]", ...]
"""Conditions with what is asked only where they hold."""

blocks: st.SearchStrategy[Blocks] = st.recursive(
    st.just(()),
    lambda inner: st.lists(st.tuples(conditions, inner), max_size=4).map(tuple),
    max_leaves=8,
)


def function(expressions: Expressions, statements: Sequence[Statement]) -> Callable[..., object]:
    """Return a function that tells through ``put`` what it comes by."""
    return functions([source(expressions, "told", "put", statements)], "test")["told"]


def statements(expressions: Expressions, written: Blocks) -> tuple[Statement, ...]:
    """Return statements that tell where they are."""
    return tuple(
        When(
            expressions.sure(condition),
            (Do(f"put({number})"), *statements(expressions, inner)),
        )
        for number, (condition, inner) in enumerate(written)
    )


def told(written: Blocks, evaluator: Evaluator) -> list[int]:
    """Return what is told by the conditions as written."""
    found: list[int] = []
    for number, (condition, inner) in enumerate(written):
        if evaluator.holds(condition):
            found += [number, *told(inner, evaluator)]
    return found


@given(blocks)
def test_a_function_does_what_its_blocks_say(written: Blocks) -> None:
    expressions = Expressions(VARIABLES)
    run = function(expressions, statements(expressions, written))
    for answers in answer_sets():
        found: list[int] = []
        run(values(answers), found.append)
        assert found == told(written, Evaluator(answers))


def lines(*written: tuple[Condition, Blocks]) -> list[str]:
    return source(EXPRESSIONS, "told", "put", statements(EXPRESSIONS, written)).split("\n")


def test_what_two_blocks_ask_is_worked_out_once_before_the_first() -> None:
    found = [line.strip() for line in lines((FALLEN, ()), (BOTH, ()), (EITHER, ()))]
    (shared,) = (line for line in found if line.startswith("x"))
    assert found.index(shared) == found.index("if (v3 == 2):") + 4
    assert sum("v0 ==" in line for line in found) == 1


def test_what_only_one_block_asks_within_is_worked_out_within() -> None:
    found = lines((FALLEN, ((BOTH, ()), (EITHER, ()))), (FALLEN, ()))
    (shared,) = (line for line in found if line.strip().startswith("x"))
    assert shared.startswith("  x")


def test_what_is_asked_once_is_not_kept() -> None:
    assert not [line for line in lines((BOTH, ()), (FALLEN, ())) if line.strip().startswith("x")]


def test_a_variable_is_looked_up_once_where_it_is_asked_for() -> None:
    assert [line.strip() for line in lines((FALLEN, ((BOTH, ()), (OLD, ()))))][1:] == [
        "v3 = n[3]",
        "if (v3 == 2):",
        "put(0)",
        "v0 = n[0]",
        "v1 = n[1]",
        "if ((v0 == 3) and (v1 == 2)):",
        "put(0)",
        "if (v1 == 2):",
        "put(1)",
    ]


FIVE = (Variable("many", ("a", "b", "c", "d", "e")),)


@pytest.mark.parametrize("chosen", range(1, 31))
def test_a_comparison_is_right_for_each_set_of_options(chosen: int) -> None:
    expressions = Expressions(FIVE)
    options = tuple(o for n, o in enumerate(FIVE[0].options) if chosen >> n & 1)
    condition = Is("many", options)
    for expression in (expressions.sure(condition), -expressions.sure(condition)):
        run = function(expressions, [When(expression, (Do("put(1)"),))])
        for number in range(6):
            found: list[int] = []
            run([number], found.append)
            is_chosen = number > 0 and FIVE[0].options[number - 1] in options
            assert bool(found) == (is_chosen == (expression > 0))


def test_functions_call_each_other_and_nothing_else() -> None:
    sources = [
        "def first(n, put):\n second(n, put)",
        "def second(n, put):\n put(n[0])",
        "def third(n, put):\n open('x')",
    ]
    made = functions(sources, "test")
    found: list[int] = []
    made["first"]([7], found.append)
    assert found == [7]
    with pytest.raises(NameError):
        made["third"]([7], found.append)


def test_a_long_conjunction_of_many_is_no_deep_source() -> None:
    many = tuple(Variable(f"q{n}", ("no", "yes")) for n in range(500))
    expressions = Expressions(many)
    every = All(tuple(Is(variable.name, ("yes",)) for variable in many))
    pairs = Any(tuple(All((Is(a.name, ("no",)), Is(b.name, ("no",)))) for a, b in pairwise(many)))
    run = function(
        expressions,
        [When(expressions.sure(c), (Do(f"put({n})"),)) for n, c in enumerate((every, pairs))],
    )
    for numbers, expected in (([2] * 500, [0]), ([1] * 500, [1]), ([0] * 500, [])):
        found: list[int] = []
        run(numbers, found.append)
        assert found == expected


def test_the_length_of_statements_is_that_of_their_lines() -> None:
    inner = (Do("put(1)"), When(EXPRESSIONS.sure(BOTH), (Do("put(2)"),)))
    assert straight_line.length([When(EXPRESSIONS.sure(FALLEN), inner), Do("put(3)")]) == 5
