"""The articles: none is empty."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge


def not_empty(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """No article is without a section, and no section of one without a statement."""
    for article in knowledge.articles:
        if not article.sections:
            yield KnowledgeError("learn.yaml", article.id, "has no section", "Write one")
        for section in article.sections:
            if not section.statements:
                yield KnowledgeError("learn.yaml", section.id, "says nothing", "Write a statement")
