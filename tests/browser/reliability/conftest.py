"""Three engines, each open once for a module, and lines to servers that fail as tests tell them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from tests.support.browsers import (
    FAULTS,
    Browser,
    Chromium,
    Firefox,
    KeptWebKit,
    WebKit,
)
from tests.support.faults import FaultProxy, fault_proxy
from tests.support.person import Person, until
from tests.support.records import StagedServer
from tests.support.reliability import ENGINES, shown_by

FOLDER = Path(__file__).parent
RESENDS = {"dom.confirm_repost.testing.always_accept": True}
"""Firefox asks before it sends a form again, in a window that no test can press: say yes."""


@dataclass
class Servers:
    """The servers of a run, one for each release and its settings: they are begun once."""

    folder: Path
    _running: dict[str, StagedServer] = field(default_factory=dict)

    def gives(self, newer: int = 0, **settings: str) -> StagedServer:
        """Return the server of a release, so many deploys newer than the first."""
        key = f"{newer} {sorted(settings.items())}"
        if key not in self._running:
            folder = self.folder / str(len(self._running))
            folder.mkdir()
            self._running[key] = StagedServer(folder, newer=newer, settings=settings).start()
        return self._running[key]

    def end(self) -> None:
        for server in self._running.values():
            server.kill()


@dataclass
class Line:
    """A person behind a line that may fail or lead to another server, at an origin of its own."""

    person: Person
    proxy: FaultProxy
    servers: Servers

    def gets_ready(self) -> Person:
        """Have everything that a phone needs, and no fault so far."""
        try:
            self.person.gets_ready()
        except pytest.fail.Exception:
            if not isinstance(self.person.browser, KeptWebKit):
                raise
            # It may have left an installation for ever where it was; see docs/reliability.md.
            self.person.restarts()
            self.person.gets_ready()
        self.proxy.works()
        return self.person

    def deploys(self, newer: int = 1, **settings: str) -> None:
        """Put another release in the place of the one that is served."""
        self.proxy.target = self.servers.gives(newer, **settings).port

    def dies(self) -> None:
        """Break every connection, and refuse new ones: a dead server, as a browser sees it."""
        self.proxy.kill()

    def returns(self) -> None:
        """Have the server again, and no fault."""
        self.proxy.works()
        self.proxy.start()


def is_unreachable(person: Person) -> bool:
    """Return whether the browser has only an error page of its own for the first page."""
    try:
        person.browser.visit(f"{person.site}/en/")
    except FAULTS:
        if type(person.browser) is Chromium:
            # Its error page is still on its way, and would take the place of what comes next.
            until(
                lambda: person.browser.run("return document.URL"), "chrome-error://chromewebdata/"
            )
        return True
    return not str(person.browser.run("return location.href")).startswith(person.site)


@dataclass
class Engines:
    """Opens browsers of one kind, each with a profile of its own."""

    kind: str
    folder: Path
    playwright: Playwright
    display: str
    stack: ExitStack

    def opens(self, name: str = "browser", **settings: dict[str, Any]) -> Browser:
        """Open one; settings are by kind, and those under ``every`` are for all."""
        given = settings.get("every", {}) | settings.get(self.kind, {})
        folder = self.folder / name
        if self.kind == "webkit":
            browser: Browser = KeptWebKit(folder, self.display, **given)
        else:
            if self.kind == "firefox":
                given["preferences"] = RESENDS | given.get("preferences", {})
            kinds = {"chromium": Chromium, "firefox": Firefox}
            browser = kinds[self.kind](self.playwright, folder, **given)
        browser.start()
        self.stack.callback(browser.close)
        return browser

    def opens_privately(self) -> Browser:
        """Open a private window; WebKitGTK's own small browser, once driven, has no other."""
        if self.kind == "webkit":
            browser: Browser = WebKit(self.folder, self.display)
            browser.start()
            self.stack.callback(browser.close)
            return browser
        private = {"preferences": {"browser.privatebrowsing.autostart": True}}
        return self.opens(chromium={"private": True}, firefox=private)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Repeat only in long runs what tests elsewhere show of the same engine."""
    elsewhere = [item for item in items if FOLDER not in item.path.parents]
    shown = {one.cell for item in elsewhere for one in shown_by(item) if not one.long}
    for item in items:
        cells = {one.cell for one in shown_by(item)}
        if FOLDER in item.path.parents and cells and cells <= shown:
            item.add_marker(pytest.mark.soak("tests elsewhere show it, too"))


@pytest.fixture(scope="module", params=ENGINES)
def engine(
    request: pytest.FixtureRequest,
    playwright: Playwright,
    display: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Browser]:
    """A browser, running: one of each kind for all tests of a module.

    Each test has a server at a port of its own, so an origin of which the browser knows nothing.
    """
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp("engine")
        yield Engines(request.param, folder, playwright, display, stack).opens()


@pytest.fixture(params=ENGINES)
def engines(
    request: pytest.FixtureRequest, playwright: Playwright, display: str, tmp_path: Path
) -> Iterator[Engines]:
    """Opens browsers of each kind in turn that are a test's own, set as it wants them."""
    with ExitStack() as stack:
        yield Engines(request.param, tmp_path, playwright, display, stack)


Lines = Callable[[Browser], Line]
"""Puts a line of its own before a browser."""


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    servers = Servers(tmp_path_factory.mktemp("servers"))
    yield servers
    servers.end()


@pytest.fixture
def lines(servers: Servers) -> Iterator[Lines]:
    with ExitStack() as stack:

        def line(browser: Browser) -> Line:
            proxy = stack.enter_context(fault_proxy(servers.gives().port))
            return Line(Person(browser, proxy.url), proxy, servers)

        yield line


@pytest.fixture
def line(engine: Browser, lines: Lines) -> Line:
    """Somebody who opens the app for the first time, by a line that works so far."""
    return lines(engine)


@pytest.fixture(scope="module")
def settled(engine: Browser, servers: Servers) -> Iterator[Line]:
    """Somebody whose phone has everything: one for all tests of a module that leave it as it is."""
    with fault_proxy(servers.gives().port) as proxy:
        line = Line(Person(engine, proxy.url), proxy, servers)
        line.person.gets_ready()
        line.person.waits_for_everything()
        yield line


@pytest.fixture
def home(settled: Line) -> Line:
    """The settled phone, at its first page and with a line that works."""
    settled.returns()
    settled.person.language = "en"
    settled.person.visits()
    return settled
