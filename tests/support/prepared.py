"""A phone that got everything earlier, and whose server is dead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Playwright

from tests.support.browsers import Chromium
from tests.support.person import Person
from tests.support.records import StagedServer


@contextmanager
def prepared_phone(playwright: Playwright, folder: Path) -> Iterator[Person]:
    """Somebody whose phone has everything and whose server is dead; the browser is still open."""
    server = StagedServer(folder)
    browser = Chromium(playwright, folder / "chromium")
    try:
        server.start()
        browser.start()
        person = Person(browser, server.url)
        person.gets_ready()
        person.waits_for_everything()
        server.kill()
        yield person
    finally:
        browser.close()
        server.kill()
