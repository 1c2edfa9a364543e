"""The help card: its phrases speak of what is asked."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.knowledge.conditions import YES, Any, Condition, Is
from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge


def phrases(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Phrases speak of rows of the check; every sign that is an emergency alone can be shown."""
    rows = knowledge.items.keys() - knowledge.gates
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
    for rule in knowledge.rules_by_urgency["emergency"]:
        for question in _enough(rule.when):
            if question in rows - spoken_of:
                yield KnowledgeError(
                    "help-card.yaml",
                    question,
                    "is a danger sign that nobody can be shown",
                    "Add a phrase with this row under 'questions'",
                )


def _enough(condition: Condition) -> Iterator[str]:
    """Yield the questions whose "yes" alone makes the condition true."""
    match condition:
        case Is(question, options) if YES in options:
            yield question
        case Any(parts):
            for part in parts:
                yield from _enough(part)
