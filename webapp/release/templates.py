"""Fragments as the phone keeps them: templates, alike in every language, and strings to fill them.

Most of a fragment is markup. A template is that markup with holes; a language needs only the
strings that differ. One phone keeps two languages at least, so markup that would be kept twice is
kept once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

HOLE = "\x7f"
"""Where a string stands. Two of them: the code of the page's language."""

_DELIMITERS = '<>"'
_TOKEN = re.compile(r'[<>"]|[^<>"]+')


_Kept = TypeVar("_Kept", str, tuple[str, ...])


class HoleInText(ValueError):
    """A text that holds the character that marks holes: names the text."""


@dataclass
class Templates:
    """The templates and strings of some fragments, each only once.

    ``fragments`` has fragment after fragment: its template, then a string for each hole. Either is
    0 where it is new, the next of its kind, else one more than its number. ``before`` are strings
    that the phone has from elsewhere; ``strings`` are counted on from them.
    """

    languages: tuple[str, ...]
    before: Sequence[tuple[str, ...]] = ()
    templates: list[str] = field(default_factory=list)
    strings: list[tuple[str, ...]] = field(default_factory=list)
    fragments: list[int] = field(default_factory=list)
    _numbers: dict[str | tuple[str, ...], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers.update((string, number) for number, string in enumerate(self.before))

    def add(self, fragment: Sequence[str]) -> None:
        """Add a fragment, given in every language; raise HoleInText where it cannot be marked."""
        template, strings = self._split(fragment)
        self.fragments.append(self._number(template, self.templates))
        start = len(self.before)
        self.fragments.extend(self._number(string, self.strings, start) for string in strings)

    def _number(self, what: _Kept, kept: list[_Kept], start: int = 0) -> int:
        """Return 0 for what is new, else one more than its number among what is kept."""
        if what in self._numbers:
            return self._numbers[what] + 1
        self._numbers[what] = start + len(kept)
        kept.append(what)
        return 0

    def _split(self, fragment: Sequence[str]) -> tuple[str, list[tuple[str, ...]]]:
        """Return a fragment's template and the strings for its holes, each in every language."""
        for text in fragment:
            if HOLE in text:
                raise HoleInText(f"A text must not hold the character U+007F: {text!r}")
        marked = [_marked(text, code) for text, code in zip(fragment, self.languages, strict=True)]
        tokens = [_TOKEN.findall(text) for text in marked]
        if len({_structure(found) for found in tokens}) > 1:
            return HOLE, [tuple(fragment)]
        template = ""
        strings: list[tuple[str, ...]] = []
        for same in zip(*tokens, strict=True):
            if len(set(same)) == 1:
                template += same[0]
            else:
                template += HOLE
                strings.append(tuple(map(_unmarked, same, self.languages)))
        return template, strings


def _structure(tokens: Sequence[str]) -> tuple[str | None, ...]:
    """Return the tokens with every run of text left out: two holes never touch."""
    return tuple(token if token in _DELIMITERS else None for token in tokens)


def _marked(text: str, code: str) -> str:
    """Return the text with its language's code, in an address or as a value, as two holes."""
    return text.replace(f"/{code}/", f"/{HOLE}{HOLE}/").replace(f'"{code}"', f'"{HOLE}{HOLE}"')


def _unmarked(text: str, code: str) -> str:
    return text.replace(HOLE + HOLE, code)
