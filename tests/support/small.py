"""Small made-up questions and conditions over them, for property tests of the pure parts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product

from hypothesis import strategies as st
from msgspec import structs

from webapp.knowledge.conditions import ALWAYS, All, Any, AtLeast, Condition, Is, Known, Leaf, Not
from webapp.knowledge.emergency import EmergencyNumbers
from webapp.knowledge.model import (
    Beside,
    Item,
    Knowledge,
    Option,
    Rule,
    Screen,
    Urgency,
    Within,
)
from webapp.knowledge.texts import Text
from webapp.triage.diagram import Variable

VARIABLES = (
    Variable("numb", ("no", "unsure", "yes")),
    Variable("age", ("young", "old")),
    Variable("fever", ("no", "unsure", "yes")),
    Variable("onset", ("lift", "fall", "none")),
)


def answer_sets() -> list[dict[str, str]]:
    """Return every set of answers to the made-up questions, unasked ones left out."""
    options = [(None, *variable.options) for variable in VARIABLES]
    return [
        {v.name: option for v, option in zip(VARIABLES, chosen, strict=True) if option}
        for chosen in product(*options)
    ]


def values(answers: dict[str, str]) -> list[int]:
    """Return the answers as the diagram counts them."""
    return [
        variable.options.index(answers[variable.name]) + 1 if variable.name in answers else 0
        for variable in VARIABLES
    ]


@st.composite
def _leaf(draw: st.DrawFn) -> Condition:
    variable = draw(st.sampled_from(VARIABLES))
    options = draw(st.lists(st.sampled_from(variable.options), min_size=1, unique=True))
    return Is(variable.name, tuple(options))


def _grow(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, max_size=3).map(tuple)
    return st.one_of(
        several.map(All),
        several.map(Any),
        parts.map(Not),
        parts.map(Known),
        st.lists(parts, min_size=1, max_size=4)
        .map(tuple)
        .flatmap(lambda of: st.integers(1, len(of)).map(lambda count: AtLeast(count, of))),
    )


conditions: st.SearchStrategy[Condition] = st.recursive(_leaf(), _grow, max_leaves=8)


_WORDS = Text("words", "Words")
_CHECKED = date(2026, 1, 1)
_SOURCED = {"sources": (), "strength": "by-design", "checked": _CHECKED}


Openers = tuple[Leaf, ...]


def row(
    identity: str,
    opened_by: Openers = (),
    only_for: Openers = (),
    possible_for: Openers = (),
) -> Item:
    """Return a row, or a gate."""
    return Item(
        id=identity,
        text=_WORDS,
        sign=_WORDS,
        opened_by=opened_by,
        only_for=only_for,
        possible_for=possible_for,
        **_SOURCED,
    )


def rows(identity: str, *own: str | Item, ask_when: Condition = ALWAYS) -> Screen:
    """Return a screen of rows."""
    return _screen(identity, kind="rows", items=_items(own), ask_when=ask_when)


def gates(identity: str, *own: str) -> Screen:
    """Return a screen of gates."""
    return _screen(identity, kind="gates", items=_items(own))


def choice(
    identity: str,
    *options: str,
    ask_when: Condition = ALWAYS,
    opened_by: Openers = (),
    closed_as: str | None = None,
    beside: Beside | None = None,
) -> Screen:
    """Return a screen with one choice; one that can be closed counts as ``closed_as`` then."""
    return _screen(
        identity,
        kind="choice",
        options=_options(options),
        ask_when=ask_when,
        opened_by=opened_by,
        closed_as=closed_as,
        beside=beside,
    )


def for_plan(screen: Screen) -> Screen:
    """Return the screen as one that is asked after the result."""
    return structs.replace(screen, purpose="plan")


def small_choice(identity: str, *options: str) -> Beside:
    """Return a small question to stand beside a choice."""
    return Beside(id=identity, ask=_WORDS, options=_options(options))


def _items(own: tuple[str | Item, ...]) -> tuple[Item, ...]:
    return tuple(row(item) if isinstance(item, str) else item for item in own)


def _options(names: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(id=name, text=_WORDS) for name in names)


def _screen(identity: str, **rest: object) -> Screen:
    return Screen(id=identity, title=_WORDS, ask=_WORDS, why=_WORDS, **(_SOURCED | rest))


def rule(identity: str, when: Condition, urgency: Urgency, within: Within | None = None) -> Rule:
    """Return a rule; one for "soon" gives two weeks if nothing else is said."""
    within = within or ("two-weeks" if urgency == "soon" else None)
    return Rule(
        id=identity,
        when=when,
        urgency=urgency,
        within=within,
        evidence=(),
        reason=_WORDS,
        **_SOURCED,
    )


SCREENS = (
    rows("signs", "numb", "fever"),
    choice("age", "young", "old"),
    choice("onset", "lift", "fall", "none"),
)
"""Screens that ask for the made-up variables."""


def knowledge(
    *rules: Rule,
    screens: tuple[Screen, ...] = SCREENS,
    definitions: Mapping[str, Condition] | None = None,
) -> Knowledge:
    """Return knowledge that is questions and rules, with nothing to say."""
    return Knowledge(
        sources={},
        screens=screens,
        quick=(),
        definitions=definitions or {},
        rules=rules,
        read=(),
        sections={},
        positions=(),
        recommendations=(),
        stages=(),
        floor=(),
        exercises=(),
        reasons={},
        starters=(),
        numbers=EmergencyNumbers(unknown="112", numbers=(), checked=_CHECKED, source="nobody"),
        texts=(),
        poses={},
        listeners=(),
        synonyms=(),
        hazards=(),
        coverage=(),
        articles=(),
        seed_statements=(),
        reviews=(),
        file_of={},
    )
