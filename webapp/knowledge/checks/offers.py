"""What is offered besides exercises: warmth or cold, walking, the way up from the floor."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge


def recommendations_present(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Warmth, cold and neither are all there to choose from."""
    found = {recommendation.id for recommendation in knowledge.recommendations}
    for wanted in ("warmth-first", "cold-first", "neither"):
        if wanted not in found:
            yield KnowledgeError("thermal.yaml", wanted, "is missing", "Add the recommendation")


def stage_minutes(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """A step of the ladder times whole minutes; every next walk, from 1 minute, is on a step."""
    for stage in knowledge.stages:
        if not stage.timer or min(stage.timer) < 1 or list(stage.timer) != sorted(set(stage.timer)):
            yield KnowledgeError(
                "walking.yaml", stage.id, "has no rising minutes to choose from", "Mend 'timer'"
            )
    begins = [stage.plan_from for stage in knowledge.stages if stage.plan_from is not None]
    if begins[:1] != [1] or begins != sorted(set(begins)):
        yield KnowledgeError(
            "walking.yaml", "plan-from", "does not rise from 1 minute", "Mend 'plan-from'"
        )


def floor_present(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """There is a way up from the floor."""
    if not knowledge.floor:
        yield KnowledgeError("now.yaml", "floor", "has no steps", "Write them")
