"""What follows from a timer and the time, against a small and slow second opinion."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.person import Person

Timer = dict[str, Any]
DAY_MS = 86_400_000

often = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
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


@pytest.fixture
def page(offline: Person) -> Person:
    offline.visits()
    offline.browser.run("""
        const app = document.querySelector("script[type=module]").src;
        window.own = await import(app.replace("app.js", "timer/state.js"));
    """)
    return offline


def ask(page: Person, call: str, **values: object) -> Any:
    """Return what a function of the module gives for these values."""
    names = "".join(f"const {name} = {json.dumps(value)};" for name, value in values.items())
    return page.browser.run(f"{names} return own.{call};")


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


def test_it_says_the_same_as_the_second_opinion(page: Person) -> None:
    @often
    @given(timers(), moments)
    def agree(timer: Timer, now: int) -> None:
        state = ask(page, "stateAt(timer, now)", timer=timer, now=now)
        expected = second_by_second(timer, now)
        assert {name: state[name] for name in expected} == expected
        steps = laid_out(timer)
        text = None if expected["over"] else steps[expected["step"]][1]["text"]
        assert (state["segment"] or {}).get("text") == text
        assert 0 <= state["part"] <= 1

    agree()


def test_a_pause_changes_nothing_that_is_left(page: Person) -> None:
    @often
    @given(timers(), moments, st.integers(0, 10**7))
    def rest(timer: Timer, now: int, pause: int) -> None:
        timer["pausedAt"] = None
        now = max(now, timer["startedAt"])
        call = "toggled(own.toggled(timer, now), now + pause)"
        back = ask(page, call, timer=timer, now=now, pause=pause)
        assert back == {**timer, "startedAt": timer["startedAt"] + pause}

    rest()


def test_a_clock_that_went_back_leaves_to_the_second_what_was_left(page: Person) -> None:
    @often
    @given(timers(), st.integers(0, 10**7), st.integers(0, 10**8), st.booleans())
    def mend(timer: Timer, looked: int, back: int, exact: bool) -> None:
        timer["pausedAt"] = None
        expected = timer["startedAt"] + looked
        values = {"timer": timer, "expected": expected, "now": expected - back, "exact": exact}
        mended = ask(page, "mended(timer, expected, now, exact)", **values)
        if back <= 2000:
            assert mended == timer
        elif timer["maximum"] is not None and not exact:
            assert mended["unsure"]
            assert ask(page, "stateAt(timer, now)", timer=mended, now=expected - back)["over"]
        else:
            assert second_by_second(mended, expected - back) == second_by_second(timer, expected)

    mend()


def test_each_cue_is_told_once_and_old_ones_never(page: Person) -> None:
    @often
    @given(timers(), st.lists(st.integers(0, 10**7), min_size=1, max_size=8).map(sorted))
    def listen(timer: Timer, looks: list[int]) -> None:
        timer["pausedAt"] = None
        heard = -1
        for look in looks:
            values = {"timer": timer, "now": timer["startedAt"] + look, "heard": heard}
            call = "cueDue(timer, own.stateAt(timer, now), heard)"
            cue = ask(page, call, **values)
            step = second_by_second(timer, timer["startedAt"] + look)["step"]
            ended = step == len(laid_out(timer))
            assert cue == (None if step == heard else "end" if ended else "mark")
            heard = step

    listen()


def test_a_use_is_refused_for_as_long_as_it_is_too_soon(page: Person) -> None:
    use = st.tuples(st.integers(0, 2 * DAY_MS), st.integers(1, 1200)).map(
        lambda ago: {"start": -ago[0] - ago[1] * 1000, "end": -ago[0]}
    )
    gaps = st.none() | st.integers(1, 4 * 3600)
    caps = st.none() | st.integers(1, 4)

    def soon(uses: list[Any], gap: int | None, cap: int | None, now: int) -> bool:
        rested = all(one["end"] + (gap or 0) * 1000 <= now for one in uses)
        return not rested or (
            cap is not None and sum(one["start"] + DAY_MS > now for one in uses) >= cap
        )

    @often
    @given(st.lists(use, max_size=6), gaps, caps)
    def refuse(uses: list[Any], gap: int | None, cap: int | None) -> None:
        values = {"uses": uses, "limits": {"gap": gap, "cap": cap}}
        refusal = ask(page, "tooSoon(uses, limits, 0)", **values)
        assert (refusal is not None) == soon(uses, gap, cap, 0)
        if refusal:
            assert soon(uses, gap, cap, refusal["from"] - 1)
            assert not soon(uses, gap, cap, refusal["from"])

    refuse()
