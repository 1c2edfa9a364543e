from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.small import VARIABLES, answer_sets, conditions, values
from webapp.knowledge.conditions import ALWAYS, NEVER, All, Any, AtLeast, Condition, Is, Known, Not
from webapp.triage.evaluation import Evaluator
from webapp.triage.expressions import FALSE, TRUE, Comparison, Conjunction, Count, Expressions
from webapp.triage.truth import Truth

NUMB = Is("numb", ("yes",))
OLD = Is("age", ("old",))


def is_true(expressions: Expressions, expression: int, numbers: list[int]) -> bool:
    """Return whether the expression is true, read from its nodes."""
    match expressions.node(expression):
        case Comparison(variable, values):
            found = bool(values >> numbers[variable] & 1)
        case Conjunction(parts):
            found = all(is_true(expressions, part, numbers) for part in parts)
        case Count(least, parts):
            found = sum(is_true(expressions, part, numbers) for part in parts) >= least
    return found == (expression > 0)


@given(conditions)
def test_an_expression_is_true_where_its_condition_surely_holds_or_may(
    condition: Condition,
) -> None:
    expressions = Expressions(VARIABLES)
    sure, possible = expressions.sure(condition), expressions.possible(condition)
    for answers in answer_sets():
        numbers = values(answers)
        truth = Evaluator(answers).truth(condition)
        assert is_true(expressions, sure, numbers) == (truth is Truth.TRUE)
        assert is_true(expressions, possible, numbers) == (truth is not Truth.FALSE)


@given(st.lists(conditions, max_size=4))
def test_the_parts_of_a_node_have_smaller_numbers(several: list[Condition]) -> None:
    expressions = Expressions(VARIABLES)
    made = {abs(expressions.sure(condition)) for condition in several}
    while made:
        node = expressions.node(number := made.pop())
        if not isinstance(node, Comparison):
            assert all(abs(part) < number for part in node.parts)
            made |= {abs(part) for part in node.parts}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (All((NUMB, OLD)), All((OLD, Is("numb", ("yes",))))),
        (Not(All((NUMB, OLD))), Any((Not(OLD), Not(NUMB)))),
        (Any((NUMB, Is("numb", ("no",)))), Is("numb", ("no", "yes"))),
        (All((NUMB, Any((OLD, ALWAYS)))), NUMB),
        (Not(Not(NUMB)), NUMB),
    ],
    ids=["another order", "De Morgan", "two comparisons", "what always holds", "not not"],
)
def test_what_is_equal_is_one_expression(one: Condition, other: Condition) -> None:
    expressions = Expressions(VARIABLES)
    assert expressions.sure(one) == expressions.sure(other)


def test_what_always_or_never_holds_is_no_question() -> None:
    expressions = Expressions(VARIABLES)
    assert expressions.sure(ALWAYS) == TRUE
    assert expressions.sure(NEVER) == FALSE
    assert expressions.sure(All((Known(NUMB), Not(Known(NUMB))))) == FALSE
    assert expressions.sure(Any((Known(NUMB), Not(Known(NUMB))))) == TRUE
    assert expressions.sure(All((NUMB, Is("numb", ("no",))))) == FALSE


def test_not_asked_is_never_no() -> None:
    expressions = Expressions(VARIABLES)
    no = expressions.sure(Not(NUMB))
    assert not is_true(expressions, no, values({}))
    assert is_true(expressions, no, values({"numb": "no"}))


def test_a_count_counts_the_same_part_twice() -> None:
    expressions = Expressions(VARIABLES)
    twice = expressions.sure(AtLeast(2, (NUMB, NUMB)))
    assert is_true(expressions, twice, values({"numb": "yes"}))
