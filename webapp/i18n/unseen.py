"""What is not seen in a text and may change what is: no text of others may hold it."""

from __future__ import annotations

import unicodedata

_CATEGORIES = ("C", "Zl", "Zp")
"""Controls, marks that turn the writing round, what is no letter, separators of lines."""
_JOINERS = frozenset("\u200c\u200d")
"""They shape letters of some scripts."""
_OPENING, _CLOSING = frozenset("\u2066\u2067\u2068"), "\u2069"


def holds_unseen(text: str) -> bool:
    """Return whether the text holds what is not seen; isolates that it closes itself may stay."""
    depth = 0
    for letter in text:
        depth += (letter in _OPENING) - (letter == _CLOSING)
        if depth < 0 or _is_unseen(letter):
            return True
    return depth > 0


def _is_unseen(letter: str) -> bool:
    if letter in _OPENING or letter == _CLOSING or letter in _JOINERS:
        return False
    return unicodedata.category(letter).startswith(_CATEGORIES)
