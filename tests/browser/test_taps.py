"""How often a finger touches the glass, from opening the check to its result."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.support.person import PLAIN_ANSWERS, Person

PATHS: Mapping[str, tuple[Mapping[str, str], Mapping[str, str], str, int]] = {
    "a healthy adult with a locked low back": ({}, {}, "result-self-care", 8),
    "a healthy adult who woke with a stiff neck": (
        {"region": "neck", "onset": "slow-no-cause"},
        {},
        "result-self-care",
        8,
    ),
    "a healthy adult of 60 with a tight middle back": (
        {"region": "middle-and-low", "age": "age-60", "onset": "after-strain"},
        {},
        "result-self-care",
        8,
    ),
    "numb between the legs": ({}, {"danger": "saddle-numb"}, "result-emergency", 2),
    "a serious accident": ({}, {"danger": "serious-accident"}, "result-emergency", 2),
    "tingling down one leg": ({}, {"unwell": "one-leg-tingling"}, "result-soon", 9),
}
"""The choices that differ, a row to tick by its screen, the result, and the taps at most."""


@pytest.mark.parametrize(("choices", "ticks", "result", "most"), PATHS.values(), ids=PATHS)
def test_a_result_is_few_taps_away(
    offline: Person,
    choices: Mapping[str, str],
    ticks: Mapping[str, str],
    result: str,
    most: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    offline.visits("check/")
    taps: list[str] = []
    press = offline.browser.press

    def count(css: str) -> None:
        taps.append(css)
        press(css)

    monkeypatch.setattr(offline.browser, "press", count)
    while not offline.place.startswith("result"):
        row = ticks.get(offline.place)
        if row:
            offline.ticks(row)
            offline.presses("next")
        else:
            offline.answers({**PLAIN_ANSWERS, **choices})
    offline.sees(result)
    assert len(taps) <= most, taps
