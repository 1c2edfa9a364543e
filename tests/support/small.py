"""Small made-up questions and conditions over them, for property tests of the pure parts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product

from hypothesis import strategies as st

from webapp.knowledge.conditions import ALWAYS, All, Any, AtLeast, Condition, Is, Known, Not
from webapp.knowledge.emergency import EmergencyNumbers
from webapp.knowledge.model import Item, Knowledge, Option, Rule, Screen, Urgency
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


def ticks(identity: str, *rows: str, ask_when: Condition = ALWAYS) -> Screen:
    """Return a screen of tick rows."""
    items = tuple(Item(id=row, text=_WORDS, **_SOURCED) for row in rows)
    return _screen(identity, kind="ticks", items=items, ask_when=ask_when)


def choice(identity: str, *options: str, ask_when: Condition = ALWAYS) -> Screen:
    """Return a screen with one choice."""
    known = tuple(Option(id=option, text=_WORDS) for option in options)
    return _screen(identity, kind="choice", options=known, ask_when=ask_when)


def _screen(identity: str, **rest: object) -> Screen:
    return Screen(id=identity, title=_WORDS, ask=_WORDS, why=_WORDS, **(_SOURCED | rest))


def rule(identity: str, when: Condition, urgency: Urgency) -> Rule:
    """Return a rule."""
    return Rule(id=identity, when=when, urgency=urgency, evidence=(), reason=_WORDS, **_SOURCED)


SCREENS = (
    ticks("signs", "numb", "fever"),
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
        file_of={},
    )
