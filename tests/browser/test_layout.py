"""Every page fits a small phone, and everything to press is large enough for a shaking thumb."""

from __future__ import annotations

import pytest

from tests.support.browsers import Chromium
from tests.support.in_page import InPage
from tests.support.pages import reachable
from tests.support.person import PLAIN_ANSWERS, Person
from tests.support.records import StagedServer

SIZES = [(360, 740), (320, 640)]
LANGUAGES = ["en", "ar"]
IN_PAGE = InPage.beside(__file__)
NECK = {**PLAIN_ANSWERS, "region": "several", "hurt-when": "hurt-2-weeks"}
NECK["head-turning"] = "head-turns"


def faults(person: Person, chromium: Chromium) -> list[str]:
    """Return what is wrong with the page at each size."""
    found = []
    for width, height in SIZES:
        chromium.page.set_viewport_size({"width": width, "height": height})
        for unfolded in (False, True):
            seen = person.browser.call(IN_PAGE, "width", unfolded)
            if seen > width:
                found.append(f"{seen} wide at {width}, unfolded: {unfolded}")
        small = person.browser.call(IN_PAGE, "tooSmall")
        found += [f"{one} at {width}" for one in small]
    return found


@pytest.mark.scenario(35)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits(
    ready: Person, server: StagedServer, chromium: Chromium, language: str
) -> None:
    wrong = {}
    for path in [*reachable(server, language), f"/{language}/nonsense/"]:
        ready.visits(path)
        if found := faults(ready, chromium):
            wrong[path] = found
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_of_the_check_and_its_results_fit(
    offline: Person, chromium: Chromium, language: str
) -> None:
    wrong = {}

    def look() -> None:
        if found := faults(offline, chromium):
            wrong[offline.place] = found

    offline.language = language
    offline.visits("check/")
    while not offline.place.startswith("result"):
        look()
        if offline.place == "gates":
            offline.ticks("g-hurt", "g-limb", "g-care")
            offline.presses("next")
        elif offline.place == "injury":
            offline.says("yes", "injury-began")
            offline.presses("next")
        else:
            offline.answers(NECK)
    look()
    offline.changes("gates")
    offline.presses("none")
    look()
    offline.visits("check/")
    offline.answers_until("result-self-care")
    look()
    offline.asks_what_helps()
    look()
    offline.changes("gates")
    offline.has_weak_legs()
    look()
    assert wrong == {}
