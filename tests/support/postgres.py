"""A real PostgreSQL that tests start, stop and kill, with nothing in it."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import psycopg

from tests.support.system import postgres

_PATIENCE_S = 180.0  # a machine with twenty other things to do starts it late
_USER = "postgres"
_WITH_US = '"$@" & read -r _; kill -QUIT $!; wait'
"""Ends the server when its input is closed: also when the tests were killed."""


class Postgres:
    """A cluster of its own in a folder of its own, reached by a socket in that folder.

    ``durable`` has every commit on the disk before it is acknowledged, as a real one does; tests
    that kill nothing do not wait for that.
    """

    def __init__(self, *, durable: bool = True) -> None:
        self._durable = durable
        program = postgres()
        assert program, "There is no PostgreSQL: `python -m tests.support.system` installs it."
        self._bin = Path(program).parent
        # Not pytest's folder: that one is closed to the user as whom PostgreSQL insists to run.
        self.folder = Path(tempfile.mkdtemp(prefix="easeback-"))
        self._account = _USER if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            shutil.chown(self.folder, self._account, self._account)
        self._data = self.folder / "data"
        self._log = self.folder / "log"
        self._numbers = count()
        self._emptied: str | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._make()

    def start(self) -> Postgres:
        """Start the server and return once it takes connections."""
        command = ["sh", "-c", _WITH_US, "sh", str(self._bin / "postgres")]
        command += ["-D", str(self._data), "-k", str(self.folder)]
        command += ["-c", "listen_addresses=", "-c", "log_statement=none"]
        command += [] if self._durable else ["-c", "fsync=off"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=log, stderr=log, **self._as_account()
            )
        end = time.monotonic() + _PATIENCE_S
        while True:
            try:
                psycopg.connect(self._address("postgres")).close()
            except psycopg.OperationalError:
                assert time.monotonic() < end, self._log.read_text()
                assert self._process.poll() is None, self._log.read_text()
                time.sleep(0.05)
            else:
                return self

    def stop(self) -> None:
        """End the server at once; every connection breaks."""
        if self._process:
            self._process.communicate()
        self._process = None

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Let every process of the server stand still: lines are taken, and nothing is said."""
        assert self._process
        processes = list(_below(self._process.pid))
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in processes:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGCONT)

    def remove(self) -> None:
        """Stop the server and take its files away."""
        self.stop()
        shutil.rmtree(self.folder)

    def new_database(self) -> str:
        """Return the SQLAlchemy address of a new, empty database."""
        name = f"test_{next(self._numbers)}"
        with self._within("postgres") as connection:
            connection.execute(f"create database {name}")
        return f"postgresql+psycopg://{_USER}@/{name}?host={self.folder}"

    def empty_database(self) -> str:
        """Return the address of one database that tests use in turn: nobody and nothing is in it.

        To empty it takes a tenth of what a new one takes, and a hundred of them are a gigabyte.
        """
        if self._emptied is None:
            self._emptied = self.new_database()
        with self._within(_name(self._emptied)) as connection:
            connection.execute(
                "select pg_terminate_backend(pid, 10000) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
            connection.execute("drop schema public cascade")
            connection.execute("create schema public")
        return self._emptied

    def dump(self, address: str) -> bytes:
        """Return all that a database holds, as pg_dump writes it."""
        command = [str(self._bin / "pg_dump"), "--dbname", self._address(_name(address))]
        return subprocess.run(command, check=True, capture_output=True).stdout

    @property
    def programs(self) -> Path:
        """The folder of the server's programs."""
        return self._bin

    def log(self) -> str:
        """Return everything that the server has printed."""
        return self._log.read_text()

    def _address(self, name: str) -> str:
        return f"host={self.folder} user={_USER} dbname={name}"

    def _within(self, name: str) -> psycopg.Connection:
        return psycopg.connect(self._address(name), autocommit=True)

    def _make(self) -> None:
        command = [str(self._bin / "initdb"), "-D", str(self._data), "-U", _USER, "-A", "trust"]
        command += ["-E", "UTF8", "--no-sync"]
        made = subprocess.run(
            command, check=False, capture_output=True, text=True, **self._as_account()
        )
        assert made.returncode == 0, made.stdout + made.stderr

    def _as_account(self) -> dict[str, str | Path]:
        me: dict[str, str | Path] = {"cwd": self.folder}
        return {**me, "user": self._account, "group": self._account} if os.geteuid() == 0 else me


def _name(address: str) -> str:
    """Return the name of the database that a SQLAlchemy address leads to."""
    return address.partition("@/")[2].partition("?")[0]


def _below(process: int) -> Iterator[int]:
    """Yield the processes that one has begun, and those that they have."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    for child in map(int, children):
        yield child
        yield from _below(child)
