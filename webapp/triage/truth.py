"""Three-valued logic: the one place that says how *not asked* differs from *no*.

Kleene's strong logic: a part that is not known leaves the whole unknown unless the other parts
decide it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class Truth(IntEnum):
    """False, unknown or true; the order lets "and" be the minimum and "or" the maximum."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2


FALSE, UNKNOWN, TRUE = Truth
"""The same three as plain names: looking a member up in its enum takes longer than a comparison."""


def negation(truth: Truth) -> Truth:
    """Return the opposite; unknown stays unknown."""
    return Truth(2 - truth)


def conjunction(first: Truth, second: Truth) -> Truth:
    """Return the truth of "both"."""
    return min(first, second)


def disjunction(first: Truth, second: Truth) -> Truth:
    """Return the truth of "one or both"."""
    return max(first, second)


def at_least(count: int, truths: Iterable[Truth]) -> Truth:
    """Return whether ``count`` or more of the truths hold."""
    sure = possible = 0
    for truth in truths:
        sure += truth is Truth.TRUE
        possible += truth is not Truth.FALSE
    if sure >= count:
        return Truth.TRUE
    return Truth.UNKNOWN if possible >= count else Truth.FALSE


def known(truth: Truth) -> Truth:
    """Return true where the truth is surely true, else false."""
    return Truth.TRUE if truth is Truth.TRUE else Truth.FALSE
