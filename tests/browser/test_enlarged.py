"""With letters of one and a half and of double size every page fits a phone, in every language."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
from playwright.sync_api import Playwright

from tests.support import shown, system
from tests.support.in_page import InPage
from tests.support.site import build
from tests.support.tiers import soak

IN_PAGE = InPage.beside(__file__)
LANGUAGES = build().release.site.languages
ROOTS = (24, 32)
WIDTHS = (320, 360, 412)
EVERY = [*product(ROOTS, WIDTHS)]
TIGHT = [(32, 320), (24, 412)]
"""The largest letters on the smallest screen, and the least of both."""


@pytest.mark.scenario(35)
@pytest.mark.parametrize(
    ("language", "sizes"),
    [
        *((language, TIGHT) for language in LANGUAGES),
        *(soak(language, EVERY, why="every page six times") for language in LANGUAGES),
    ],
)
def test_large_letters_of_a_page_neither_scroll_sideways_nor_are_cut(
    playwright: Playwright, language: str, sizes: Sequence[tuple[int, int]]
) -> None:
    assert faults(playwright, language, sizes) == {}


@pytest.mark.soak("every page six times more; the short version sets the size on the page")
@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_large_letters_of_a_browser_neither_scroll_sideways_nor_are_cut(
    playwright: Playwright, language: str, root: int
) -> None:
    """A browser's own size counts in conditions on the screen's width, too."""
    chosen = f"--blink-settings=defaultFontSize={root}"
    assert faults(playwright, language, [*product([0], WIDTHS)], chosen) == {}


def faults(
    playwright: Playwright, language: str, sizes: Sequence[tuple[int, int]], *options: str
) -> dict[str, list[str]]:
    """Return what does not fit, by page, size of the root's letters in pixels, and width."""
    site = build()
    browser = playwright.chromium.launch(
        executable_path=system.headless_shell(), chromium_sandbox=False, args=options
    )
    page = browser.new_page()
    wrong = {}
    for one in [*shown.plain_pages(site), *shown.steps(site), *shown.results(site)]:
        shown.show(page, site, language, one)
        for root, width in sizes:
            page.set_viewport_size({"width": width, "height": 740})
            page.evaluate(IN_PAGE.caller("enlarge"), [root])
            if found := page.evaluate(IN_PAGE.caller("faults"), []):
                wrong[f"{one.name}, {root} px at {width}"] = found
    browser.close()
    return wrong
