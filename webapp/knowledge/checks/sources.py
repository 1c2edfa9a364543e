"""Sources: everything that a person reads has one."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge


def addresses(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Every source that is on the web is on the open, safe web."""
    for source in knowledge.sources.values():
        if source.url and not source.url.startswith("https://"):
            yield KnowledgeError(
                "sources.yaml", source.id, "has an address that is not https", "Mend 'url'"
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
