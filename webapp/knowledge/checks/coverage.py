"""What guidelines recommend: where the app says it."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge


def said_to_everybody(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """What guidelines recommend is said where everybody can read it, not only in some results."""
    said = {
        identity
        for section in knowledge.sections.values()
        if knowledge.file_of[section.id] != "advice.yaml"
        for identity in (section.id, *(statement.id for statement in section.statements))
    }
    for row in knowledge.coverage:
        if row.said_at not in said:
            yield KnowledgeError(
                "coverage.yaml",
                row.id,
                f"is said at '{row.said_at}', which is on no page for everybody",
                "Name a section or statement of another file than advice.yaml",
            )
