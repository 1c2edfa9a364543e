"""A bad network: a proxy before a server that spoils what a test names, by the path of a request.

It answers in threads of this process. Killed, it refuses connections as a dead server does; started
again it is there at the same address, so that a browser's origin stays what it was.
"""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORTAL = b"<!doctype html><title>Hotel</title><h1>Sign in to use this network</h1>"
_HOPS = frozenset(("connection", "transfer-encoding", "content-length", "keep-alive", "date"))
_UPSTREAM_S = 60
_DETOUR = "elsewhere"


@dataclass(frozen=True)
class Answer:
    """What the server has answered, before it is sent on."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    path: str = ""

    def bytes(self, body: bytes | None = None) -> bytes:
        """Return all that goes over the line; the length that it states is of this body."""
        body = self.body if body is None else body
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.status not in (204, 304):
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1") + body


@dataclass(frozen=True)
class Asked:
    """A request as it came in; the names of its headers are in small letters."""

    method: str
    path: str
    headers: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Sent:
    """What comes over the line: bytes, and whether the line then stays open without any more."""

    bytes: bytes
    then_hangs: bool = False


Fault = Callable[[Answer], Sent]


def cut(after: int) -> Fault:
    """The line breaks after so many bytes, those of the headers counted."""
    return lambda answer: Sent(answer.bytes()[:after])


def cut_body(share: float) -> Fault:
    """The line breaks after this share of the body, which was announced whole."""

    def spoil(answer: Answer) -> Sent:
        head = len(answer.bytes()) - len(answer.body)
        return Sent(answer.bytes()[: head + int(len(answer.body) * share)])

    return spoil


def stall(after: int = 0) -> Fault:
    """Nothing more comes after so many bytes, and the line stays open."""
    return lambda answer: Sent(answer.bytes()[:after], then_hangs=True)


def truncate(share: float = 0.5) -> Fault:
    """The answer is whole and well-formed but for its end, which is missing."""
    return lambda answer: Sent(answer.bytes(answer.body[: int(len(answer.body) * share)]))


def flip(share: float = 0.5) -> Fault:
    """One bit of the body is another."""

    def spoil(answer: Answer) -> Sent:
        body = bytearray(answer.body)
        if body:
            body[min(int(len(body) * share), len(body) - 1)] ^= 1
        return Sent(answer.bytes(bytes(body)))

    return spoil


def status(number: int) -> Fault:
    """The server is broken, missing or busy."""
    page = b"<!doctype html><title>Fault</title>"
    return lambda _: Sent(Answer(number, {"Content-Type": "text/html"}, page).bytes())


def detour() -> Fault:
    """The right answer is at another address of the same server, to which this one leads."""

    def lead(answer: Answer) -> Sent:
        if _DETOUR in answer.path:
            return Sent(answer.bytes())
        return Sent(Answer(302, {"Location": f"{answer.path}?{_DETOUR}"}, b"").bytes())

    return lead


def portal() -> Fault:
    """A hotel's network answers everything with its own page, and calls that a success."""
    return lambda _: Sent(Answer(200, {"Content-Type": "text/html"}, PORTAL).bytes())


def lose() -> Fault:
    """The server does what it was asked, and nobody hears of it."""
    return lambda _: Sent(b"")


def prefix(text: str) -> Fault:
    """Something stands before the body."""
    return lambda answer: Sent(answer.bytes(text.encode() + answer.body))


@dataclass
class _Rule:
    path: str
    fault: Fault
    spared: int
    times: float


@dataclass
class FaultProxy:
    """The line to a server; without a fault it changes nothing but for the compression."""

    target: int
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    """Every request, in the order of their arrival."""
    sent: int = 0
    """How many bytes have come over the line."""
    _left: float = float("inf")
    _rules: list[_Rule] = field(default_factory=list)
    _mutex: threading.Lock = field(default_factory=threading.Lock)
    _server: _Line | None = None
    _dead: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> FaultProxy:
        """Take connections, at the address of before."""
        if not self._server:
            self._dead = threading.Event()
            self._server = _Line(self, self.port)
            self.port = self._server.server_port
            serve = self._server.serve_forever
            threading.Thread(target=serve, args=(0.01,), daemon=True).start()
        return self

    def kill(self) -> None:
        """Break every line, and refuse new ones."""
        server, self._server = self._server, None
        if server:
            server.shutdown()
            server.break_lines()
            server.server_close()
            self._dead.set()

    def waits_until_dead(self) -> None:
        """Return once connections are refused."""
        assert self._dead.wait(_UPSTREAM_S)

    def meets(
        self, path: str, fault: Fault, *, spared: int = 0, times: float = float("inf")
    ) -> None:
        """Let requests whose path begins like this meet a fault, so many after those spared."""
        with self._mutex:
            self._rules.insert(0, _Rule(path, fault, spared, times))

    def breaks_after(self, count: float) -> None:
        """Let so many bytes more come, on all connections together; then the line is dead."""
        self._left = count

    def works(self) -> None:
        """Forget the faults, and what was asked."""
        with self._mutex:
            self._rules.clear()
            self.asked.clear()
            self.sent = 0
            self._left = float("inf")

    def paths(self) -> list[str]:
        """Return the path of every request so far."""
        return [asked.path for asked in self.asked]

    def posts(self) -> list[Asked]:
        """Return every form that was posted so far."""
        return [asked for asked in self.asked if asked.method == "POST"]

    def _fault_of(self, method: str, path: str, headers: Mapping[str, str]) -> Fault | None:
        told = {name.lower(): value for name, value in headers.items()}
        with self._mutex:
            self.asked.append(Asked(method, path, told))
            rule = next((rule for rule in self._rules if path.startswith(rule.path)), None)
            if rule is None or rule.times <= 0:
                return None
            if rule.spared:
                rule.spared -= 1
                return None
            rule.times -= 1
            return rule.fault

    def _let_through(self, sent: bytes) -> bytes:
        """Return how much of what comes gets through before the line breaks."""
        with self._mutex:
            through = sent[: int(min(self._left, len(sent)))]
            self._left -= len(through)
            self.sent += len(through)
        return through

    def _ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Ask the server itself."""
        connection = http.client.HTTPConnection("127.0.0.1", self.target, timeout=_UPSTREAM_S)
        with closing(connection):
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            kept = {k: v for k, v in answer.headers.items() if k.lower() not in _HOPS}
            return Answer(answer.status, kept, answer.read(), path)


class _Line(ThreadingHTTPServer):
    """The end of the line at which the browser is."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, proxy: FaultProxy, port: int) -> None:
        self.proxy = proxy
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Request)

    def process_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        self._open.add(request)
        super().process_request(request, client_address)  # type: ignore[arg-type]

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]
        self._open.discard(request)
        super().shutdown_request(request)

    def break_lines(self) -> None:
        for line in [*self._open]:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def handle_error(self, *_: object) -> None:
        """Keep quiet: a browser that hangs up is part of the tests."""


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Line

    def _pass_on(self) -> None:
        proxy = self.server.proxy
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        # The server's own compression would hide where in a text a fault is.
        gone = ("accept-encoding", "connection")
        headers = {k: v for k, v in self.headers.items() if k.lower() not in gone}
        fault = proxy._fault_of(self.command, self.path, headers)  # noqa: SLF001
        self.close_connection = True
        try:
            answer = proxy._ask(self.command, self.path, headers, body)  # noqa: SLF001
        except (OSError, http.client.HTTPException):
            return
        sent = fault(answer) if fault else Sent(answer.bytes())
        through = proxy._let_through(sent.bytes)  # noqa: SLF001
        with suppress(OSError):
            self.wfile.write(through)
            self.wfile.flush()
        if len(through) < len(sent.bytes):
            proxy.kill()
        if sent.then_hangs:
            proxy._dead.wait()  # noqa: SLF001

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pass_on  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@contextmanager
def fault_proxy(target: int) -> Iterator[FaultProxy]:
    """Lend a line to the server at a port."""
    proxy = FaultProxy(target).start()
    try:
        yield proxy
    finally:
        proxy.kill()
