"""What the staged server (``tests/support/staged.py``) is told to do, and what it has received."""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.support.server import ROOT, Forked, Process, Server

OLDER_TEXT = "We go slowly, one step at a time."
NEWER_TEXT = "We go slowly, one small step at a time."


def text_of(newer: int) -> str:
    """Return the text in which a release differs that is so many deploys newer than the oldest."""
    return f"{NEWER_TEXT} ({newer})" if newer > 1 else NEWER_TEXT


@dataclass(frozen=True)
class Received:
    """A request as it came in."""

    method: str
    path: str
    query: str
    headers: dict[str, str] = field(repr=False)
    body: str


class StagedServer(Server):
    """A server that records what it receives, and that may be a newer or a broken release."""

    def __init__(
        self,
        folder: Path,
        port: int | None = None,
        *,
        newer: int = 0,
        fault: str = "",
        settings: Mapping[str, str] = {},
    ) -> None:
        self._record = folder / "requests.jsonl"
        staged = {"EASEBACK_TEST_RECORD": str(self._record), "EASEBACK_TEST_FAULT": fault}
        staged["EASEBACK_KEEP"] = "none"  # else it would have files of the other releases
        if newer:
            staged["EASEBACK_TEST_NEWER"] = str(int(newer))
        super().__init__(folder, port=port, settings={**staged, **settings})

    def _launch(self) -> Process:
        return stager().start(
            {"port": self.port, "log": str(self._log), "environment": self._environment}
        )

    def received(self) -> list[Received]:
        """Return every request since the record was last emptied; health checks left out."""
        lines = self._record.read_text().splitlines() if self._record.exists() else []
        everything = [Received(**json.loads(line)) for line in lines]
        return [item for item in everything if item.path != "/healthz"]

    def forget(self) -> None:
        """Empty the record."""
        self._record.write_text("")


class Stager:
    """The process that has built the site (``stager.py``), and of which each server is a fork."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.stager"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        atexit.register(self._process.communicate)

    def start(self, order: Mapping[str, object]) -> Forked:
        """Begin a server; return its process, which may not answer yet."""
        assert self._process.stdin
        assert self._process.stdout
        with self._mutex:
            self._process.stdin.write(f"{json.dumps(order)}\n")
            self._process.stdin.flush()
            return Forked(int(self._process.stdout.readline()))


@cache
def stager() -> Stager:
    return Stager()
