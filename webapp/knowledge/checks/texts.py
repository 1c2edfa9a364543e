"""Texts for people: words and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge

_ADDRESS = re.compile(r"://|www\.", re.IGNORECASE)


def plain_words(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """No text for a person is empty or holds markup."""
    for text in knowledge.texts:
        file = knowledge.file_of.get(text.id.split(".", maxsplit=1)[0], "knowledge")
        if not text.english:
            yield KnowledgeError(file, text.id, "has no words", "Write them")
        if not text.english.isprintable() or "<" in text.english:
            yield KnowledgeError(file, text.id, "holds markup or control characters", "Take it out")
        if _ADDRESS.search(text.english):
            remedy = "Name a source in 'sources' instead"
            yield KnowledgeError(file, text.id, "holds an address of the web", remedy)
