"""axe finds nothing on any page, in English and Arabic, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from tests.support import forms, system
from tests.support.browsers import QUIET
from tests.support.in_page import InPage
from tests.support.server import Server
from tests.support.site import build

IN_PAGE = InPage.beside(__file__)
BUILD = build()
SITE = BUILD.release.site
ROUTES = [route for route, page in SITE.pages.items() if page.status < 400]
ANSWERS = {
    "emergency": {"g-below": "yes", "saddle-changed": "yes"},
    "urgent": {"g-limb": "yes", "leg-weak": "yes"},
    "self-care": {},
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of this module."""
    site = Server(tmp_path_factory.mktemp("axe")).start()
    yield site
    site.kill()


@pytest.fixture(scope="module", params=["light", "dark"])
def page(request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a small phone that prefers light or dark, without a worker."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=system.headless_shell(), chromium_sandbox=False, args=[*QUIET]
        )
        yield browser.new_page(
            viewport={"width": 360, "height": 740},
            color_scheme=request.param,
            service_workers="block",
        )
        browser.close()


def violations(page: Page) -> list[str]:
    """Return what axe has to say, with the places it says it of."""
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    # All else is the same by day and by night.
    chosen = {"runOnly": ["color-contrast"]} if is_dark else None
    found = Axe().run(page, options=chosen).response["violations"]
    return [f"{item['id']}: {[node['html'][:90] for node in item['nodes'][:3]]}" for item in found]


@pytest.mark.parametrize("code", ["en", "ar"])
def test_axe_finds_nothing_on_any_page(server: Server, page: Page, code: str) -> None:
    found = {}
    for route in ROUTES:
        page.goto(f"{server.url}/{code}/{route}")
        page.evaluate(IN_PAGE.caller("unfold"), [])
        if faults := violations(page):
            found[route] = faults
    assert found == {}


def post(page: Page, action: str, fields: dict[str, str]) -> None:
    """Send a form to an address from the page that is open."""
    with page.expect_navigation():
        page.evaluate(IN_PAGE.caller("post"), [action, fields])


@pytest.mark.parametrize("urgency", ANSWERS)
@pytest.mark.parametrize("code", ["en", "ar"])
def test_axe_finds_nothing_on_a_result(server: Server, page: Page, code: str, urgency: str) -> None:
    answers = forms.healthy(BUILD) | ANSWERS[urgency]
    for route in ("check/", "heat-or-ice/answer/", "exercises/"):
        page.goto(f"{server.url}/{code}/{route}")
        post(page, f"/{code}/{route}", answers)
        assert violations(page) == [], route


SCREENS = {
    "the first card": {"age": "age-50", "show": "gates"},
    "the first card, too soon for Continue": {"age": "age-50", "at": "gates", "go": "next"},
    "rows": {"age": "age-50", "legs-weak": "yes", "show": "danger-1"},
    "rows with hints": {"age": "age-50", "thinner": "unsure", "show": "care"},
    "a choice": {"age": "age-50", "region": "neck", "show": "region"},
    "the answers": {"age": "age-50", "g-limb": "yes", "show": "answers"},
    "a contradiction": {"age": "age-50", "leg-tingles": "unsure", "at": "gates", "go": "none"},
}


@pytest.mark.parametrize("code", ["en", "ar"])
def test_axe_finds_nothing_on_a_screen(server: Server, page: Page, code: str) -> None:
    found = {}
    for name, fields in SCREENS.items():
        page.goto(f"{server.url}/{code}/check/")
        post(page, f"/{code}/check/", fields)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        if faults := violations(page):
            found[name] = faults
    assert found == {}


def test_axe_would_find_a_fault(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/en/")
    page.evaluate(IN_PAGE.caller("spoil"), [])
    found = {fault.partition(":")[0] for fault in violations(page)}
    assert found - {"html-has-lang"} == {"color-contrast"}
