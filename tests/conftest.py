from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.support import soak_run
from tests.support.browsers import Chromium, Firefox, WebKit, screen
from tests.support.oldest_chrome import OldestChrome
from tests.support.person import Person, until
from tests.support.postgres import Postgres
from tests.support.prepared import prepared_phone
from tests.support.records import StagedServer
from tests.support.reliability import Matrix
from tests.support.tiers import mark

Stage = Callable[..., StagedServer]


def pytest_addoption(parser: pytest.Parser) -> None:
    soak_run.add_option(parser)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    soak_run.begin(config)
    config.pluginmanager.register(Matrix())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mark(items)


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> Random:
    """Random choices: a soak test's follow from the seed of the run, others never change."""
    return soak_run.chance_of(request.node)


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Counter[str]]:
    """Counts what a soak test does, such as ``tally["kills"]``, for the last line of the run."""
    yield from soak_run.tally_of(request.node)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Playwright, running as long as one module's tests: two of it cannot run at once."""
    with pytest.MonkeyPatch.context() as patch:
        # Only so does a context tell what its worker asks of the network.
        patch.setenv("PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS", "1")
        with sync_playwright() as running:
            yield running


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """Starts servers as asked: ``stage(port, newer=1, fault="altered /release/")``; the rest of
    what it is given are settings.
    """
    servers: list[StagedServer] = []

    def start(
        port: int | None = None, *, newer: int = 0, fault: str = "", **settings: str
    ) -> StagedServer:
        servers.append(StagedServer(tmp_path, port, newer=newer, fault=fault, settings=settings))
        servers[-1].start()
        return servers[-1]

    yield start
    for server in servers:
        server.kill()


@pytest.fixture
def server(stage: Stage, prepared: tuple[Path, str]) -> StagedServer:
    """A server, at the address that the prepared phone knows."""
    _, site = prepared
    return stage(urlsplit(site).port)


@pytest.fixture
def chromium(
    playwright: Playwright, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Chromium]:
    """Chromium, not started yet: a test may still set what kind of phone it is."""
    whole = request.node.get_closest_marker("whole_chromium") is not None
    browser = Chromium(playwright, tmp_path / "chromium", whole=whole)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def open_chromium(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Chromium]:
    """Chromium, running: one for a module whose tests open pages at addresses of their own."""
    browser = Chromium(playwright, tmp_path_factory.mktemp("chromium"))
    browser.start()
    yield browser
    browser.close()


@pytest.fixture
def firefox(playwright: Playwright, tmp_path: Path) -> Iterator[Firefox]:
    browser = Firefox(playwright, tmp_path / "firefox")
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """The name of a display that nobody sees, which WebKitGTK needs."""
    with screen() as name:
        yield name


@pytest.fixture
def webkit(display: str, tmp_path: Path) -> Iterator[WebKit]:
    browser = WebKit(tmp_path / "webkit", display)
    yield browser
    browser.close()


@pytest.fixture
def oldest_chrome(playwright: Playwright, tmp_path: Path) -> Iterator[OldestChrome]:
    browser = OldestChrome(playwright, tmp_path / "oldest-chrome")
    yield browser
    browser.close()


@pytest.fixture
def person(chromium: Chromium, server: StagedServer) -> Person:
    """Somebody who opens Chromium for the first time."""
    chromium.start()
    return Person(chromium, server.url)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The profile of a phone that is ready, and the address of a server that is dead."""
    # In a thread of its own, because a module's Playwright may be running in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_prepare, tmp_path_factory.mktemp("prepared")).result()


def _prepare(folder: Path) -> tuple[Path, str]:
    with sync_playwright() as running, prepared_phone(running, folder) as person:
        return folder / "chromium", person.site


@pytest.fixture
def offline(prepared: tuple[Path, str], chromium: Chromium) -> Person:
    """Somebody whose phone got ready earlier, and who has just opened the browser offline."""
    profile, site = prepared
    shutil.copytree(profile, chromium.profile)
    chromium.start()
    return Person(chromium, site)


@pytest.fixture
def ready(offline: Person, server: StagedServer) -> Person:
    """Somebody whose phone has everything, with the server there again; it shows the first page."""
    offline.visits()
    until(offline.is_ready, True)
    return offline


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of the tests' own, with an empty database for each test that asks."""
    cluster = Postgres(durable=False)
    try:
        yield cluster.start()
    finally:
        cluster.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, on each engine in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'kept.sqlite3'}"
    cluster: Postgres = request.getfixturevalue("postgres")
    return cluster.empty_database()
