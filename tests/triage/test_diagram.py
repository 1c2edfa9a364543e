"""The diagram: the compiler agrees with the evaluator, and equal functions are one node."""

import pytest
from hypothesis import given, settings

from tests.support.small import VARIABLES, answer_sets, conditions, values
from webapp.knowledge.conditions import All, Any, AtLeast, Is, Known, Not, may_hold
from webapp.triage.diagram import FALSE, TRUE, Compiler, Diagram
from webapp.triage.evaluation import Evaluator
from webapp.triage.truth import Truth

EVERY = answer_sets()


@pytest.fixture
def compiler():
    return Compiler(Diagram(VARIABLES))


@settings(max_examples=150, deadline=None)
@given(conditions)
def test_the_diagram_and_the_evaluator_agree_on_every_set_of_answers(condition):
    compiler = Compiler(Diagram(VARIABLES))
    roots = compiler.roots(condition)
    for answers in EVERY:
        truth = Evaluator(answers).truth(condition)
        assert compiler.diagram.evaluate(roots.sure, values(answers)) == (truth is Truth.TRUE)
        assert compiler.diagram.evaluate(roots.possible, values(answers)) == (
            truth is not Truth.FALSE
        )


@settings(max_examples=80, deadline=None)
@given(conditions, conditions)
def test_equal_functions_are_the_same_node(first, second):
    compiler = Compiler(Diagram(VARIABLES))
    nodes = compiler.sure(first), compiler.sure(second)
    same = all(
        Evaluator(answers).holds(first) == Evaluator(answers).holds(second) for answers in EVERY
    )
    assert (nodes[0] == nodes[1]) == same


@settings(max_examples=80, deadline=None)
@given(conditions, conditions)
def test_implication_is_decided_for_all_answers(first, second):
    compiler = Compiler(Diagram(VARIABLES))
    implied = all(
        Evaluator(answers).holds(second) for answers in EVERY if Evaluator(answers).holds(first)
    )
    assert compiler.diagram.implies(compiler.sure(first), compiler.sure(second)) == implied


@settings(max_examples=80, deadline=None)
@given(conditions)
def test_an_example_of_a_node_makes_it_true_whatever_else_is_answered(condition):
    compiler = Compiler(Diagram(VARIABLES))
    node = compiler.sure(condition)
    if node == FALSE:
        return
    example = compiler.diagram.example(node)
    for answers in EVERY:
        vector = [
            example.get(variable.name, value)
            for variable, value in zip(VARIABLES, values(answers), strict=True)
        ]
        assert compiler.diagram.evaluate(node, vector)


def test_restricting_a_variable_is_the_same_as_answering_it(compiler):
    condition = All((Is("numb", ("yes",)), Is("onset", ("fall",))))
    restricted = compiler.diagram.restrict(compiler.sure(condition), "numb", 3)
    assert restricted == compiler.sure(Is("onset", ("fall",)))


def test_unsure_and_unasked_may_hold_but_do_not_surely_hold(compiler):
    leaf = Is("fever", ("yes",))
    assert [compiler.diagram.evaluate(compiler.sure(leaf), [0, 0, v, 0]) for v in range(4)] == [
        False,
        False,
        False,
        True,
    ]
    assert [
        compiler.diagram.evaluate(compiler.sure(may_hold(leaf)), [0, 0, v, 0]) for v in range(4)
    ] == [True, False, True, True]


def test_unsure_counts_as_an_answer_where_a_rule_names_it(compiler):
    leaf = Is("fever", ("yes", "unsure"))
    assert compiler.diagram.evaluate(compiler.sure(leaf), [0, 0, 2, 0])


def test_nothing_and_everything_are_the_terminals(compiler):
    assert compiler.sure(All(())) == TRUE
    assert compiler.sure(Any(())) == FALSE
    assert compiler.sure(Not(Known(Any(())))) == TRUE


def test_what_is_no_condition_is_refused(compiler):
    with pytest.raises(TypeError, match="not a condition"):
        compiler.roots("saddle")
    with pytest.raises(TypeError, match="not a condition"):
        Evaluator({}).truth("saddle")


def test_at_least_all_is_all_and_at_least_one_is_any(compiler):
    parts = (Is("numb", ("yes",)), Is("age", ("old",)), Is("onset", ("fall",)))
    assert compiler.roots(AtLeast(3, parts)) == compiler.roots(All(parts))
    assert compiler.roots(AtLeast(1, parts)) == compiler.roots(Any(parts))
