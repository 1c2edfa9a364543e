"""What an answer costs through our front, against the same application on the server's WSGI.

The two take turns, so that a machine with other things to do is busy for both. Counted is the
processor time of the workers, which no slow client and no other process changes.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.support.server import Server

TURNS = 7
REQUESTS = 1000
_FORM = b"chest-tight=yes"
_HEAD = b" HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip, deflate, br\r\n"
ASKED: Mapping[str, bytes] = {
    "a page": b"GET /en/" + _HEAD + b"\r\n",
    "a redirect by Flask": b"GET /" + _HEAD + b"\r\n",
    "a result of the check": b"POST /en/check/"
    + _HEAD
    + b"Content-Length: %d\r\n\r\n" % len(_FORM)
    + _FORM,
}


@dataclass(frozen=True)
class Cost:
    """Microseconds of processor time an answer, in each turn."""

    name: str
    front: Sequence[float]
    wsgi: Sequence[float]

    @property
    def ratios(self) -> list[float]:
        """How many times as much the front costs, in each turn."""
        return [mine / other for mine, other in zip(self.front, self.wsgi, strict=True)]


def measure(folder: Path) -> Iterator[Cost]:
    """Yield what each kind of answer costs."""
    with _running(folder / "front") as front, _running(folder / "wsgi", "wsgi:app") as wsgi:
        for name, request in ASKED.items():
            for server in (front, wsgi):
                _spend(server, request)  # what is made at the first request, is made
            turns = [(_spend(front, request), _spend(wsgi, request)) for _ in range(TURNS)]
            yield Cost(name, *zip(*turns, strict=True))


@contextmanager
def _running(folder: Path, app: str = "") -> Iterator[Server]:
    folder.mkdir()
    server = Server(folder, app).start()
    try:
        yield server
    finally:
        server.kill()


def _spend(server: Server, request: bytes) -> float:
    before = _processor_s(server)
    with closing(socket.create_connection(("127.0.0.1", server.port))) as line:
        for _ in range(REQUESTS):
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
    ratios = cost.ratios
    spread = f"{median(ratios):.2f} times ({min(ratios):.2f} to {max(ratios):.2f})"
    front, wsgi = median(cost.front), median(cost.wsgi)
    return f"{cost.name:<22}{front:>6,.0f} µs, by WSGI {wsgi:>6,.0f} µs: {spread}"
