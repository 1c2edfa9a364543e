"""Ids: usable, and used once in all files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Identified, Knowledge

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_FIELDS = ("at", "go", "show", "yes", "k", "view", "note")
_DECISIONS = ("urgency", "limit", "doubt", "screen")
_VIEWS = ("answers", "contradiction", "result")
_RESERVED = frozenset((*_FIELDS, *_DECISIONS, *_VIEWS))
"""Names that the check gives to its own fields, decisions and views."""


def every_id(knowledge: Knowledge) -> Iterator[str]:
    """Yield every id but those of sources and of seed statements, repeats included."""
    yield from (record.id for record in knowledge.records if isinstance(record, Identified))
    yield from knowledge.definitions


def usable_and_unique(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Every id is lower-case words joined by hyphens, and used once in all files."""
    found = list(every_id(knowledge))
    counts = Counter(found)
    for identity in found:
        file = knowledge.file_of.get(identity, "rules.yaml")
        if not ID.fullmatch(identity) or identity in _RESERVED:
            yield KnowledgeError(
                file, identity, "is not a usable id", "Use lower-case words joined by hyphens"
            )
        if counts[identity] > 1:
            yield KnowledgeError(file, identity, "is used twice", "Give one of them another id")
