"""Drawings: what is named is there."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge

NO_POSES = ("body-map",)
"""Drawings that show no pose."""


def drawn(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Every drawing that is named is there."""
    named = [(position.id, position.pose) for position in knowledge.positions]
    named += [(step.id, step.pose) for step in knowledge.floor]
    named += [(card.id, step.pose) for card in knowledge.exercises for step in card.steps]
    named += [(article.id, article.picture) for article in knowledge.articles if article.picture]
    for identity, pose in named:
        if pose not in knowledge.poses and pose not in NO_POSES:
            yield KnowledgeError(
                knowledge.file_of[identity],
                identity,
                f"names the drawing '{pose}', which is not in poses.yaml",
                "Draw it or mend the name",
            )
