"""The list of exercises, and a card for each."""

from __future__ import annotations

from webapp.knowledge.model import Exercise, Knowledge
from webapp.offline.pages import Page


def pages(knowledge: Knowledge) -> tuple[Page, ...]:
    """Return the list page and one page an exercise."""
    return (
        Page("exercises/", "exercises/exercises.html"),
        *(_card(exercise) for exercise in knowledge.exercises),
    )


def _card(exercise: Exercise) -> Page:
    return Page(
        f"exercises/{exercise.id}/",
        "exercises/exercise.html",
        lambda _: {"exercise": exercise},
    )
