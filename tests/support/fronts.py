"""Our own server as people reach it, for tests that stall it: one process, begun at once."""

from __future__ import annotations

import http.client
import select
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass

from tests.support.records import stager
from tests.support.server import Process, Server

CHECK = "chest-tight=yes"
_HEADERS = {"Sec-Fetch-Site": "same-origin", "Authorization": f"Bearer {'0' * 64}"}
_FORM = "application/x-www-form-urlencoded"
_SEALED = "application/octet-stream"
_PATIENCE_S = 60.0
_TRIES = 3


class FrontServer(Server):
    """The server of a release that is built already."""

    def _launch(self) -> Process:
        return stager().start(
            {
                "port": self.port,
                "log": str(self._log),
                "environment": self._environment,
                "front": True,
            }
        )


@dataclass(frozen=True)
class Told:
    """An answer, and after how many seconds it was there."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    seconds: float


def ask(port: int, path: str, body: str = "", method: str = "") -> Told:
    """Ask for a page or a vault, post a form or put a vault, by a line of its own."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)
    began = time.monotonic()
    try:
        headers = {**_HEADERS, "Content-Type": _SEALED if method == "PUT" else _FORM}
        line.request(method or ("POST" if body else "GET"), path, body or None, headers)
        answer = line.getresponse()
        whole = answer.read()
    finally:
        line.close()
    return Told(answer.status, answer.headers, whole, time.monotonic() - began)


def answers_at_once(port: int) -> None:
    """Fail unless a page, a check and the sign of life are answered in less than a second.

    The quickest of a few tries counts: what is stalled is slow each time, a busy machine is not.
    """
    for path, form in (("/en/", ""), ("/en/check/", CHECK), ("/livez", "")):
        told = [ask(port, path, form) for _ in range(_TRIES)]
        assert {one.status for one in told} == {200}, (path, told[0].status)
        assert min(one.seconds for one in told) < 1, (path, [one.seconds for one in told])


def send(port: int, *sent: bytes) -> socket.socket:
    """Open a line and send what is given."""
    line = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE_S)
    for part in sent:
        line.sendall(part)
    return line


def half_a_body(port: int, path: str, method: str = "POST") -> socket.socket:
    """Open a line and send a request, but not all of its body."""
    head = f"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n"
    return send(port, head.encode(), b"half of a body")


def told(line: socket.socket) -> tuple[int, bytes]:
    """Return the status and all bytes of the one answer on a line, and close it."""
    with line:
        whole = b"".join(iter(lambda: line.recv(65536), b""))
    return int(whole.split(b" ", 2)[1]), whole


def waiting(lines: Iterable[socket.socket]) -> int:
    """Return on how many of the lines nothing has come yet."""
    lines = list(lines)
    readable, _, _ = select.select(lines, [], [], 0)
    return len(lines) - len(readable)
