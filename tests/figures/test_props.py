"""Whatever the data may put beside a body can be drawn."""

from __future__ import annotations

from typing import get_args

import pytest

from webapp.figures.props import prop_parts, prop_top
from webapp.knowledge.poses import Prop, PropKind


@pytest.mark.parametrize("kind", get_args(PropKind))
def test_every_kind_of_thing_is_drawn_where_it_is(kind: PropKind) -> None:
    drawn = prop_parts(Prop(kind=kind, at=(50, 60), size=(20, 10)))
    assert drawn.numbers == (50, 60)
    assert drawn.parts
    assert prop_top(Prop(kind=kind, at=(50, 60), size=(20, 10))) <= 60
