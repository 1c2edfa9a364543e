"""How often a finger touches the glass, from opening the check to its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from tests.support.person import PLAIN_ANSWERS, Person


@dataclass(frozen=True)
class Path:
    """A way through the check: choices that differ, rows to tick by their screen, the result."""

    result: str
    most: int
    choices: Mapping[str, str] = field(default_factory=dict)
    ticks: Mapping[str, str] = field(default_factory=dict)


WOKE = {"region": "neck", "onset": "slow-no-cause"}
TIGHT = {"region": "middle-and-low", "age": "age-60", "onset": "after-strain"}
PATHS = {
    "a healthy adult with a locked low back": Path("result-self-care", 8),
    "a healthy adult who woke with a stiff neck": Path("result-self-care", 8, WOKE),
    "a healthy adult of 60 with a tight back": Path("result-self-care", 8, TIGHT),
    "numb between the legs": Path("result-emergency", 2, ticks={"danger": "saddle-numb"}),
    "a serious accident": Path("result-emergency", 2, ticks={"danger": "serious-accident"}),
    "tingling down one leg": Path("result-soon", 9, ticks={"unwell": "one-leg-tingling"}),
}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_result_is_few_taps_away(
    offline: Person, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offline.visits("check/")
    taps: list[str] = []
    press = offline.browser.press

    def count(css: str) -> None:
        taps.append(css)
        press(css)

    monkeypatch.setattr(offline.browser, "press", count)
    while not offline.place.startswith("result"):
        row = path.ticks.get(offline.place)
        if row:
            offline.ticks(row)
            offline.presses("next")
        else:
            offline.answers({**PLAIN_ANSWERS, **path.choices})
    offline.sees(path.result)
    assert len(taps) <= path.most, taps
