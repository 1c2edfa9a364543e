"""What the staged server (``tests/support/staged.py``) is told to do, and what it has received."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.server import Server

STAGED = "tests.support.staged:app"
OLDER_TEXT = "We go slowly, one step at a time."
NEWER_TEXT = "We go slowly, one small step at a time."


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
        newer: bool = False,
        fault: str = "",
        settings: Mapping[str, str] = {},
    ) -> None:
        self._record = folder / "requests.jsonl"
        staged = {"EASEBACK_TEST_RECORD": str(self._record), "EASEBACK_TEST_FAULT": fault}
        if newer:
            staged["EASEBACK_TEST_NEWER"] = "1"
        super().__init__(folder, STAGED, port, settings={**staged, **settings})

    def received(self) -> list[Received]:
        """Return every request since the record was last emptied; health checks left out."""
        lines = self._record.read_text().splitlines() if self._record.exists() else []
        everything = [Received(**json.loads(line)) for line in lines]
        return [one for one in everything if one.path != "/healthz"]

    def forget(self) -> None:
        """Empty the record."""
        self._record.write_text("")
