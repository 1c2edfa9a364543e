"""Small made-up pages for property tests: pieces of HTML in blocks on made-up conditions."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.support.small import conditions
from webapp.knowledge.conditions import ALWAYS, NEVER
from webapp.release.renderer import Block, Part, Piece, ReleaseMark

_pieces = st.text("ab<", min_size=1, max_size=3).map(Piece)
_leaves = st.one_of(_pieces, st.builds(ReleaseMark))
_any_condition = st.one_of(conditions, st.just(ALWAYS), st.just(NEVER))
_parts: st.SearchStrategy[Part] = st.recursive(
    _leaves,
    lambda inner: st.builds(
        Block, _any_condition, st.lists(inner, min_size=1, max_size=4).map(tuple)
    ),
    max_leaves=12,
)
pages: st.SearchStrategy[tuple[Part, ...]] = st.lists(_parts, max_size=6).map(tuple)
