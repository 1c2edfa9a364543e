"""The check's questions: whole, and in an order in which they can be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from webapp.knowledge.checks.ids import ID
from webapp.knowledge.conditions import leaves
from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Beside, Closing, Item, Knowledge, Option, Screen

_BESIDE_OPTIONS = 2


def whole(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """A screen has the parts of its kind and no others."""
    for screen in knowledge.every_screen:
        wanted, others = _parts(screen)
        for name, has in wanted.items():
            if not has:
                yield _fault(screen, f"is of kind '{screen.kind}' without '{name}'", "Add it")
        for name, has in others.items():
            if has:
                yield _fault(screen, f"is of kind '{screen.kind}' with '{name}'", "Remove it")
        if screen.kind == "choice":
            yield from _choice_faults(screen)
        for item in screen.items:
            yield from _item_faults(screen, item)
    gates = [screen for screen in knowledge.every_screen if screen.kind == "gates"]
    for screen in gates[1:]:
        yield _fault(screen, "is a second screen of gates", "Keep one")


def _parts(screen: Screen) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """Return what the screen must have and what it must not, by key, as it is."""
    items = {"items": screen.items}
    own = {
        "options": screen.options,
        "worse": screen.worse,
        "beside": screen.beside,
        "opened-by": screen.opened_by,
        "only-for": screen.only_for,
        "closed-as": screen.closed_as,
    }
    if screen.kind == "choice":
        return {"ask": screen.ask, "options": screen.options}, items
    return ({"ask": screen.ask} if screen.kind == "gates" else {}) | items, own


def _choice_faults(screen: Screen) -> Iterator[KnowledgeError]:
    known = {option.id for option in screen.options}
    yield from _option_faults(screen, screen.options)
    for name in screen.worse:
        if name not in known:
            yield _fault(screen, f"orders '{name}', which it has not", "Mend 'worse'")
        if screen.worse.count(name) > 1:
            yield _fault(screen, f"orders '{name}' twice", "Mend 'worse'")
    if bool(screen.opened_by or screen.only_for) != (screen.closed_as is not None):
        yield _fault(
            screen, "can be closed, or says as what, but not both", "Give 'closed-as' with them"
        )
    if screen.closed_as not in (None, *known):
        yield _fault(screen, f"closes as '{screen.closed_as}', which it has not", "Mend it")
    if screen.beside:
        yield from _option_faults(screen.beside, screen.beside.options)
        if len(screen.beside.options) != _BESIDE_OPTIONS:
            yield _fault(screen.beside, "has not two options", "Leave two to choose from")


def _option_faults(asks: Screen | Beside, options: tuple[Option, ...]) -> Iterator[KnowledgeError]:
    counts = Counter(option.id for option in options)
    for name, count in counts.items():
        if not ID.fullmatch(name):
            yield _fault(asks, f"has '{name}', which is not a usable id", "Rename it")
        if count > 1:
            yield _fault(asks, f"has the option '{name}' twice", "Keep one of them")


def _item_faults(screen: Screen, item: Item) -> Iterator[KnowledgeError]:
    if screen.kind == "gates":
        if not item.picture:
            yield _fault(item, "is a gate without 'picture'", "Name its drawing")
        if item.opened_by or item.only_for or item.possible_for:
            yield _fault(item, "is a gate that can be closed", "Ask every gate of everyone")
    elif item.picture:
        yield _fault(item, "is a row with 'picture'", "Only gates have one")


def plan_last(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """What is asked for the plan comes last, and no rule uses it: it is asked after the result.

    Its first screen has no question that can be closed: that it was answered begins the plan.
    """
    screens = knowledge.screens
    first = next(iter(knowledge.for_plan), None)
    if first is None:
        yield _fault(screens[-1], "comes last and is not for the plan", "Add 'purpose: plan'")
    elif [*first.closing]:
        yield _fault(first, "begins the plan and can be closed", "Ask it of everyone")
    for screen, after in pairwise(screens):
        if screen.purpose == "plan" != after.purpose:
            yield _fault(after, "comes after a screen for the plan", "Move it up")
    asked = {question.id for screen in knowledge.for_plan for question in screen.questions}
    for rule in knowledge.rules:
        for leaf in leaves(rule.when):
            if leaf.question in asked:
                yield KnowledgeError(
                    "rules.yaml",
                    rule.id,
                    f"uses '{leaf.question}', which is asked after the result",
                    "Take 'purpose' away from its screen",
                )


def ask_order(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Whether a screen is asked, and what opens a question, depends on earlier ones only."""
    screen_of = {question.id: question.screen for question in knowledge.questions}
    order = {screen.id: index for index, screen in enumerate(knowledge.every_screen)}
    for screen in knowledge.every_screen:
        for leaf in leaves(screen.ask_when):
            if order[screen_of[leaf.question]] >= order[screen.id]:
                yield _fault(
                    screen, f"waits for '{leaf.question}', which is asked later", "Move it down"
                )
    asked = {question.id: index for index, question in enumerate(knowledge.questions)}
    for closing in knowledge.closing:
        for opener in (*closing.opened, *closing.limits):
            opened = f"is opened by '{opener.question}'"
            if asked[opener.question] >= asked[closing.question]:
                yield _order_fault(closing, f"{opened}, which is asked later", "Move it down")
            elif screen_of[opener.question] == screen_of[closing.question]:
                # A page shows a row only once what opens it was answered.
                yield _order_fault(
                    closing, f"{opened} of its own screen", "Move it to a later screen"
                )


def gates_read(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """What a reader ticked is gates, once for each question that gates can open."""
    counts = Counter(reading.row for reading in knowledge.read)
    known = {question.id for question in knowledge.questions} - knowledge.gates
    for reading in knowledge.read:
        if reading.row not in known:
            yield _reading_fault(reading.row, "is no row of the check", "Mend its id")
        if counts[reading.row] > 1:
            yield _reading_fault(reading.row, "was read twice", "Keep one reading")
        for gate in reading.gates:
            if gate not in knowledge.gates:
                yield _reading_fault(reading.row, f"names '{gate}', which is no gate", "Mend it")
            if reading.gates.count(gate) > 1:
                yield _reading_fault(reading.row, f"names '{gate}' twice", "Name it once")


def _order_fault(closing: Closing, problem: str, remedy: str) -> KnowledgeError:
    return KnowledgeError("questions.yaml", closing.question, problem, remedy)


def _reading_fault(row: str, problem: str, remedy: str) -> KnowledgeError:
    return KnowledgeError("gates.yaml", row, problem, remedy)


def _fault(where: Screen | Beside | Item, problem: str, remedy: str) -> KnowledgeError:
    return KnowledgeError("questions.yaml", where.id, problem, remedy)
