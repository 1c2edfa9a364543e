"""A real server process that tests start, kill and freeze."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).parents[2]
_PATIENCE_S = 180.0  # a machine with twenty other things to do starts it late


class Process(Protocol):
    """A running program, the head of a session of its own."""

    pid: int

    def poll(self) -> int | None:
        """Return nothing while it runs."""
        ...

    def wait(self) -> int:
        """Return once it has ended."""
        ...


@dataclass
class Forked:
    """A process that another one has begun, and takes away when it ends."""

    pid: int

    def poll(self) -> int | None:
        """Return nothing while it runs."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self) -> int:
        """Return once it has ended."""
        while self.poll() is None:
            time.sleep(0.005)
        return 0


class Server:
    """Easeback served by granian on a free port of this machine, in a process of its own.

    ``app`` names the WSGI application; tests that need a broken one name their own. ``root`` is the
    checkout to serve.
    """

    def __init__(
        self,
        folder: Path,
        app: str = "wsgi:app",
        port: int | None = None,
        settings: Mapping[str, str] | None = None,
        root: Path = ROOT,
    ) -> None:
        self.port = port or _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._app = app
        self._root = root
        self._log = folder / f"server-{self.port}.log"
        self._environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if "EASEBACK" not in name or name == "EASEBACK_LANGUAGES"
            },
            "DATABASE_URL": f"sqlite:///{folder / 'test.sqlite3'}",
            **(settings or {}),
        }
        self._process: Process | None = None

    def start(self) -> Server:
        """Start the process and return once it answers."""
        self._process = self._launch()
        self._wait()
        return self

    def _launch(self) -> Process:
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--log-level", "warning"]
        command += ["--port", str(self.port), "--blocking-threads", "2", self._app]
        with self._log.open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=self._root,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End the process and its children at once, as a dead battery would."""
        self._signal(signal.SIGKILL)
        if self._process:
            self._process.wait()
        self._process = None

    def freeze(self) -> None:
        """Stop the process without closing its port: connections succeed, no byte comes."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen process go on."""
        self._signal(signal.SIGCONT)

    def log(self) -> str:
        """Return everything that the process has printed."""
        return self._log.read_text()

    def get(self, path: str) -> bytes:
        """Return the body of a page."""
        with urllib.request.urlopen(self.url + path, timeout=_PATIENCE_S) as response:
            return bytes(response.read())

    def _signal(self, number: signal.Signals) -> None:
        if self._process and self._process.poll() is None:
            os.killpg(self._process.pid, number)

    def _wait(self) -> None:
        end = time.monotonic() + _PATIENCE_S
        while time.monotonic() < end:
            if self._process is None or self._process.poll() is not None:
                break
            try:
                self.get("/healthz")
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
            else:
                return
        raise AssertionError(f"The server does not answer:\n{self.log()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
