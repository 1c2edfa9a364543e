"""What clinicians have reviewed: each review is bound to what it read, and void when that changes.

A review speaks of a record and of all that stands in it: of a rule with its condition, of a section
with its statements; or of a condition with a name, by which the program decides as well. Its
``content`` is a hash of what was read as it was in English, the day on which it was checked left
out; each of its ``translations`` is a hash of the words in one language.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Literal

from webapp.knowledge.conditions import All, Any, AtLeast, Condition, Is, Known, Not
from webapp.knowledge.kinds import walk
from webapp.knowledge.model import Identified, Knowledge, Review
from webapp.knowledge.records import Record
from webapp.knowledge.texts import Text

Say = Callable[[Text], str]
"""A text in one language."""
Subject = Record | Condition
Standing = Literal["none", "some", "all"]

ENGLISH = "en"
_LENGTH = 32
"""Hexadecimal digits of a hash: 128 bits."""
_BESIDE = frozenset(("checked",))
"""Fields that are no content."""


def content_hash(subject: Subject) -> str:
    """Return the hash of what is written in English, conditions and sources included."""
    return _hash(_plain(subject))


def words_hash(subject: Subject, say: Say) -> str:
    """Return the hash of all its texts in one language."""
    return _hash([(text.id, say(text)) for text in texts_of(subject)])


def texts_of(subject: Subject) -> Iterator[Text]:
    """Yield the texts that stand in it, in the order of its fields."""
    return walk(subject, Text)


@dataclass(frozen=True)
class Reviews:
    """The reviews of some knowledge, held against what it says now."""

    knowledge: Knowledge

    @cached_property
    def subjects(self) -> Mapping[str, Subject]:
        """Everything that can be reviewed, by its id."""
        records = {r.id: r for r in self.knowledge.records if isinstance(r, Identified)}
        return {**records, **self.knowledge.definitions}

    def is_valid(self, review: Review) -> bool:
        """Whether what was reviewed is still what it was."""
        return self._contents[review.of] == review.content

    def is_valid_in(self, review: Review, code: str, say: Say) -> bool:
        """Whether what was reviewed in a language is still what it was."""
        if not self.is_valid(review) or code == ENGLISH:
            return self.is_valid(review)
        return review.translations.get(code) == words_hash(self.subjects[review.of], say)

    def covered(self, code: str, say: Say) -> frozenset[str]:
        """Return the ids of all that is reviewed in the language, alone or in what it stands in."""
        reviewed = (r for r in self.knowledge.reviews if self.is_valid_in(r, code, say))
        return frozenset(
            name for review in reviewed for name in (review.of, *_ids_in(self.subjects[review.of]))
        )

    def standing(self, code: str, say: Say) -> Standing:
        """Return whether all is reviewed in the language, some is in any, or none is."""
        if not any(map(self.is_valid, self.knowledge.reviews)):
            return "none"
        return "all" if self.covered(code, say) == self.subjects.keys() else "some"

    @cached_property
    def _contents(self) -> Mapping[str, str]:
        named = {review.of for review in self.knowledge.reviews}
        return {name: content_hash(self.subjects[name]) for name in named}


def _ids_in(subject: Subject) -> Iterator[str]:
    return (inner.id for inner in walk(subject, Identified))


def _hash(value: object) -> str:
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()[:_LENGTH]


def _plain(value: object) -> object:
    """Return a value as lists, mappings and scalars, the same for the same content."""
    match value:
        case Condition():
            return _condition(value)
        case Record():
            names = (name for name in value.__struct_fields__ if name not in _BESIDE)
            return {name: _plain(getattr(value, name)) for name in names}
        case tuple():
            return [_plain(entry) for entry in value]
        case Mapping():
            return {name: _plain(entry) for name, entry in value.items()}
        case Text() | date():
            return str(value)
    return value


def _condition(condition: Condition) -> object:
    match condition:
        case Is(question, options):
            return ["is", question, *options]
        case All(parts):
            return ["all", *map(_condition, parts)]
        case Any(parts):
            return ["any", *map(_condition, parts)]
        case Not(part):
            return ["not", _condition(part)]
        case Known(part):
            return ["known", _condition(part)]
        case AtLeast(count, parts):
            return ["at-least", count, *map(_condition, parts)]
    raise TypeError(f"not a condition: {condition!r}")
