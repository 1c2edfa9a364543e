"""With letters of one and a half and of double size every page fits a phone, in every language."""

from __future__ import annotations

import pytest
from playwright.sync_api import Playwright

from tests.support import shown, system
from tests.support.in_page import InPage
from tests.support.site import build

IN_PAGE = InPage.beside(__file__)
LANGUAGES = build().release.site.languages
WIDTHS = (320, 360, 412)


@pytest.mark.parametrize("root", [24, 32])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("by", ["browser", "page"])
def test_enlarged_text_neither_scrolls_sideways_nor_is_cut(
    playwright: Playwright, by: str, language: str, root: int
) -> None:
    site = build()
    browser = playwright.chromium.launch(
        executable_path=system.headless_shell(),
        chromium_sandbox=False,
        args=[f"--blink-settings=defaultFontSize={root}"] if by == "browser" else [],
    )
    page = browser.new_page()
    wrong = {}
    for one in [*shown.plain_pages(site), *shown.steps(site), *shown.results(site)]:
        shown.show(page, site, language, one)
        page.evaluate(IN_PAGE.caller("enlarge"), [0 if by == "browser" else root])
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            if faults := page.evaluate(IN_PAGE.caller("faults"), []):
                wrong[f"{one.name} at {width}"] = faults
    browser.close()
    assert wrong == {}
