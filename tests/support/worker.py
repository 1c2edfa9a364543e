"""The service worker: behind the page that a browser shows, or by itself in Node."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.support.browsers import Browser
from tests.support.in_page import InPage
from tests.support.node import SCRIPTS, node

IN_PAGE = InPage.beside(__file__)
"""What can be asked of a worker, for a page without a person."""


_RUN_WORKER = SCRIPTS / "run-worker.mjs"


@contextmanager
def worker_in_node(url: str) -> Iterator[int]:
    """Run the worker of a site in Node, without a network; give the port at which it answers."""
    with subprocess.Popen([node(), _RUN_WORKER, url], stdout=subprocess.PIPE) as process:
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


@dataclass
class Worker:
    """The worker that answers for the page."""

    browser: Browser

    def status(self) -> dict[str, Any]:
        """Return which release it answers with, its languages, and if nothing is left to come."""
        return dict(self._call("status"))

    def tells_its_status(self, times: int) -> None:
        """Ask for its status, so many times at once, and wait for every answer."""
        self._call("askAtOnce", times)

    def is_updated(self) -> str:
        """Look for a newer worker; return the first state it got to after being fetched.

        It is "refused" where there was no script to begin with.
        """
        return str(self._call("update"))

    def begins_an_update(self) -> None:
        """Look for a newer worker and wait for nothing."""
        self._call("beginUpdate")

    def outcome(self) -> str:
        """Wait for the end of that update, and return what `is_updated` would."""
        return str(self._call("outcome"))

    def releases_here(self) -> int:
        """Return how many releases have something on the phone."""
        return int(self._call("releasesHere"))

    def is_gone(self) -> bool:
        """Return whether the phone has no worker, and nothing that one keeps."""
        return bool(self._call("isGone"))

    def _call(self, name: str, *arguments: object) -> Any:
        return self.browser.call(IN_PAGE, name, *arguments)
