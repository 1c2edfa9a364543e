"""The next walk that follows from the walks so far, against a second opinion."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.scripts import Node, Script
from tests.support.walks import GOOD, TODAY, Walk, walk


@pytest.fixture(scope="session")
def plan(node: Node) -> Script:
    return node.load("walking/plan.js")


def expected(walks: list[Walk]) -> dict[str, Any]:
    """Return the next step, worked out once more."""
    days: dict[int, list[Walk]] = {}
    for taken in walks:
        if TODAY - 13 <= taken["day"] <= TODAY:
            days.setdefault(taken["day"], []).append(taken)
    if not days:
        return {"minutes": 1, "why": "begin"}
    newest, *older = [days[day] for day in sorted(days, reverse=True)]
    if too_much := [taken["minutes"] for taken in newest if hurt(taken)]:
        half = min(too_much) // 2
        return {"minutes": max(1, half), "why": "shorter" if half else "stand"}
    length = max(taken["minutes"] for taken in newest)
    proved = older and max(taken["minutes"] for taken in older[0]) >= length
    both = [*newest, *older[0]] if proved else []
    good = both and all(taken["morning"] == "yes" and not hurt(taken) for taken in both)
    if good and length < 30:
        return {"minutes": min(30, length + 2), "why": "longer"}
    return {"minutes": length, "why": "same"}


def hurt(taken: Walk) -> bool:
    """Return whether pain rose by more than two points, or was not back by the next morning."""
    return bool(taken["most"] > taken["before"] + 2 or taken["morning"] == "no")


DAYS = st.integers(-1, 4) | st.integers(-1, 20)
PAIN = st.integers(0, 4) | st.integers(0, 10)
WALKS = st.lists(
    st.builds(
        walk,
        DAYS,
        st.integers(1, 40),
        PAIN,
        PAIN,
        st.sampled_from(["yes", "yes", "yes", "no", "later"]),
    ),
    max_size=8,
)


def test_the_next_step_follows_the_rule(plan: Script) -> None:
    @settings(max_examples=400, deadline=None)
    @given(WALKS)
    def agrees(walks: list[Walk]) -> None:
        step = plan.nextStep(walks, TODAY)
        assert step == expected(walks)
        assert step["minutes"] >= 1

    agrees()


RULE = {
    "no walk yet": ([], 1, "begin"),
    "two good days": ([*GOOD], 7, "longer"),
    "one good day": ([GOOD[1]], 5, "same"),
    "good, and then a morning that nobody knows": ([GOOD[0], walk(1, 5, 3, 4, "later")], 5, "same"),
    "longer than the day before": ([walk(2, 5, 3, 3), walk(1, 7, 3, 3)], 7, "same"),
    "three points more": ([*GOOD, walk(0, 9, 3, 6, "later")], 4, "shorter"),
    "not back by morning": ([walk(1, 10, 3, 4, "no")], 5, "shorter"),
    "one minute was too much": ([walk(1, 1, 3, 8)], 1, "stand"),
    "half an hour is enough": ([walk(2, 30, 1, 1), walk(1, 30, 1, 1)], 30, "same"),
    "long ago": ([walk(15, 10, 1, 1), walk(14, 10, 1, 1)], 1, "begin"),
}


@pytest.mark.parametrize(("walks", "length", "why"), RULE.values(), ids=RULE)
def test_the_rule_says_what_the_page_says(walks: list[Walk], length: int, why: str) -> None:
    assert expected(walks) == {"minutes": length, "why": why}
