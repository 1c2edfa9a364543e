"""Easeback at one address, deployed again and again, and what each of its releases says."""

from __future__ import annotations

import hashlib
import http.client
import json
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

from tests.support.in_page import InPage
from tests.support.pages import reachable
from tests.support.person import Person, until
from tests.support.records import StagedServer
from tests.support.worker import Worker

LANGUAGES = ("en", "es", "ar")
_IN_PAGE = InPage.beside(__file__)
_NOT_HERE_YET = 503


class Deployments:
    """A server whose releases come one after another, and that dies, hangs and returns.

    It remembers every page of every release, to hold what a phone answers against it.
    """

    def __init__(self, stage: Callable[..., StagedServer], port: int | None) -> None:
        self._stage = stage
        self._port = port
        self._server: StagedServer | None = None
        self._paths: list[str] = []
        self._pages: dict[str, dict[str, str]] = {}

    @property
    def releases(self) -> list[str]:
        """The ids of all releases that were ever deployed, the oldest first."""
        return list(self._pages)

    @property
    def paths(self) -> list[str]:
        """Every page that a person can reach, in every language."""
        return self._paths

    def deploys(self) -> str:
        """Put the next release in the place of the last one; return its id."""
        server = self._serves(len(self._pages))
        self._paths = self._paths or [
            path for code in LANGUAGES for path in reachable(server, code)
        ]
        release = str(json.loads(server.get("/release.json"))["release"])
        assert release not in self._pages, "this release was deployed before"
        self._pages[release] = _read(server, self._paths)
        return release

    def returns(self, fault: str = "") -> None:
        """Serve the newest release again, or serve it with a fault."""
        self._serves(len(self._pages) - 1, fault)

    def dies(self) -> None:
        """End the server, as a lost network would."""
        if self._server:
            self._server.kill()

    def hangs(self) -> None:
        """Let the server take connections and never answer, until it returns or dies."""
        if self._server:
            self._server.freeze()

    def wrong_answers(self, person: Person, paths: Sequence[str] = ()) -> list[str]:
        """Return where, of some or all paths, the phone answers as its one release does not.

        What it does not hold yet it may say so of, or ask the network for.
        """
        here = holdings(person)
        told = self._pages[here["release"]]
        asked = paths or self._paths
        answers = person.browser.call(_IN_PAGE, "answers", asked)
        return [
            path
            for path, (status, digest) in zip(asked, answers, strict=True)
            if digest != told[path]
            and (
                here["complete"]
                or (status != _NOT_HERE_YET and path.split("/")[1] in here["languages"])
            )
        ]

    def _serves(self, newer: int, fault: str = "") -> StagedServer:
        self.dies()
        self._server = self._stage(self._port, newer=newer, fault=fault)
        return self._server


def holdings(person: Person) -> dict[str, Any]:
    """Return which release answers on the phone, its languages, and if nothing is left to come."""
    return Worker(person.browser).status()


def waits_for_everything(person: Person) -> None:
    """Stay online until the release that answers is wholly on the phone."""
    until(lambda: holdings(person)["complete"], True)


def looks_for_an_update(person: Person) -> None:
    """Let the browser look for a newer release, and wait for nothing."""
    person.browser.call(_IN_PAGE, "looksForAnUpdate")


def _read(server: StagedServer, paths: Sequence[str]) -> dict[str, str]:
    """Return the hash of each page, by one connection for all of them."""
    pages = {}
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
        for path in paths:
            connection.request("GET", path)
            pages[path] = hashlib.sha256(connection.getresponse().read()).hexdigest()
    return pages
