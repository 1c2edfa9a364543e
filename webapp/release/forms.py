"""Fragments as the phone keeps them: forms, the same in every language, and texts to put into them.

Most of a fragment is markup. A form is that markup with holes; a language needs only the texts that
differ. One phone keeps two languages at least, so markup that would be kept twice is kept once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

HOLE = "\x7f"
"""Where a text stands. Two of them: the code of the page's language."""

_DELIMITERS = '<>"'
_TOKEN = re.compile(r'[<>"]|[^<>"]+')


_Kept = TypeVar("_Kept", str, tuple[str, ...])


class HoleInText(ValueError):
    """A text that holds the character that marks holes: names the text."""


@dataclass
class Forms:
    """Forms and texts of some fragments, each only once.

    ``rows`` has fragment after fragment: a form, then a text for each of its holes. Either one
    is 0 where it is new, the next one of its kind, else one more than its number. ``before`` are
    texts that the phone has from elsewhere; ``texts`` are counted on from them.
    """

    languages: tuple[str, ...]
    before: Sequence[tuple[str, ...]] = ()
    forms: list[str] = field(default_factory=list)
    texts: list[tuple[str, ...]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    _numbers: dict[str | tuple[str, ...], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers.update((text, number) for number, text in enumerate(self.before))

    def add(self, row: Sequence[str]) -> None:
        """Add a fragment, given in every language; raise HoleInText where it cannot be marked."""
        form, texts = self._split(row)
        self.rows.append(self._number(form, self.forms))
        start = len(self.before)
        self.rows.extend(self._number(text, self.texts, start) for text in texts)

    def _number(self, what: _Kept, kept: list[_Kept], start: int = 0) -> int:
        """Return 0 for what is new, else one more than its number among what is kept."""
        if what in self._numbers:
            return self._numbers[what] + 1
        self._numbers[what] = start + len(kept)
        kept.append(what)
        return 0

    def _split(self, row: Sequence[str]) -> tuple[str, list[tuple[str, ...]]]:
        """Return the form of a fragment and the texts for its holes, each in every language."""
        for text in row:
            if HOLE in text:
                raise HoleInText(f"A text must not hold the character U+007F: {text!r}")
        marked = [_marked(text, code) for text, code in zip(row, self.languages, strict=True)]
        tokens = [_TOKEN.findall(text) for text in marked]
        if len({_structure(found) for found in tokens}) > 1:
            return HOLE, [tuple(row)]
        form = ""
        texts: list[tuple[str, ...]] = []
        for same in zip(*tokens, strict=True):
            if len(set(same)) == 1:
                form += same[0]
            else:
                form += HOLE
                texts.append(tuple(map(_unmarked, same, self.languages)))
        return form, texts


def _structure(tokens: Sequence[str]) -> tuple[str | None, ...]:
    """Return the tokens with every run of text left out: two holes never touch."""
    return tuple(token if token in _DELIMITERS else None for token in tokens)


def _marked(text: str, code: str) -> str:
    """Return the text with its language's code, in an address or as a value, as two holes."""
    return text.replace(f"/{code}/", f"/{HOLE}{HOLE}/").replace(f'"{code}"', f'"{HOLE}{HOLE}"')


def _unmarked(text: str, code: str) -> str:
    return text.replace(HOLE + HOLE, code)
