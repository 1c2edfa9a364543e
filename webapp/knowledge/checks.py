"""House rules of the knowledge as a whole, each a check of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from webapp.knowledge.conditions import leaves
from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge, Screen

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = frozenset({"at", "go", "show", "k", "view", "note"})
"""Names of form fields that are not questions."""


def run(knowledge: Knowledge) -> None:
    """Raise KnowledgeError for the first house rule that the knowledge breaks."""
    for check in (ids, source_ids, screens, ask_order, exercise_answers, recommendations_present):
        for fault in check(knowledge):
            raise fault


def _ids(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    for screen in knowledge.screens:
        yield "questions.yaml", screen.id
        yield from (("questions.yaml", item.id) for item in screen.items)
    yield from (("rules.yaml", name) for name in knowledge.definitions)
    yield from (("rules.yaml", rule.id) for rule in knowledge.rules)
    for section in knowledge.sections.values():
        yield "sections", section.id
        yield from (("sections", statement.id) for statement in section.statements)
    yield from (("positions.yaml", position.id) for position in knowledge.positions)
    yield from (("thermal.yaml", one.id) for one in knowledge.recommendations)
    yield from (("walking.yaml", stage.id) for stage in knowledge.stages)
    for exercise in knowledge.exercises:
        yield "exercises.yaml", exercise.id
        yield from (("exercises.yaml", step.id) for step in exercise.steps)
        yield from (("exercises.yaml", one.id) for one in exercise.not_for)


def ids(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Every id is lower-case words joined by hyphens, and used once in all files."""
    found = list(_ids(knowledge))
    counts = Counter(identity for _, identity in found)
    for file, identity in found:
        if not _ID.fullmatch(identity) or identity in _RESERVED:
            yield KnowledgeError(
                file, identity, "is not a usable id", "Use lower-case words joined by hyphens"
            )
        if counts[identity] > 1:
            yield KnowledgeError(file, identity, "is used twice", "Give one of them another id")


def source_ids(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Everything a person reads names sources that exist, or is marked as by design."""
    for sourced in knowledge.sourced:
        if not sourced.sources and sourced.strength != "by-design":
            yield KnowledgeError(
                "knowledge",
                sourced.id,
                "has no source",
                "Name one in 'sources', or set 'strength: by-design'",
            )
        for source in sourced.sources:
            if source not in knowledge.sources:
                yield KnowledgeError(
                    "knowledge",
                    sourced.id,
                    f"names the source {source}, which is not in sources.yaml",
                    "Add the source or mend the id",
                )


def screens(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """A screen has rows or options, as its kind says, and orders only options that it has."""
    for screen in knowledge.screens:
        wanted, other = (
            (screen.items, screen.options)
            if screen.kind == "ticks"
            else (screen.options, screen.items)
        )
        if not wanted or other:
            yield _screen_fault(screen, "has the wrong parts for its kind", "Give ticks 'items'")
        known = {option.id for option in screen.options}
        for option in screen.worse:
            if option not in known:
                yield _screen_fault(screen, f"orders '{option}', which it has not", "Mend 'worse'")


def ask_order(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Whether a screen is asked depends on earlier screens only."""
    place = {question.id: question.screen for question in knowledge.questions}
    order = {screen.id: index for index, screen in enumerate(knowledge.screens)}
    for screen in knowledge.screens:
        for leaf in leaves(screen.ask_when):
            if order[place[leaf.question]] >= order[screen.id]:
                yield _screen_fault(
                    screen, f"waits for '{leaf.question}', which is asked later", "Move it down"
                )


def exercise_answers(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Patterns and regions of an exercise are answers that exist."""
    options = {question.id: question.options for question in knowledge.questions}
    for exercise in knowledge.exercises:
        for question, named in (("pattern", exercise.patterns), ("region", exercise.regions)):
            for option in named:
                if option not in options[question]:
                    yield KnowledgeError(
                        "exercises.yaml",
                        exercise.id,
                        f"names '{option}', which is no answer to '{question}'",
                        f"Use one of {', '.join(options[question])}",
                    )


def recommendations_present(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Warmth, cold and neither are all there to choose from."""
    found = {one.id for one in knowledge.recommendations}
    for wanted in ("warmth-first", "cold-first", "neither"):
        if wanted not in found:
            yield KnowledgeError("thermal.yaml", wanted, "is missing", "Add the recommendation")


def _screen_fault(screen: Screen, problem: str, remedy: str) -> KnowledgeError:
    return KnowledgeError("questions.yaml", screen.id, problem, remedy)
