"""Programs: a page as one flat list that is the same in every language.

An entry is a condition and a step. A step that is not negative is the number of a fragment to
append where the condition holds; a negative step ``-n`` skips the next ``n`` entries where it does
not. That is all that the phone has to know about pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from webapp.knowledge.conditions import ALWAYS, Condition
from webapp.release.renderer import Block, Part, Piece, ReleaseMark
from webapp.triage.evaluation import Evaluator

RELEASE_FRAGMENT = 0
"""The fragment that holds the release's short id."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of a program and the condition it depends on."""

    condition: Condition
    step: int


Program = tuple[Entry, ...]


class LanguagesDiffer(ValueError):
    """A page whose structure is not the same in every language: names the route."""


@dataclass
class Fragments:
    """Every piece of HTML once. A fragment is its text in each language, in their order."""

    languages: int
    all: list[tuple[str, ...]] = field(default_factory=list)
    _numbers: dict[tuple[str, ...], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.number(("",) * self.languages)

    def number(self, texts: tuple[str, ...]) -> int:
        """Return the number of the fragment with these texts, adding it if it is new."""
        if texts not in self._numbers:
            self._numbers[texts] = len(self.all)
            self.all.append(texts)
        return self._numbers[texts]


def compose(route: str, pages: Sequence[Sequence[Part]], fragments: Fragments) -> Program:
    """Return the program of one page from its parts in every language."""
    return tuple(_entries(route, pages, fragments))


def _entries(route: str, pages: Sequence[Sequence[Part]], fragments: Fragments) -> list[Entry]:
    if len({len(parts) for parts in pages}) != 1:
        raise LanguagesDiffer(f"The page '{route}' has more blocks in one language than another.")
    entries: list[Entry] = []
    for parts in zip(*pages, strict=True):
        entries.extend(_part(route, parts, fragments))
    return entries


def _part(route: str, parts: tuple[Part, ...], fragments: Fragments) -> list[Entry]:
    """Return the entries of one part, given in every language."""
    match parts[0]:
        case ReleaseMark():
            if all(isinstance(part, ReleaseMark) for part in parts):
                return [Entry(ALWAYS, RELEASE_FRAGMENT)]
        case Piece():
            texts = tuple(part.html for part in parts if isinstance(part, Piece))
            if len(texts) == len(parts):
                return [Entry(ALWAYS, fragments.number(texts))]
        case Block(condition):
            blocks = [part.parts for part in parts if isinstance(part, Block)]
            if len(blocks) == len(parts):
                inner = _entries(route, blocks, fragments)
                if len(inner) == 1 and inner[0].condition is ALWAYS:
                    return [Entry(condition, inner[0].step)]
                return [Entry(condition, -len(inner)), *inner]
    raise LanguagesDiffer(f"The page '{route}' does not have the same blocks in every language.")


def run(program: Program, evaluator: Evaluator) -> list[int]:
    """Return the numbers of the fragments that make the page, by the rules as written."""
    page: list[int] = []
    position = 0
    while position < len(program):
        entry = program[position]
        position += 1
        holds = entry.condition is ALWAYS or evaluator.holds(entry.condition)
        if entry.step >= 0:
            if holds:
                page.append(entry.step)
        elif not holds:
            position -= entry.step
    return page
