"""Pages of the release, shown by a browser that no server answers: any state, in any language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route

from tests.support import forms
from webapp.knowledge.model import Screen
from webapp.triage.interview import ANSWERS_VIEW, CONTRADICTION, State
from webapp.web.site import Build

SITE = "http://easeback.test"
RESULTS = {
    "emergency": {"g-below": "yes", "saddle-changed": "yes"},
    "urgent": {"g-limb": "yes", "leg-weak": "yes"},
    "self-care": {},
}
"""What leads to a result beyond the answers of somebody who has nothing."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of the site: its name for people, route and state."""

    name: str
    route: str
    state: State


def plain_pages(site: Build) -> Iterator[Shown]:
    """Yield every page that depends on no answer."""
    for route, page in site.release.site.pages.items():
        if not page.answers:
            yield Shown(route, route, State())


def steps(site: Build) -> Iterator[Shown]:
    """Yield every screen of the check, each row of it open, and the pages between them."""
    for screen in site.knowledge.every_screen:
        if screen not in site.knowledge.quick:
            yield Shown(f"check: {screen.id}", "check/", State(everything(site), screen.id))
    yield Shown("check: nothing", "check/", State())
    yield Shown("check: answers", "check/", State(everything(site), ANSWERS_VIEW))
    doubt = {**forms.healthy(site), "leg-tingles": "unsure"}
    yield Shown("check: doubt", "check/", State(doubt, CONTRADICTION))
    for screen in site.knowledge.quick:
        yield Shown(f"heat or ice: {screen.id}", "heat-or-ice/", State({}, screen.id))


def results(site: Build) -> Iterator[Shown]:
    """Yield a result of each kind, and what follows from the same answers elsewhere."""
    for name, answers in RESULTS.items():
        for route in ("check/", "heat-or-ice/answer/", "exercises/"):
            given = State({**forms.healthy(site), **answers})
            yield Shown(f"{route} {name}", route, given)


def everything(site: Build) -> dict[str, str]:
    """Return the answers of somebody old who ticked every gate, so that every row is open."""
    first: Screen = site.knowledge.screens[0]
    gates = (item.id for screen in site.knowledge.screens for item in screen.items)
    ticked = {name: "yes" for name in gates if name.startswith("g-")}
    return {first.id: first.options[-1].id, **ticked}


def show(page: Page, site: Build, language: str, shown: Shown) -> None:
    """Show the page in a browser's tab."""
    html = site.release.page(language, shown.route, shown.state)

    def answer(asked: Route) -> None:
        path = urlsplit(asked.request.url).path
        asset = site.release.site.assets.get(path)
        if asked.request.resource_type == "document":
            asked.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif asset and not asset.type.startswith("text/javascript"):
            asked.fulfill(body=asset.content, content_type=asset.type)
        else:
            asked.abort()

    page.unroute_all()
    page.route("**/*", answer)
    page.goto(f"{SITE}/{language}/{shown.route}")
