"""How tall each screen of questions is on a small phone, in the letters that most phones have.

A height is measured from the top of the page to the lower edge of its last button, every fold
closed and every row open that one person can meet at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from playwright.sync_api import Page, Playwright, Route

from tests.support import system
from tests.support.in_page import InPage
from webapp.knowledge.model import Screen
from webapp.triage.interview import State
from webapp.web.site import Build

WIDTH = 360
_SITE = "http://easeback.test"
_ROBOTO = b":root{--font:Roboto,sans-serif}"
_IN_PAGE = InPage.beside(__file__)


@dataclass(frozen=True, slots=True)
class Height:
    """The height of a screen in one language, in CSS pixels, and what it must not exceed."""

    screen: str
    language: str
    pixels: int
    most: int

    @property
    def fits(self) -> bool:
        """Whether the screen keeps to its limit."""
        return self.pixels <= self.most


def measure(playwright: Playwright, site: Build) -> Iterator[Height]:
    """Yield the height of every screen in every language."""
    browser = playwright.chromium.launch(
        executable_path=system.headless_shell(), chromium_sandbox=False
    )
    try:
        page = browser.new_page(viewport={"width": WIDTH, "height": 740})
        for language in site.release.site.languages:
            for screen in site.knowledge.every_screen:
                tallest = max(_heights(page, site, language, screen))
                yield Height(screen.id, language, tallest, _most(screen, language))
    finally:
        browser.close()


def _most(screen: Screen, language: str) -> int:
    if language != "en":
        return 900
    return 780 if screen.kind == "gates" else 740


def _heights(page: Page, site: Build, language: str, screen: Screen) -> Iterator[int]:
    route = "heat-or-ice/" if screen in site.knowledge.quick else "check/"
    for state in _states(site, screen):
        html = site.release.page(language, route, state)
        page.unroute_all()
        page.route("**/*", partial(_answer, site, html))
        page.goto(f"{_SITE}/{language}/{route}")
        yield int(page.evaluate(_IN_PAGE.caller("height"), []))


def _states(site: Build, screen: Screen) -> Iterator[State]:
    """Yield a state for each set of rows that stands on the screen where no other answer is known.

    Who is asked about and how old they are comes first and is always known.
    """
    if screen in site.knowledge.quick:
        yield State()
        return
    seen = set()
    age = site.knowledge.screens[0]
    for whom in (option.id for option in age.beside.options) if age.beside else ():
        for option in age.options:
            state = State({"for": whom, age.id: option.id}, screen.id)
            evaluator = site.interview.evaluator(state)
            shown = (
                whom,
                *(i.id for i in screen.items if evaluator.holds(site.interview.shown(i.id))),
            )
            if shown not in seen:
                seen.add(shown)
                yield state


def _answer(site: Build, html: bytes, asked: Route) -> None:
    path = urlsplit(asked.request.url).path
    asset = site.release.site.assets.get(path)
    if asked.request.resource_type == "document":
        asked.fulfill(body=html, content_type="text/html; charset=utf-8")
    elif asset and asset.type.startswith("text/css"):
        asked.fulfill(body=asset.content + _ROBOTO, content_type=asset.type)
    else:
        asked.abort()
