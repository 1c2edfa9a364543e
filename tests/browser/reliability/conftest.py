"""Three engines, each open once for a module, and lines to servers that fail as a test tells them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.conftest import Stage
from tests.support.browsers import Browser, Chromium, Firefox, KeptWebKit, screen
from tests.support.faults import FaultProxy
from tests.support.person import Person
from tests.support.records import StagedServer
from tests.support.reliability import ENGINES

Opener = Callable[..., Browser]
"""Opens a browser of a kind with a profile of its own: ``opens("firefox", preferences={...})``."""


@dataclass
class Line:
    """A person behind a line that may fail, and the server at its other end."""

    person: Person
    proxy: FaultProxy
    server: StagedServer
    stage: Stage

    def deploys(self, newer: int = 1, **settings: str) -> None:
        """Put another release in the place of the one that is served."""
        self.server.kill()
        self.server = self.stage(newer=newer, **settings)
        self.proxy.target = self.server.port


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    with screen() as name:
        yield name


def _opened(kind: str, folder: Path, playwright: Playwright, display: str, given: dict) -> Browser:
    if kind == "webkit":
        return KeptWebKit(folder / kind, display, **given)
    return {"chromium": Chromium, "firefox": Firefox}[kind](playwright, folder / kind, **given)


@pytest.fixture(scope="module", params=ENGINES)
def engine(
    request: pytest.FixtureRequest,
    playwright: Playwright,
    display: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Browser]:
    """A browser, running: one of each kind for all tests of a module.

    Each test has a server at a port of its own, and so an origin of which the browser knows nothing.
    """
    folder = tmp_path_factory.mktemp("engine")
    browser = _opened(request.param, folder, playwright, display, {})
    browser.start()
    yield browser
    browser.close()


@pytest.fixture(params=ENGINES)
def own_engine(
    request: pytest.FixtureRequest, playwright: Playwright, display: str, tmp_path: Path
) -> Iterator[Opener]:
    """Opens a browser of each kind in turn that is the test's own, set as the test wants it."""
    with ExitStack() as stack:

        def open_(name: str = "browser", **settings: dict) -> Browser:
            given = settings.get(request.param, {}) | settings.get("every", {})
            browser = _opened(request.param, tmp_path / name, playwright, display, given)
            browser.start()
            stack.callback(browser.close)
            return browser

        yield open_


@pytest.fixture
def lined(stage: Stage) -> Iterator[Callable[[Browser], Line]]:
    """Puts a line to a new server before a browser."""
    with ExitStack() as stack:

        def line(browser: Browser) -> Line:
            server = stage()
            proxy = FaultProxy(server.port).start()
            stack.callback(proxy.kill)
            return Line(Person(browser, proxy.url), proxy, server, stage)

        yield line


@pytest.fixture
def line(engine: Browser, lined: Callable[[Browser], Line]) -> Line:
    """Somebody who opens the app for the first time, by a line that works so far."""
    return lined(engine)
