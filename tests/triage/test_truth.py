"""Three-valued logic: truth tables, written out."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.triage import truth
from webapp.triage.truth import Truth

F, U, T = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE
truths = st.sampled_from(list(Truth))


@pytest.mark.parametrize(
    ("first", "second", "both", "either"),
    [
        (T, T, T, T),
        (T, U, U, T),
        (T, F, F, T),
        (U, U, U, U),
        (U, F, F, U),
        (F, F, F, F),
    ],
)
def test_what_is_not_known_stays_unknown_unless_the_other_part_decides(first, second, both, either):
    assert truth.conjunction(first, second) is truth.conjunction(second, first) is both
    assert truth.disjunction(first, second) is truth.disjunction(second, first) is either


def test_the_opposite_of_unknown_is_unknown():
    assert [truth.negation(value) for value in (T, U, F)] == [F, U, T]


def test_only_what_is_surely_true_is_known():
    assert [truth.known(value) for value in (T, U, F)] == [T, F, F]


def test_at_least_asks_how_many_hold_and_not_which():
    """The proof of property 8 takes one order of the truths for all."""
    for values in product(Truth, repeat=7):
        for count in range(1, 8):
            one_order = truth.at_least(count, sorted(values))
            assert truth.at_least(count, values) is one_order


@given(st.lists(truths, max_size=6), st.integers(1, 6))
def test_at_least_holds_for_every_way_the_unknown_may_turn_out_or_is_unknown(given_truths, count):
    spaces = [(F, T) if given is U else (given,) for given in given_truths]
    outcomes = {sum(value is T for value in way) >= count for way in product(*spaces)}
    expected = U if len(outcomes) > 1 else (T if outcomes.pop() else F)
    assert truth.at_least(count, given_truths) is expected
