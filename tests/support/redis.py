"""A real Redis that tests start, freeze and kill, with nothing in it and nothing on a disk."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from tests.support import system

_PATIENCE_S = 60.0


class Redis:
    """A server of its own, reached by a socket in a folder of its own."""

    def __init__(self) -> None:
        program = system.redis()
        assert program, "There is no Redis: `python -m tests.support.system` installs it."
        # Not pytest's folder: the name of a socket has at most 107 bytes.
        self._folder = Path(tempfile.mkdtemp(prefix="easeback-"))
        self._socket = self._folder / "socket"
        command = [program, "--port", "0", "--unixsocket", str(self._socket)]
        command += ["--save", "", "--dir", str(self._folder), "--loglevel", "warning"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        self.client = redis.Redis(unix_socket_path=str(self._socket))
        self._wait()

    @property
    def address(self) -> str:
        """What EASEBACK_LIMITS says of it."""
        return f"redis+unix://{self._socket}"

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let it stand still: lines are taken, and nothing is said."""
        os.kill(self._process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self._process.pid, signal.SIGCONT)

    def contents(self) -> bytes:
        """Return every key that it holds, a line each."""
        return b"\n".join(self.client.scan_iter())

    def remove(self) -> None:
        """End it and take its files away."""
        self._process.kill()
        self._process.wait()
        shutil.rmtree(self._folder)

    def _wait(self) -> None:
        end = time.monotonic() + _PATIENCE_S
        while True:
            try:
                self.client.ping()
            except redis.ConnectionError:
                assert time.monotonic() < end
                assert self._process.poll() is None
                time.sleep(0.02)
            else:
                return
