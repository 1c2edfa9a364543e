"""How often a finger touches the glass, from opening the check to its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from tests.support.person import PLAIN_ANSWERS, Person


@dataclass(frozen=True)
class Path:
    """A way through the check: the result, its most taps; choices that differ, gates, signs.

    Nobody here reads: who ticks no gate taps None of these once more, because the page asks.
    """

    result: str
    most: int
    choices: Mapping[str, str] = field(default_factory=dict)
    gates: tuple[str, ...] = ()
    signs: Mapping[str, str] = field(default_factory=dict)


NECK = {"region": "neck"}
OLDER = {"region": "middle-and-low", "age": "age-50"}
PATHS = {
    "a healthy adult with a locked low back": Path("result-self-care", 10),
    "a healthy adult who woke with a stiff neck": Path("result-self-care", 11, NECK),
    "a healthy adult of 50 with a tight back": Path("result-self-care", 12, OLDER),
    "numb between the legs": Path(
        "result-emergency", 4, gates=("g-below",), signs={"danger-1": "saddle-changed"}
    ),
    "both legs newly numb": Path(
        "result-emergency", 4, gates=("g-limb",), signs={"danger-1": "legs-numb"}
    ),
    "both legs newly weak": Path(
        "result-emergency", 5, gates=("g-limb",), signs={"danger-3": "legs-weak"}
    ),
    "tingling down one leg": Path(
        "result-soon", 17, gates=("g-limb",), signs={"limbs": "leg-tingles"}
    ),
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
        sign = path.signs.get(offline.place)
        if offline.place == "gates" and path.gates:
            offline.ticks(*path.gates)
            offline.presses("next")
        elif sign:
            offline.says("yes", sign)
            if not offline.place.startswith("result"):
                offline.presses("next")
        else:
            offline.answers({**PLAIN_ANSWERS, **path.choices})
    offline.sees(path.result)
    assert len(taps) <= path.most, taps
