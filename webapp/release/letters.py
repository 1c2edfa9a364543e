"""Columns of small numbers as texts, a letter a number: shorter than digits as they travel."""

from __future__ import annotations

from collections.abc import Iterable

FIRST = 93
"""The code of the letter for 0: from here on nothing has to be escaped in JSON."""
MOST = 0xD7FF - FIRST
"""The largest number: behind its letter come codes that are no letters by themselves."""


def letters(numbers: Iterable[int]) -> str:
    """Return the numbers, from 0 to MOST, as letters; ValueError for any other."""
    return "".join(map(_letter, numbers))


def _letter(number: int) -> str:
    if not 0 <= number <= MOST:
        raise ValueError(f"{number} has no letter")
    return chr(FIRST + number)
