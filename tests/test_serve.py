"""The server as a program: how it starts, what survives what, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from tests.support.fronts import ask, half_a_body
from tests.support.server import KEPT

ROOT = Path(__file__).parents[1]
WORKERS = 4
_PATIENCE_S = 180.0
_STOPPED_S = 30
"""More than a stop may take, and less than it would take to wait for somebody."""


class Program:
    """The server in a session of its own; all that it prints is in a file."""

    def __init__(self, folder: Path, **settings: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._log = folder / f"log-{self.port}"
        own = {name: value for name, value in os.environ.items() if "EASEBACK" not in name}
        given = {"PORT": str(self.port), "DATABASE_URL": f"sqlite:///{folder / 'kept.sqlite3'}"}
        given |= {"EASEBACK_LANGUAGES": "en", "EASEBACK_WORKERS": str(WORKERS)}
        given |= {"EASEBACK_KEEP": str(KEPT)}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "webapp.serve"],
                cwd=ROOT,
                env={**own, **given, **settings},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def first(self) -> int:
        """The process that all the others come from."""
        return self._process.pid

    def log(self) -> str:
        return self._log.read_text()

    def is_at_its_address(self) -> bool:
        return f"Easeback is at http://127.0.0.1:{self.port}/" in self.log()

    def processes(self) -> set[int]:
        """Return all that are alive of the session, the first one among them."""
        alive = set()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                state, _, _, session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(session) == self.first and state != "Z":
                alive.add(int(folder.name))
        return alive

    def workers(self) -> set[int]:
        return self.processes() - {self.first}

    def ended(self) -> int:
        """Return how the first process ended, in good time, and with all the others."""
        status = self._process.wait(_STOPPED_S)
        until(lambda: not self.processes(), "something is left", _STOPPED_S)
        return status

    def kill(self) -> None:
        for process in self.processes():
            os.kill(process, signal.SIGKILL)
        self._process.wait()


def until(holds: Callable[[], bool], otherwise: str, patience_s: float = _PATIENCE_S) -> None:
    end = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < end, otherwise
        time.sleep(0.02)


Start = Callable[..., Program]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts programs; those that are left at the end are killed."""
    # A shell ignores it for what it puts into the background, and children inherit that.
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    programs: list[Program] = []

    def begin(**settings: str) -> Program:
        programs.append(Program(tmp_path, **settings))
        return programs[-1]

    yield begin
    for program in programs:
        program.kill()
    signal.signal(signal.SIGINT, heard)


def answering(program: Program) -> Program:
    until(program.is_at_its_address, "it never said where it is")
    return program


def test_workers_are_replaced_and_a_stop_waits_for_no_body(start: Start) -> None:
    program = answering(start())
    assert ask(program.port, "/en/").status == 200  # once it says so, it answers
    until(lambda: len(program.workers()) == WORKERS, "not all of them came")
    for worker in sorted(program.workers()):
        before = program.workers()
        os.kill(worker, signal.SIGKILL)
        until(
            lambda gone=worker, before=before: (  # type: ignore[misc]
                gone not in program.workers() and len(program.workers() - before) == 1
            ),
            "nobody took its place",
        )
        # A line that waited for the worker is lost with it; the next one is not.
        until(lambda: is_answered(program), "the others do not answer")
    assert program.log().count("Easeback is at ") == 1

    lines = [half_a_body(program.port, "/en/check/") for _ in range(2 * WORKERS)]
    os.kill(program.first, signal.SIGTERM)
    assert program.ended() == 0
    for line in lines:
        line.close()
    assert "Traceback" not in program.log()


def is_answered(program: Program) -> bool:
    try:
        return ask(program.port, "/en/").status == 200
    except OSError:
        return False


def test_one_scrape_tells_what_all_workers_have_answered(start: Start) -> None:
    program = answering(start(EASEBACK_METRICS="1", EASEBACK_WORKERS="2"))
    until(lambda: len(program.workers()) == 2, "not both came")
    pages = [ask(program.port, "/en/").status for _ in range(20)]
    worker = min(program.workers())
    os.kill(worker, signal.SIGKILL)
    until(lambda: worker not in program.workers() and len(program.workers()) == 2, "it is alone")
    until(lambda: is_answered(program), "nobody answers")
    more = [ask(program.port, "/en/").status for _ in range(20)]
    assert {*pages, *more} == {200}
    told = ask(program.port, "/metrics").body.decode()
    found = re.search(r'requests_total{kind="page",status="200",release="\w{12}"} (\d+)', told)
    assert found
    assert 41 <= int(found[1]) < 60  # it was asked, too, until somebody answered


def test_no_worker_outlives_the_first_process(start: Start) -> None:
    program = answering(start())
    line = half_a_body(program.port, "/en/feedback/")
    assert len(program.workers()) > 0
    os.kill(program.first, signal.SIGKILL)
    assert program.ended() == -signal.SIGKILL
    line.close()


def stops_after(start: Start, seconds: float, number: signal.Signals) -> bool:
    """Send a signal so long after the start; return whether it answered by then."""
    program = start(EASEBACK_WORKERS="2")
    time.sleep(seconds)
    answered = program.is_at_its_address()
    os.kill(program.first, number)
    # Python itself has to start before it can say that it was asked to end.
    ended = program.ended()
    is_early = ended == 1 and "Fatal Python error: init_" in program.log()
    assert is_early or ended in (0, 130, -number), program.log()
    assert "Exception ignored" not in program.log()
    return answered


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["TERM", "INT"])
def test_a_signal_ends_it_at_any_moment_of_its_start(
    number: signal.Signals, start: Start, chance: Random
) -> None:
    for seconds in (0.0, chance.uniform(0.5, 6.0)):
        stops_after(start, seconds, number)


@pytest.mark.soak("every half second of a start")
def test_a_signal_ends_it_at_every_half_second_of_its_start(
    start: Start, tally: Counter[str]
) -> None:
    while not stops_after(start, tally["starts"] / 2, signal.SIGTERM):
        tally["starts"] += 1


def refusal(**settings: str) -> str:
    """Return the one line in which a start ended."""
    own = {name: value for name, value in os.environ.items() if "EASEBACK" not in name}
    own |= {"DATABASE_URL": "sqlite://", "EASEBACK_WORKERS": str(WORKERS)}
    done = subprocess.run(
        [sys.executable, "-m", "webapp.serve"],
        cwd=ROOT,
        env={**own, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    return line


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("PORT", "http"),
        ("EASEBACK_HOST", "203.0.113.7"),  # kept for documentation: no machine has it
        ("EASEBACK_COLOUR", "red"),
    ],
)
def test_a_bad_setting_is_named_in_one_line_however_many_workers(setting: str, value: str) -> None:
    assert refusal(**{setting: value}).startswith(f"easeback: {setting}: ")


def test_a_port_in_use_is_named_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert re.match(rf"easeback: PORT: {port} is already in use: ", refusal(PORT=port))
