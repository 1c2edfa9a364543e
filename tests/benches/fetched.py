"""The bytes that a real Chromium fetches, by scenario: what each costs a person who uses Easeback.

The browser has an empty cache at the begin of each scenario. What it asked for is asked for again,
with the same encodings, and the bodies are counted as they travel. The worker is off where a
scenario asks what a page fetches, since it would answer in place of the server.
"""

from __future__ import annotations

import http.client
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from tests.support.browsers import Chromium
from tests.support.journal import add_week, back_up
from tests.support.person import Person, until
from tests.support.records import Received, StagedServer
from tests.support.site import build
from webapp.release.sizes import Measured

_LARGEST = "ar"
"""The language whose pack is the largest: nobody fetches more to be ready."""
_NEEDED = tuple(f"/release/{part}." for part in ("core", "en", _LARGEST))


_SAME = {"Accept-Encoding": "HTTP_ACCEPT_ENCODING", "Content-Type": "CONTENT_TYPE"}
"""The headers that decide about an answer, as HTTP and as the record name them."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """How many requests were answered, with how many bytes, and how many of these are program."""

    requests: int
    bytes: int
    scripts: int


def measure() -> Measured:
    """Return what a browser fetches of this release, scenario by scenario."""
    with sync_playwright() as playwright:
        scenarios = {name: asdict(_measure(playwright, name)) for name in SCENARIOS}
    return Measured(build().release.id, scenarios)


def _measure(playwright: Playwright, name: str) -> Fetched:
    with _visit(playwright, worker=name == "ready") as (person, server):
        SCENARIOS[name](person, server)
        # A page that is left while a script arrives has it fetched once more by the next one.
        asked = {
            (request.method, request.path, request.query, request.body): request
            for request in server.received()
            if _counts(request)
        }
        return _sum(server, [*asked.values()])


@contextmanager
def _visit(playwright: Playwright, *, worker: bool) -> Iterator[tuple[Person, StagedServer]]:
    with tempfile.TemporaryDirectory(prefix="easeback-") as folder:
        server = StagedServer(Path(folder))
        browser = Chromium(playwright, Path(folder) / "chromium", worker=worker)
        try:
            server.start()
            browser.start()
            yield Person(browser, server.url), server
        finally:
            browser.close()
            server.kill()


def _counts(request: Received) -> bool:
    """Leave out what the person sends, and what a phone that is ready goes on to fetch."""
    if request.path.startswith("/release/"):
        return request.path.startswith(_NEEDED)
    return not request.path.startswith("/vault/")


def _sum(server: StagedServer, requests: list[Received]) -> Fetched:
    sizes = [(request.path, _bytes(server, request)) for request in requests]
    scripts = sum(size for path, size in sizes if path.endswith(".js") and path != "/sw.js")
    return Fetched(len(sizes), sum(size for _, size in sizes), scripts)


def _bytes(server: StagedServer, request: Received) -> int:
    """Return the length of the body that answers a request, as it travels."""
    headers = {name: request.headers.get(key, "") for name, key in _SAME.items()}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        path = f"{request.path}?{request.query}" if request.query else request.path
        connection.request(request.method, path, request.body or None, headers)
        return len(connection.getresponse().read())
    finally:
        connection.close()


# --- the scenarios -----------------------------------------------------------------------


def _first_visit(person: Person, _: StagedServer) -> None:
    person.visits()
    person.waits_until_started()


def _check(person: Person, _: StagedServer) -> None:
    person.visits("check/")
    person.answers_until("result-self-care")
    person.waits_until_started()


def _timer(person: Person, _: StagedServer) -> None:
    person.visits("heat-or-ice/")
    person.presses("none")
    person.waits_until_started()
    person.browser.run("document.querySelector('[data-timer-start] [data-minutes]').click()")
    until(lambda: person.place, "timer/")
    person.waits_until_started()


def _journal(person: Person, server: StagedServer, *, backed_up: bool = False) -> None:
    person.visits("journal/")
    person.waits_until_started()
    add_week(person)
    if backed_up:
        back_up(person)
    person.browser.tools().send("Network.clearBrowserCache")
    server.forget()
    person.visits("journal/")
    person.waits_until_started()


def _journal_with_backup(person: Person, server: StagedServer) -> None:
    _journal(person, server, backed_up=True)


def _ready(person: Person, _: StagedServer) -> None:
    person.language = _LARGEST
    person.visits()
    until(person.is_ready, True, patience=60)


SCENARIOS: Mapping[str, Callable[[Person, StagedServer], None]] = {
    "first_visit": _first_visit,
    "check_to_a_result": _check,
    "timer": _timer,
    "journal_after_a_week": _journal,
    "journal_with_backup": _journal_with_backup,
    "ready": _ready,
}
