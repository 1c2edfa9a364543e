"""What an answer costs through our front.

Pages are held against the same application on the server's WSGI, forms of the check against a view
of Flask that returns constant bytes. Two servers take turns, so that a machine with other things to
do is busy for both. Counted is the processor time of the workers, which no slow client and no other
process changes.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from tests.support.server import Server
from tests.support.site import build
from webapp.commands.triage import STORIES
from webapp.release.parts import Release
from webapp.triage import cases

TURNS = 7
REQUESTS = 1000
_HEAD = b" HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip, deflate, br\r\n"
WSGI, CONSTANT = "by WSGI", "constant bytes by Flask"
_APPS: Mapping[str, str] = {WSGI: "wsgi:app", CONSTANT: "tests.benches.constant:app"}


@dataclass(frozen=True)
class Asked:
    """Requests of one kind, and whose answers to them ours are held against."""

    name: str
    requests: Sequence[bytes]
    other: str


@dataclass(frozen=True)
class Cost:
    """Microseconds of processor time an answer, in each turn."""

    name: str
    front: Sequence[float]
    other: str
    others: Sequence[float]

    @property
    def speeds(self) -> list[float]:
        """How many answers the front gives in the time of one of the other, in each turn."""
        return [other / mine for mine, other in zip(self.front, self.others, strict=True)]


def asked() -> Iterator[Asked]:
    """Yield what is measured: of the check, the first and the last form of every story."""
    yield Asked("a page", [b"GET /en/" + _HEAD + b"\r\n"], WSGI)
    yield Asked("a redirect by Flask", [b"GET /" + _HEAD + b"\r\n"], WSGI)
    made = build()
    stories = cases.load(STORIES, made.knowledge)
    walks = [[step.form for step in cases.walk(made.interview, story)] for story in stories]
    for name, place in (("first step of the check", 0), ("result of the check", -1)):
        yield Asked(name, [_post(walk[place]) for walk in walks], CONSTANT)


def _post(form: bytes) -> bytes:
    return b"POST /en/check/" + _HEAD + b"Content-Length: %d\r\n\r\n" % len(form) + form


def compiling() -> float:
    """Return how many seconds of processor time a server takes to compile what answers forms."""
    made = build()
    release = Release(made.release.site, made.prover.compiler)
    _ = release.id  # which stands on every page
    began = time.process_time()
    release.compile()
    return time.process_time() - began


def measure(folder: Path) -> Iterator[Cost]:
    """Yield what each kind of answer costs."""
    with _running(folder / "front") as front:
        for kind in asked():
            with _running(folder / kind.name, _APPS[kind.other]) as other:
                for server in (front, other):
                    _spend(server, kind.requests)  # what is made at the first request, is made
                turns = [
                    (_spend(front, kind.requests), _spend(other, kind.requests))
                    for _ in range(TURNS)
                ]
            mine, others = zip(*turns, strict=True)
            yield Cost(kind.name, mine, kind.other, others)


@contextmanager
def _running(folder: Path, app: str = "") -> Iterator[Server]:
    folder.mkdir()
    server = Server(folder, app).start()
    try:
        yield server
    finally:
        server.kill()


def _spend(server: Server, requests: Sequence[bytes]) -> float:
    before = _processor_s(server)
    with closing(socket.create_connection(("127.0.0.1", server.port))) as line:
        for request in islice(cycle(requests), REQUESTS):
            line.sendall(request)
            _read(line)
    return (_processor_s(server) - before) / REQUESTS * 1e6


def _read(line: socket.socket) -> None:
    head, _, body = line.recv(65536).partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(maxsplit=1)[0])
    while len(body) < length:
        body += line.recv(65536)


def _processor_s(server: Server) -> float:
    """Return how long the threads of the workers have run."""
    threads = (thread for pid in server.workers() for thread in Path(f"/proc/{pid}/task").iterdir())
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9


def report(cost: Cost) -> str:
    """Return the line that a person reads."""
    speeds = cost.speeds
    spread = f"{median(speeds):.2f} of its speed ({min(speeds):.2f} to {max(speeds):.2f})"
    front, other = median(cost.front), median(cost.others)
    return f"{cost.name:<24}{front:>6,.0f} µs, {cost.other} {other:>6,.0f} µs: {spread}"
