"""Every page fits a small phone, and everything to press is large enough for a shaking thumb."""

from __future__ import annotations

import pytest

from tests.support.browsers import Chromium
from tests.support.pages import reachable
from tests.support.person import PLAIN_ANSWERS, Person
from tests.support.records import StagedServer

SIZES = [(360, 740), (320, 640)]
LANGUAGES = ["en", "ar"]
WIDTH = """
for (const details of document.querySelectorAll("details")) details.open = OPEN;
return Math.max(document.documentElement.scrollWidth, innerWidth);
"""
SMALL = """
for (const details of document.querySelectorAll("details")) details.open = false;
const inText = (link) => {
  const text = link.closest("p, li, dd, small, summary, h1, h2, h3");
  return link.matches("a") && text && text.innerText.trim() !== link.innerText.trim();
};
const labels = ".row, .gate, .segment, .tick";
const controls = document.querySelectorAll(`a[href], button, select, summary, ${labels}`);
return [...controls]
  .filter((one) => one.checkVisibility() && !one.matches(".skip, summary") && !inText(one))
  .map((one) => [one.innerText.trim(), one.getBoundingClientRect()])
  .filter(([, { width, height }]) => width < 43.99 || height < 43.99)
  .map(([text, { width, height }]) => `${text}: ${Math.round(width)}x${Math.round(height)}`);
"""
NECK = {**PLAIN_ANSWERS, "region": "several", "hurt-when": "hurt-2-weeks"}
NECK["head-turning"] = "head-turns"


def faults(person: Person, chromium: Chromium) -> list[str]:
    """Return what is wrong with the page at each size."""
    found = []
    for width, height in SIZES:
        chromium.page.set_viewport_size({"width": width, "height": height})
        for opened in ("false", "true"):
            seen = person.browser.run(WIDTH.replace("OPEN", opened))
            if seen > width:
                found.append(f"{seen} wide at {width}, details opened: {opened}")
        found += [f"{small} at {width}" for small in person.browser.run(SMALL)]
    return found


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
    offline.changes("gates")
    offline.ticks("g-limb")
    offline.presses("next")
    offline.says("yes", "legs-weak")
    look()
    assert wrong == {}
