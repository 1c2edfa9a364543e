"""The help card: its phrases speak of what is asked."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge


def phrases(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Phrases speak of rows of the check; every sign of its first screen can be shown."""
    rows = {item.id for screen in knowledge.screens for item in screen.items}
    every = [phrase for listener in knowledge.listeners for phrase in listener.phrases]
    for phrase in every:
        for question in phrase.questions:
            if question not in rows:
                yield KnowledgeError(
                    "help-card.yaml",
                    phrase.id,
                    f"speaks of '{question}', which is no row of the check",
                    "Mend 'questions'",
                )
    spoken_of = {question for phrase in every for question in phrase.questions}
    for item in knowledge.screens[0].items:
        if item.id not in spoken_of:
            yield KnowledgeError(
                "help-card.yaml",
                item.id,
                "is a danger sign that nobody can be shown",
                "Add a phrase with this row under 'questions'",
            )
