"""Sources: everything that a person reads has one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge

_ADDRESS = re.compile(r"https://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:/[!-~]*)?")


def addresses(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Every source is named in plain letters, and on the open, safe web if it is on the web.

    A host in other letters, or behind a name and an "@", is not the one that it looks like.
    """
    for source in knowledge.sources.values():
        if source.url and not _ADDRESS.fullmatch(source.url):
            problem = "has an address that is not https, or not in plain letters"
            yield KnowledgeError("sources.yaml", source.id, problem, "Mend 'url'")
        if not f"{source.title}{source.publisher}".isprintable():
            yield KnowledgeError(
                "sources.yaml", source.id, "has a title with control characters", "Take them out"
            )


def named(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Everything a person reads names sources that exist, or is marked as by design."""
    for sourced in knowledge.sourced:
        if not sourced.sources and sourced.strength != "by-design":
            yield KnowledgeError(
                knowledge.file_of[sourced.id],
                sourced.id,
                "has no source",
                "Name one in 'sources', or set 'strength: by-design'",
            )
        for source in sourced.sources:
            if source not in knowledge.sources:
                yield KnowledgeError(
                    knowledge.file_of[sourced.id],
                    sourced.id,
                    f"names the source {source}, which is not in sources.yaml",
                    "Add the source or mend the id",
                )
