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
from typing import Protocol, Self

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "instance" / "tests"
"""Where servers of tests find the release compressed: nobody waits for that more than once."""
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
    """Easeback served on a free port of this machine, by processes of its own.

    ``app`` names a WSGI application to serve in place of ours, a broken one for example. ``root``
    is the checkout to serve; one of an older release may have its WSGI application only.
    """

    def __init__(
        self,
        folder: Path,
        app: str = "",
        port: int | None = None,
        settings: Mapping[str, str] | None = None,
        root: Path = ROOT,
    ) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        is_older = not (root / "webapp" / "serve.py").exists()
        self._app = app or ("wsgi:app" if is_older else "")
        self._root = root
        self._log = folder / f"server-{self.port}.log"
        self._environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if "EASEBACK" not in name or name == "EASEBACK_LANGUAGES"
            },
            "DATABASE_URL": f"sqlite:///{folder / 'test.sqlite3'}",
            **({"EASEBACK_KEEP": str(KEPT)} if root == ROOT else {}),
            **(settings or {}),
        }
        self._process: Process | None = None

    def start(self, answers: str = "/healthz") -> Self:
        """Start the process and return once it answers at an address."""
        self._process = self._launch()
        self._wait(answers)
        return self

    def _launch(self) -> Process:
        command = [sys.executable, "-m", "webapp.serve"]
        if self._app:
            command = [sys.executable, "-m", "granian", "--interface", "wsgi", self._app]
            command += ["--port", str(self.port), "--blocking-threads", "2"]
            command += ["--log-level", "warning"]
        with self._log.open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=self._root,
                env={**self._environment, "PORT": str(self.port)},
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

    def workers(self) -> list[int]:
        """Return the processes that answer, by the children of the first one."""
        assert self._process
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        return [int(child) for child in children.read_text().split()]

    def _wait(self, answers: str) -> None:
        end = time.monotonic() + _PATIENCE_S
        while time.monotonic() < end:
            if self._process is None or self._process.poll() is not None:
                break
            try:
                self.get(answers)
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
            else:
                return
        raise AssertionError(f"The server does not answer:\n{self.log()}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
