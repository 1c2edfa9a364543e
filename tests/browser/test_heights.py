"""No screen of questions is taller than a thumb can take: all of it is seen, or nearly all."""

from __future__ import annotations

import pytest
from playwright.sync_api import Playwright

from tests.support import heights
from tests.support.site import build

LANGUAGES = build().release.site.languages


@pytest.fixture(scope="module")
def measured(playwright: Playwright) -> list[heights.Height]:
    return [*heights.measure(playwright, build())]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_keeps_to_its_height(measured: list[heights.Height], language: str) -> None:
    own = [height for height in measured if height.language == language]
    assert len(own) == len(build().knowledge.every_screen)
    assert not [f"{one.screen}: {one.pixels} of {one.most}" for one in own if not one.fits]
