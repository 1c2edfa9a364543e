"""A printed result holds the answers, nothing to press, and light drawings on a dark phone, too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright

from tests.support import shown, system
from tests.support.in_page import InPage
from tests.support.person import until
from tests.support.site import build

IN_PAGE = InPage.beside(__file__)
RESULTS = [one for one in shown.results(build()) if one.route == "check/"]


@pytest.fixture
def page(playwright: Playwright) -> Iterator[Page]:
    """A page of a phone at night."""
    browser = playwright.chromium.launch(
        executable_path=system.headless_shell(), chromium_sandbox=False
    )
    yield browser.new_page(viewport={"width": 360, "height": 740}, color_scheme="dark")
    browser.close()


@pytest.mark.parametrize("result", RESULTS, ids=[one.name for one in RESULTS])
def test_a_printed_result_has_the_answers_and_nothing_to_press(
    page: Page, result: shown.Shown
) -> None:
    shown.show(page, build(), "en", result)
    at_night = page.evaluate(IN_PAGE.caller("paper"), [])
    page.emulate_media(media="print", color_scheme="dark")
    seen = IN_PAGE.caller("seen")
    # The browser lays the paper out a moment after it was told.
    until(lambda: "Age" in page.evaluate(seen, [".answers__ask"]), True)
    asked = page.evaluate(seen, [".answers__ask"])
    assert len(asked) > 5
    assert page.evaluate(seen, ["button, .button, .onward, nav a, .top__language, .sign"]) == []
    assert page.evaluate(IN_PAGE.caller("paper"), []) != at_night
    drawings = IN_PAGE.caller("drawings")
    # Fetched once the paper needs them.
    until(lambda: [url for url in page.evaluate(drawings, []) if "-night" in url], [])
