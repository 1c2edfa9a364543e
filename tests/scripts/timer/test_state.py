"""What follows from a timer and the time, against a small and slow second opinion."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.scripts import Node, Script

Timer = dict[str, Any]
DAY_MS = 86_400_000

often = settings(max_examples=200, deadline=None)
WHEN = st.sampled_from(["always", "first", "between"])
moments = st.integers(1_700_000_000_000, 1_700_020_000_000)


@st.composite
def timers(draw: st.DrawFn) -> Timer:
    lengths = draw(st.lists(st.integers(1, 900), min_size=1, max_size=4))
    begun = draw(moments)
    paused = draw(st.none() | st.integers(0, 3_600_000))
    return {
        "segments": [
            {"seconds": s, "text": str(n), "cue": "mark", "when": draw(WHEN)}
            for n, s in enumerate(lengths)
        ],
        "rounds": draw(st.integers(1, 5)),
        "startedAt": begun,
        "pausedAt": None if paused is None else begun + paused,
        "maximum": draw(st.none() | st.just(1200)),
        "unsure": False,
    }


@pytest.fixture(scope="session")
def state(node: Node) -> Script:
    return node.load("timer/state.js")


def laid_out(timer: Timer) -> list[tuple[int, dict[str, Any]]]:
    """Return the segments of all rounds behind one another, each with its round from 1."""
    rounds = timer["rounds"]
    return [
        (turn, segment)
        for turn in range(1, rounds + 1)
        for segment in timer["segments"]
        if not (segment["when"] == "first" and turn > 1)
        if not (segment["when"] == "between" and turn == rounds)
    ]


def second_by_second(timer: Timer, now: int) -> dict[str, Any]:
    """Return what is left, by counting what is laid out."""
    steps = laid_out(timer)
    row = [segment["seconds"] * 1000 for _, segment in steps]
    now = now if timer["pausedAt"] is None else timer["pausedAt"]
    passed = max(0, now - timer["startedAt"])
    whole, ends = sum(row), [sum(row[: n + 1]) for n in range(len(row))]
    over = passed >= whole
    step = len(row) if over else next(n for n, end in enumerate(ends) if end > passed)
    return {
        "over": over,
        "step": step,
        "left": 0 if over else -((passed - ends[step]) // 1000),
        "leftInAll": 0 if over else -((passed - whole) // 1000),
        "late": (passed - whole) // 1000 if over else 0,
        "round": timer["rounds"] if over else steps[step][0],
    }


def test_it_says_the_same_as_the_second_opinion(state: Script) -> None:
    @often
    @given(timers(), moments)
    def agree(timer: Timer, now: int) -> None:
        found = state.stateAt(timer, now)
        expected = second_by_second(timer, now)
        assert {name: found[name] for name in expected} == expected
        steps = laid_out(timer)
        text = None if expected["over"] else steps[expected["step"]][1]["text"]
        assert (found["segment"] or {}).get("text") == text
        assert 0 <= found["part"] <= 1

    agree()


def test_a_pause_changes_nothing_that_is_left(state: Script) -> None:
    @often
    @given(timers(), moments, st.integers(0, 10**7))
    def rest(timer: Timer, now: int, pause: int) -> None:
        timer["pausedAt"] = None
        now = max(now, timer["startedAt"])
        back = state.toggled(state.toggled(timer, now), now + pause)
        assert back == {**timer, "startedAt": timer["startedAt"] + pause}

    rest()


def test_a_clock_that_went_back_leaves_to_the_second_what_was_left(state: Script) -> None:
    @often
    @given(timers(), st.integers(0, 10**7), st.integers(0, 10**8), st.booleans())
    def mend(timer: Timer, looked: int, back: int, exact: bool) -> None:
        timer["pausedAt"] = None
        expected = timer["startedAt"] + looked
        corrected = state.corrected(timer, expected, expected - back, exact)
        if back <= 2000:
            assert corrected == timer
        elif timer["maximum"] is not None and not exact:
            assert corrected["unsure"]
            assert state.stateAt(corrected, expected - back)["over"]
        else:
            assert second_by_second(corrected, expected - back) == second_by_second(timer, expected)

    mend()


def test_only_the_end_of_what_lies_on_the_skin_rings_and_for_ten_minutes(state: Script) -> None:
    @often
    @given(timers(), st.integers(0, 10**7), st.booleans())
    def ring(timer: Timer, look: int, stopped: bool) -> None:
        timer |= {"pausedAt": None, "stopped": stopped}
        seen = state.stateAt(timer, timer["startedAt"] + look)
        insists = timer["maximum"] is not None and not stopped
        assert seen["rings"] == (seen["over"] and insists and seen["late"] < 600)

    ring()


def test_each_cue_is_told_once_and_old_ones_never(state: Script) -> None:
    @often
    @given(timers(), st.lists(st.integers(0, 10**7), min_size=1, max_size=8).map(sorted))
    def listen(timer: Timer, looks: list[int]) -> None:
        timer["pausedAt"] = None
        heard = -1
        for look in looks:
            seen = state.stateAt(timer, timer["startedAt"] + look)
            cue = state.cueDue(timer, seen, heard)
            step = second_by_second(timer, timer["startedAt"] + look)["step"]
            ended = step == len(laid_out(timer))
            assert cue == (None if step == heard else "end" if ended else "mark")
            heard = step

    listen()


def test_a_use_is_refused_for_as_long_as_it_is_too_soon(state: Script) -> None:
    past_uses = st.tuples(st.integers(0, 2 * DAY_MS), st.integers(1, 1200)).map(
        lambda ago: {"start": -ago[0] - ago[1] * 1000, "end": -ago[0]}
    )
    gaps = st.none() | st.integers(1, 4 * 3600)
    caps = st.none() | st.integers(1, 4)

    def soon(uses: list[Any], gap: int | None, cap: int | None, now: int) -> bool:
        rested = all(use["end"] + (gap or 0) * 1000 <= now for use in uses)
        return not rested or (
            cap is not None and sum(use["start"] + DAY_MS > now for use in uses) >= cap
        )

    @often
    @given(st.lists(past_uses, max_size=6), gaps, caps)
    def refuse(uses: list[Any], gap: int | None, cap: int | None) -> None:
        refusal = state.tooSoon(uses, {"gap": gap, "cap": cap}, 0)
        assert (refusal is not None) == soon(uses, gap, cap, 0)
        if refusal:
            assert soon(uses, gap, cap, refusal["from"] - 1)
            assert not soon(uses, gap, cap, refusal["from"])

    refuse()
