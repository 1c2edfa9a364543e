"""The style that is sent, without layers, makes of every page what the layers of its source do."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Playwright

from tests.support import shown, system
from tests.support.in_page import InPage
from tests.support.site import build
from webapp.web.assets import STATIC, flattened, joined, without_layout

IN_PAGE = InPage.beside(__file__)
CSS = STATIC / "css"


@pytest.mark.parametrize("media", ["screen", "print", "forced"])
def test_without_layers_every_page_looks_as_with_them(playwright: Playwright, media: str) -> None:
    site = build()
    app, journal = joined(CSS), (CSS / "journal.css").read_text("utf-8")
    layered = [app, app + journal]
    flat = [
        flattened(without_layout(app)),
        flattened(without_layout(app)) + flattened(without_layout(journal)),
    ]
    properties = sorted(set(re.findall(r"^\s*([a-z-]+):", app + journal, re.MULTILINE)))
    browser = playwright.chromium.launch(
        executable_path=system.headless_shell(), chromium_sandbox=False
    )
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.emulate_media(
        media="print" if media == "print" else "screen",
        forced_colors="active" if media == "forced" else "none",
    )
    found = {}
    for one in [*shown.plain_pages(site), *shown.steps(site), *shown.results(site)]:
        shown.show(page, site, "en", one)
        styles = page.locator("link[rel=stylesheet]").count()
        pair = [layered[styles - 1], flat[styles - 1]]
        page.evaluate(IN_PAGE.caller("reveal"), [])
        if differences := page.evaluate(IN_PAGE.caller("differences"), [pair, properties]):
            found[one.name] = differences
    browser.close()
    assert found == {}
