"""The style that is sent, without layers, makes of every page what the layers of its source do."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright

from tests.support import shown, system
from tests.support.in_page import InPage
from tests.support.site import build
from tests.support.tiers import soak
from webapp.web.assets import STATIC, flattened, joined, without_layout

IN_PAGE = InPage.beside(__file__)
CSS = STATIC / "css"
SIZES = {"block-size", "inline-size", "transform"}
STEPS = {"age", "gates", "danger-1", "care", "region", "answers", "doubt", "nothing"}


@pytest.mark.parametrize(
    "media", ["screen", *(soak(media, why="every page once more") for media in ("print", "forced"))]
)
def test_without_layers_every_page_looks_as_with_them(playwright: Playwright, media: str) -> None:
    app = without_layout(joined(CSS))
    journal = without_layout((CSS / "journal.css").read_text("utf-8"))
    layered = [app, app + journal]
    flat = [flattened(app), flattened(app) + flattened(journal)]
    # Sizes follow from the rest, and from pictures that may not have come yet.
    properties = set(re.findall(r"^([a-z-]+):", app + journal, re.MULTILINE)) - SIZES
    browser = playwright.chromium.launch(
        executable_path=system.headless_shell(), chromium_sandbox=False
    )
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.emulate_media(
        media="print" if media == "print" else "screen",
        forced_colors="active" if media == "forced" else "none",
    )
    found = {}
    for one in of_each_kind():
        shown.show(page, build(), "en", one)
        sheets = page.locator("link[rel=stylesheet]").count() - 1
        page.evaluate(IN_PAGE.caller("reveal"), [])
        pair = [layered[sheets], flat[sheets]]
        differences = page.evaluate(IN_PAGE.caller("differences"), [pair, sorted(properties)])
        if differences:
            found[one.name] = differences
    browser.close()
    assert found == {}


def of_each_kind() -> Iterator[shown.Shown]:
    """Yield a page of each template, a screen of each kind, and every result."""
    site = build()
    templates = {
        site.release.site.pages[one.route].template: one for one in shown.plain_pages(site)
    }
    yield from templates.values()
    yield from [one for one in shown.steps(site) if one.name.removeprefix("check: ") in STEPS]
    yield from shown.results(site)
