"""What stands between the network and Flask: no slow body and no slow database can stall it.

An RSGI application. What the release holds is answered at once; a body is collected on the event
loop, under a deadline, and takes a thread only once it is whole; a thread that waits for a database
delays nobody who needs none. Decision 21 says why, and what it costs.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
import sys
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol, TypeVarTuple

from webapp.backup import wire
from webapp.triage import interview
from webapp.web import metrics, request_id
from webapp.web.errors.pages import FAILED
from webapp.web.feedback import views as feedback
from webapp.web.metrics import Counters
from webapp.web.release_layer import ReleaseLayer
from webapp.web.representations import Sent
from webapp.web.security import HEADERS, PAGE_HEADERS

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

BODY_S = 10
"""Within how many seconds a body has to be there."""
THREADS = 16
"""More than a process has slots of its database, so that one which hangs does not take them all."""
_WAITING = 64
_BODIES = 512
"""How many bodies may be on their way at once; each takes memory, and no thread."""
_ANSWER_S = 30
_RETRY_AFTER_S = 10
_LONGEST = 1 + max(
    feedback.LONGEST_BODY, interview.LONGEST_BODY, wire.LONGEST_BODY, wire.LONGEST_HEADER
)
"""So much of a body is handed on; one byte more than may be tells that it is too long."""

_VAULT = "/vault/"
_WORDS = dict.fromkeys((HTTPStatus.BAD_REQUEST, HTTPStatus.LENGTH_REQUIRED), wire.Refused.word)
_LATER = "later"

_Given = TypeVarTuple("_Given")

_log = logging.getLogger(__name__)


class Headers(Protocol):
    """The headers of a request; names are in small letters."""

    def get(self, name: str, default: str = "") -> str:
        """Return the first value of a header."""

    def get_all(self, name: str) -> list[str]:
        """Return all values of a header."""

    def items(self) -> list[tuple[str, str]]:
        """Return every header, in the order of their arrival."""


class Scope(Protocol):
    """A request but for its body, as RSGI gives it."""

    proto: str
    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    headers: Headers


class Line(Protocol):
    """Where the body comes from and the answer goes to."""

    def __call__(self) -> Awaitable[bytes]:
        """Return the body, once it is whole."""

    def __aiter__(self) -> Any:
        """Iterate over the body, in pieces of bytes."""

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Send the answer."""


class Unfinished(Exception):
    """A body that did not come: the status to say so with."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class EagerLoop(asyncio.SelectorEventLoop):
    """An event loop that takes the first step of a request where the request arrives.

    The server hands each request over from a thread of its own, which means to wake this one. What
    is answered in one step needs none of that, and costs half. Whatever suspends goes on here, as
    it would without this class: a coroutine must not ask for its loop or task before that.
    """

    def __init__(self) -> None:
        super().__init__()
        self._done = asyncio.Handle(lambda: None, (), self)

    def call_soon_threadsafe(
        self,
        callback: Callable[[*_Given], object],
        *args: *_Given,
        context: Context | None = None,
    ) -> asyncio.Handle:
        """Take the first step of a coroutine that is handed over; schedule all the rest."""
        if args and asyncio.iscoroutine(args[0]):
            try:
                args[0].send(None)
            except StopIteration:
                return self._done
        return super().call_soon_threadsafe(callback, *args, context=context)


class Front:
    """An RSGI application around the release and around what is behind its layer."""

    def __init__(
        self, layer: ReleaseLayer, *, trusts: bool = False, counters: Counters | None = None
    ) -> None:
        """``trusts`` takes the id of a request from its header, as a proxy of our own set it.

        ``counters`` count what is answered, and are answered at an address of their own.
        """
        self._layer = layer
        self._trusts = trusts
        self._counters = counters
        self._bodies = 0
        self._handed_on = 0

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Make the threads, in the process that uses them."""
        self._threads = ThreadPoolExecutor(THREADS, "flask")

    async def __rsgi__(self, scope: Scope, line: Line) -> None:
        """Answer a request; raise nothing."""
        try:
            sent = self._at_once(scope)
            if sent is None:
                await asyncio.sleep(0)  # from here on in the thread of the loop
                sent = await self._in_time(scope, line)
        except Exception as fault:  # noqa: BLE001 whatever it is, somebody waits for an answer
            # The kind only: its text may hold what was asked.
            _log.error("A request failed: %s", type(fault).__name__)
            sent = self._apology(scope, HTTPStatus.INTERNAL_SERVER_ERROR)
        if self._counters:
            self._counters.count(scope.method, scope.path, sent.status)
        line.response_bytes(*sent)

    def _at_once(self, scope: Scope) -> Sent | None:
        """Return the answer where nothing has to be waited for."""
        if len(scope.headers.get_all("host")) > 1:
            return self._apology(scope, HTTPStatus.BAD_REQUEST)
        method, path = scope.method, scope.path
        if not self._layer.holds(method, path):
            is_asked = path == metrics.ADDRESS and method in ("GET", "HEAD")
            return self._metrics(method, self._counters) if self._counters and is_asked else None
        headers = scope.headers
        accepted, tags = headers.get("accept-encoding", ""), headers.get("if-none-match", "")
        return _unnamed(self._layer.get(method, path, accepted, tags))

    def _metrics(self, method: str, counters: Counters) -> Sent:
        body = counters.text()
        kind = {**HEADERS, "Content-Type": metrics.TYPE, "Cache-Control": "no-store"}
        headers = [*kind.items(), ("Content-Length", str(len(body)))]
        return _unnamed(Sent(HTTPStatus.OK, headers, b"" if method == "HEAD" else body))

    async def _in_time(self, scope: Scope, line: Line) -> Sent:
        layer = self._layer
        try:
            body = await self._body(scope, line)
        except Unfinished as unfinished:
            return self._apology(scope, unfinished.status)
        environ = environment(scope, body)
        if layer.checks(scope.method, scope.path):
            return _unnamed(layer.check(environ, body))
        return await self._behind(scope, environ)

    async def _body(self, scope: Scope, line: Line) -> bytes:
        """Return the body, cut after more than any honest one has; raise Unfinished.

        What follows is read too: a server closes the connection on who is not heard to the end.
        """
        if scope.headers.get_all("transfer-encoding"):
            # The end of one in pieces looks the same where the line broke as where it is whole.
            raise Unfinished(HTTPStatus.LENGTH_REQUIRED)
        announced = scope.headers.get("content-length", "0")
        if announced == "0":
            return b""
        if self._bodies >= _BODIES:
            raise Unfinished(HTTPStatus.SERVICE_UNAVAILABLE)
        kept, came = bytearray(), 0
        self._bodies += 1
        try:
            async with asyncio.timeout(BODY_S):
                if len(announced) < len(str(_LONGEST)):
                    # A short one as a whole: each piece costs two switches of threads.
                    with contextlib.suppress(RuntimeError):  # what an unfinished one is told by
                        kept += await line()
                    came = len(kept)
                else:
                    async for piece in line:
                        came += len(piece)
                        kept += piece[: _LONGEST - len(kept)]
        except TimeoutError:
            raise Unfinished(HTTPStatus.REQUEST_TIMEOUT) from None
        finally:
            self._bodies -= 1
        if announced != str(came):
            raise Unfinished(HTTPStatus.BAD_REQUEST)  # who sent less is gone
        return bytes(kept)

    async def _behind(self, scope: Scope, environ: WSGIEnvironment) -> Sent:
        """Return what the application behind the layer answers."""
        if self._handed_on >= THREADS + _WAITING:
            return self._apology(scope, HTTPStatus.SERVICE_UNAVAILABLE)
        self._handed_on += 1
        identity = request_id.give(environ, trusts=self._trusts)
        asked = self._threads.submit(self._ask, environ)
        answer = asyncio.wrap_future(asked)
        answer.add_done_callback(self._is_back)
        done, _ = await asyncio.wait([answer], timeout=_ANSWER_S)
        if not done:
            _log.error("A request takes longer than %s s (request %s)", _ANSWER_S, identity)
            sent = self._apology(scope, HTTPStatus.SERVICE_UNAVAILABLE)
            return sent._replace(headers=[*sent.headers, (request_id.HEADER, identity)])
        return answer.result()

    def _is_back(self, answer: asyncio.Future[Sent]) -> None:
        self._handed_on -= 1
        answer.exception()  # looked at, also where nobody waits for it any more

    def _ask(self, environ: WSGIEnvironment) -> Sent:
        said: list[tuple[int, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
            said[:] = [(int(status.split(" ", 1)[0]), headers)]

        pieces = self._layer.application(environ, start_response)
        try:
            body = b"".join(pieces)
        finally:
            if hasattr(pieces, "close"):
                pieces.close()
        return _unnamed(Sent(*said[0], body))

    def _apology(self, scope: Scope, status: HTTPStatus) -> Sent:
        """Return an answer for a request that Flask does not see, as Flask would word it."""
        more = [("Connection", "close")]  # there may be a body that nobody has read
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            more.append(("Retry-After", str(_RETRY_AFTER_S)))
        if scope.path.startswith(_VAULT):
            word = _WORDS.get(status, _LATER)
            kind = {**HEADERS, "Content-Type": "application/json", "Cache-Control": "no-store"}
            body = f'{{"error":"{word}"}}\n'.encode()
            return _unnamed(Sent(status, [*kind.items(), *more], body))
        release = self._layer.release
        first = scope.path.strip("/").partition("/")[0]
        code = first if first in release.site.languages else release.site.languages[0]
        headers = {**PAGE_HEADERS, "Content-Language": code}
        return _unnamed(Sent(status, [*headers.items(), *more], release.page(code, FAILED)))


def _unnamed(sent: Sent) -> Sent:
    """Return the answer without the name of the server, which is added where there is none."""
    return sent._replace(headers=[*sent.headers, ("Server", "")])


def environment(scope: Scope, body: bytes) -> WSGIEnvironment:
    """Return a request for a WSGI application.

    A header with an underscore in its name is left out: WSGI cannot tell ``X_Forwarded_For`` from
    ``X-Forwarded-For``, which a proxy guards.
    """
    host, _, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **dict(_headers(scope.headers)),
    }
    if body:
        environ["CONTENT_LENGTH"] = str(len(body))
    return environ


def _headers(headers: Headers) -> Iterator[tuple[str, str]]:
    found: dict[str, list[str]] = {}
    for name, value in headers.items():
        if "_" not in name and name not in ("content-length", "transfer-encoding"):
            found.setdefault(name.upper().replace("-", "_"), []).append(value)
    for name, values in found.items():
        joined = ("; " if name == "COOKIE" else ",").join(values)
        yield (name if name == "CONTENT_TYPE" else f"HTTP_{name}"), joined
