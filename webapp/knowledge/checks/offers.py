"""What is offered besides exercises: warmth or cold, walking, the way up from the floor."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge

_WARNING_FILE = "advice.yaml"
"""What warns here stands in a result."""
_WARNING = ("now-call", "walking-pattern", "walking-stop", "thermal-stop", "exercise-stop")
"""Sections of other files that a result shows, or that say when to call."""


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


def warnings_named(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """A warning names the rows of the check that it warns of, and nothing else does."""
    rows = knowledge.items.keys() - knowledge.gates
    for section in knowledge.sections.values():
        file = knowledge.file_of[section.id]
        bound = file == _WARNING_FILE or section.id in _WARNING
        for statement in section.statements:
            warns = statement.kind in ("watch", "stop")
            if bound and warns and not statement.warns_of:
                problem, remedy = "warns of nothing", "Name rows under 'warns-of'"
                yield KnowledgeError(file, statement.id, problem, remedy)
            if statement.warns_of and not warns:
                problem, remedy = "warns, but is no warning", "Make its kind 'watch' or 'stop'"
                yield KnowledgeError(file, statement.id, problem, remedy)
            for row in statement.warns_of:
                if row not in rows:
                    problem = f"warns of '{row}', which is no row of the check"
                    yield KnowledgeError(file, statement.id, problem, "Mend 'warns-of'")
