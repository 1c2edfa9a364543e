"""The exercises: a page of this person's set or, without answers, of all; and a card for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from webapp.knowledge.conditions import All, Any, Condition, Known, Not
from webapp.knowledge.model import URGENCIES, Exercise, RecoveryStage, answered
from webapp.release.pages import Page
from webapp.triage.interview import Interview
from webapp.triage.offers import Offers

_STAGES: tuple[RecoveryStage, ...] = ("acute", "settling", "prevention")
_AREAS = ("anywhere", "low", "middle", "neck")


@dataclass(frozen=True)
class View:
    """The conditions of the page of exercises, by the names that its template uses."""

    interview: Interview
    offers: Offers

    @property
    def asked(self) -> Condition:
        """Condition "the check was done, and all was asked that decides on exercises"."""
        region = next(
            question for question in self.interview.knowledge.questions if question.id == "region"
        )
        return All((Known(answered(region)), Any((self._urgent, self.interview.planned))))

    @property
    def _urgent(self) -> Condition:
        return self.interview.urgency.is_(*URGENCIES[2:])

    @property
    def unasked(self) -> Condition:
        """Condition "nobody did the check"."""
        return Not(self.asked)

    @property
    def too_urgent(self) -> Condition:
        """Condition "the answers are too urgent for any exercise"."""
        return All((self.asked, self._urgent))

    @property
    def none_fits(self) -> Condition:
        """Condition "the answers are not too urgent, and still no exercise fits them"."""
        none = (Not(Known(self.offers.any_exercise)), Not(Known(self.too_urgent)))
        return All((self.asked, *none))


def pages(interview: Interview, offers: Offers) -> tuple[Page, ...]:
    """Return the page of exercises and one page an exercise."""
    exercises = interview.knowledge.exercises
    values = {
        "fits": View(interview, offers),
        "groups": {stage: _by_area(exercises, stage) for stage in _STAGES},
    }
    return (
        Page("exercises/", "exercises/exercises.html", lambda _: values, answers=True),
        *(_card(exercise) for exercise in exercises),
    )


def _card(exercise: Exercise) -> Page:
    return Page(
        f"exercises/{exercise.id}/",
        "exercises/exercise.html",
        lambda _: {"exercise": exercise},
        deferred="acute" not in exercise.stages,
    )


def _by_area(
    exercises: tuple[Exercise, ...], stage: RecoveryStage
) -> Mapping[str, tuple[Exercise, ...]]:
    """Return the exercises that begin in this stage by the part of the body, in order."""
    here = [exercise for exercise in exercises if exercise.stages[0] == stage]
    found = {
        area: tuple(exercise for exercise in here if _area(exercise) == area) for area in _AREAS
    }
    return {area: some for area, some in found.items() if some}


def _area(exercise: Exercise) -> str:
    """Return the part of the body that the exercise is for, one of ``_AREAS``."""
    if {"low-back", "neck"} <= {*exercise.regions}:
        return "anywhere"
    if "neck" in exercise.regions:
        return "neck"
    return "middle" if "middle" in exercise.regions else "low"
