"""Small made-up questions and conditions over them, for property tests of the pure parts."""

from __future__ import annotations

from itertools import product

from hypothesis import strategies as st

from webapp.knowledge.conditions import All, Any, AtLeast, Condition, Is, Known, Not
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
