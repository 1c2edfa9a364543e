"""Ids: usable, and used once in all files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_RESERVED = frozenset(
    ("at", "go", "show", "k", "view", "note", "urgency", "doubt", "screen", "answers", "result")
)
"""Names that the check gives to its own fields, decisions and views."""


def every_id(knowledge: Knowledge) -> Iterator[str]:
    """Yield every id of every file but those of sources and seed statements, repeats included."""
    for screen in knowledge.every_screen:
        yield screen.id
        yield from (item.id for item in screen.items)
    yield from knowledge.definitions
    yield from (rule.id for rule in knowledge.rules)
    for section in knowledge.sections.values():
        yield section.id
        yield from (statement.id for statement in section.statements)
    for things in (
        knowledge.positions,
        knowledge.recommendations,
        knowledge.stages,
        knowledge.floor,
    ):
        yield from (thing.id for thing in things)
    for listener in knowledge.listeners:
        yield listener.id
        yield from (phrase.id for phrase in listener.phrases)
    yield from (hazard.id for hazard in knowledge.hazards)
    yield from (row.id for row in knowledge.coverage)
    for article in knowledge.articles:
        yield article.id
        yield from (section.id for section in article.sections)
        yield from (statement.id for statement in article.statements)
    yield from knowledge.reasons
    yield from (starter.id for starter in knowledge.starters)
    for exercise in knowledge.exercises:
        yield exercise.id
        yield from (step.id for step in exercise.steps)


def ids(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Every id is lower-case words joined by hyphens, and used once in all files."""
    found = list(every_id(knowledge))
    counts = Counter(found)
    for identity in found:
        file = knowledge.places.get(identity, "rules.yaml")
        if not ID.fullmatch(identity) or identity in _RESERVED:
            yield KnowledgeError(
                file, identity, "is not a usable id", "Use lower-case words joined by hyphens"
            )
        if counts[identity] > 1:
            yield KnowledgeError(file, identity, "is used twice", "Give one of them another id")
