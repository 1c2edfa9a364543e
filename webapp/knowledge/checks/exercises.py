"""The exercise cards: for whom, how much, and which to begin with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Exercise, Knowledge, Starter

_LONGEST = 1800
"""Seconds: the longest that the evidence lets somebody lie in one position."""

_MOST = 30
"""Repetitions: the most that any source of the evidence names."""

_FIRST = 5
"""Repetitions to start with."""

_PAUSE = 60
"""Seconds between repetitions."""

_TOGETHER = 3
"""Exercises in the first 48 hours."""


def answers(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Patterns and regions of an exercise or a starter are answers that exist."""
    named: tuple[Exercise | Starter, ...] = (*knowledge.exercises, *knowledge.starters)
    for entry in named:
        for question, given in (("pattern", entry.patterns), ("region", entry.regions)):
            for option in given:
                if option not in knowledge.options[question]:
                    yield _exercise_fault(
                        entry.id,
                        f"names '{option}', which is no answer to '{question}'",
                        f"Use one of {', '.join(knowledge.options[question])}",
                    )


def names(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """An exercise says who leaves it out, and names reasons and other cards that exist."""
    cards = {exercise.id for exercise in knowledge.exercises}
    for exercise in knowledge.exercises:
        if not exercise.not_for:
            yield _exercise_fault(
                f"{exercise.id}.not-for", "names nobody", "Name a reason at least"
            )
        for reason in exercise.not_for:
            if reason not in knowledge.reasons:
                yield _exercise_fault(
                    f"{exercise.id}.not-for",
                    f"names '{reason}', which is not under 'reasons'",
                    "Add the reason or mend the id",
                )
        for key, card in (
            ("easier-card", exercise.easier_card),
            ("harder-card", exercise.harder_card),
        ):
            if card is not None and card not in cards - {exercise.id}:
                yield _exercise_fault(
                    f"{exercise.id}.{key}",
                    f"names '{card}', which is no other exercise",
                    "Mend the id or leave the key out",
                )
        if not exercise.stages:
            yield _exercise_fault(f"{exercise.id}.stages", "is empty", "Name a stage at least")
    for identity in ("exercise-rules", "exercise-stop", "exercise-gym"):
        if identity not in knowledge.sections:
            yield _exercise_fault(identity, "is missing", "Add the section: every card shows it")


def doses(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """The numbers of an exercise lie within bounds, and a timer has something to play."""
    for exercise in knowledge.exercises:
        dose = exercise.dose
        repeated = dose.count_most > 1 or dose.sides > 1
        first = _FIRST if "acute" in exercise.stages else _MOST
        bounds = (
            ("seconds", dose.seconds, 1, dose.seconds_most),
            ("seconds-most", dose.seconds_most, 1, _LONGEST),
            ("count", dose.count, 1, min(first, dose.count_most)),
            ("count-most", dose.count_most, 1, _MOST),
            ("rest", dose.rest, int(repeated), _PAUSE),
        )
        for key, value, least, most in bounds:
            if not least <= value <= most:
                yield _exercise_fault(
                    f"{exercise.id}.dose.{key}",
                    f"is {value}, which is not from {least} to {most}",
                    "Mend the number",
                )
        played = [step.part for step in exercise.steps if step.part]
        if played[:2] != ["hold", "rest"][: 1 + repeated] or "rest" in played[1 + repeated :]:
            yield _exercise_fault(
                f"{exercise.id}.steps",
                "does not hold and then rest",
                "Give a step 'part: hold' and, if it is repeated, the next one 'part: rest'",
            )


def starters(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """A starter holds fitting cards of the first days; every pattern in a region has one."""
    cards = {exercise.id: exercise for exercise in knowledge.exercises}
    for starter in knowledge.starters:
        if len(starter.choices) > _TOGETHER:
            yield _exercise_fault(
                starter.id, f"has {len(starter.choices)} choices", f"Keep {_TOGETHER} at most"
            )
        for name in (name for choice in starter.choices for name in choice):
            if name not in cards:
                yield _exercise_fault(
                    starter.id, f"names '{name}', which is no exercise", "Mend the id"
                )
            elif not _suits(cards[name], starter):
                yield _exercise_fault(
                    starter.id,
                    f"names '{name}', which is not for all of these in the first days",
                    "Take it out, or mend its stages, regions or patterns",
                )
    covered = Counter(
        (region, pattern)
        for starter in knowledge.starters
        for region in starter.regions
        for pattern in starter.patterns
    )
    for region, pattern in sorted(
        {
            (r, p)
            for exercise in knowledge.exercises
            for r in exercise.regions
            for p in exercise.patterns
        }
    ):
        if covered[region, pattern] != 1:
            yield _exercise_fault(
                "starters",
                f"has {covered[region, pattern]} entries for '{region}' and '{pattern}'",
                "Give exactly one",
            )


def _suits(card: Exercise, starter: Starter) -> bool:
    return (
        "acute" in card.stages
        and set(starter.regions) <= set(card.regions)
        and set(starter.patterns) <= set(card.patterns)
    )


def _exercise_fault(key: str, problem: str, remedy: str) -> KnowledgeError:
    return KnowledgeError("exercises.yaml", key, problem, remedy)
