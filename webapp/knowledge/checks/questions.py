"""The check's questions: whole, and in an order in which they can be asked."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.knowledge.checks.ids import ID
from webapp.knowledge.conditions import leaves
from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge, Screen


def whole(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """A screen has rows or options, as its kind says, and orders only options that it has."""
    for screen in knowledge.every_screen:
        wanted, other = (
            (screen.items, screen.options)
            if screen.kind == "ticks"
            else (screen.options, screen.items)
        )
        if not wanted or other:
            yield _screen_fault(screen, "has the wrong parts for its kind", "Give ticks 'items'")
        known = {option.id for option in screen.options}
        yield from _option_faults(screen)
        for name in screen.worse:
            if name not in known:
                yield _screen_fault(screen, f"orders '{name}', which it has not", "Mend 'worse'")


def _option_faults(screen: Screen) -> Iterator[KnowledgeError]:
    names = [option.id for option in screen.options]
    for name in names:
        if not ID.fullmatch(name):
            yield _screen_fault(screen, f"has '{name}', which is not a usable id", "Rename it")
        if names.count(name) > 1:
            yield _screen_fault(screen, f"has the option '{name}' twice", "Keep one of them")
    for name in screen.worse:
        if screen.worse.count(name) > 1:
            yield _screen_fault(screen, f"orders '{name}' twice", "Mend 'worse'")


def ask_order(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Whether a screen is asked depends on earlier screens only."""
    screen_of = {question.id: question.screen for question in knowledge.questions}
    order = {screen.id: index for index, screen in enumerate(knowledge.every_screen)}
    for screen in knowledge.every_screen:
        for leaf in leaves(screen.ask_when):
            if order[screen_of[leaf.question]] >= order[screen.id]:
                yield _screen_fault(
                    screen, f"waits for '{leaf.question}', which is asked later", "Move it down"
                )


def _screen_fault(screen: Screen, problem: str, remedy: str) -> KnowledgeError:
    return KnowledgeError("questions.yaml", screen.id, problem, remedy)
