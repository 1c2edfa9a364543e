"""The layer around Flask that answers everything that is in the release.

Pages, the check and assets are pure functions of the release, so they need no routing, no request
object and no database. What is not in the release goes on to Flask.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

import brotli
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header, parse_etags

from webapp.release.parts import Release
from webapp.triage.interview import ANSWERS_VIEW, LONGEST_BODY
from webapp.web.security import HEADERS, PAGE_HEADERS, is_foreign

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_FOREVER = "public, max-age=31536000, immutable"
_FAST_QUALITY = 4
_CHUNK = 65536
_KEPT = ("Cache-Control", "Content-Security-Policy")
"""Headers that a "not modified" repeats: a browser updates its copy by them."""
# Small blocks suit files of many kinds of lists; what is made for the tables of fonts suits
# numbers, of which the largest file consists. There a second try would take seconds.
_BLOCK = 16
_LONG = 1_000_000
_BEST_QUALITY = 11


@dataclass(frozen=True)
class Answer:
    """A response before it is compressed."""

    body: bytes
    headers: Mapping[str, str]
    status: int = 200

    @property
    def etag(self) -> str:
        """The entity tag of the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


class ReleaseLayer:
    """A WSGI application that answers from the release, else from the application it wraps.

    The origin is where people find the site, or empty where that is not known.
    """

    def __init__(self, application: WSGIApplication, release: Release, origin: str = "") -> None:
        self._application = application
        self._release = release
        self._origin = origin
        self._answers = dict(_static(release, origin))
        self._tags = {path: answer.etag for path, answer in self._answers.items()}
        self._checks = {
            f"/{code}/{route}": (code, route)
            for code in release.site.languages
            for route, page in release.site.pages.items()
            if page.answers
        }
        _, self._check_route = next(iter(self._checks.values()))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer the request; what the release does not hold is Flask's."""
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        if method in ("GET", "HEAD") and path in self._answers:
            return self._known(environ, start_response, path)
        if method == "POST" and path in self._checks:
            return self._check(environ, start_response, *self._checks[path])
        return self._application(environ, start_response)

    def _known(
        self, environ: WSGIEnvironment, start_response: StartResponse, path: str
    ) -> Iterable[bytes]:
        answer, tag = self._answers[path], self._tags[path]
        if _has(environ.get("HTTP_IF_NONE_MATCH", ""), tag):
            kept = {name: answer.headers[name] for name in _KEPT if name in answer.headers}
            headers = {**kept, "ETag": tag, "Vary": "Accept-Encoding"}
            start_response("304 Not Modified", list(headers.items()))
            return [b""]
        tagged = replace(answer, headers={**answer.headers, "ETag": tag})
        return _send(environ, start_response, tagged, _best)

    def _check(
        self, environ: WSGIEnvironment, start_response: StartResponse, code: str, route: str
    ) -> Iterable[bytes]:
        state = self._release.site.interview.read(_body(environ))
        if is_foreign(environ, self._origin):
            # What others answered in a person's name is shown as answers, never as a result.
            state.view, state.note = ANSWERS_VIEW, None
            route = self._check_route
        body = self._release.page(code, route, state)
        headers = {**PAGE_HEADERS, "Content-Language": code}
        answer = Answer(body, headers, self._release.status(route, state))
        return _send(environ, start_response, answer, _fast)


def _static(release: Release, origin: str) -> Iterable[tuple[str, Answer]]:
    for code in release.site.languages:
        for route, page in release.site.pages.items():
            headers = {**PAGE_HEADERS, "Content-Language": code}
            if origin and page.status == HTTPStatus.OK:
                headers["Link"] = _in_every_language(release, origin, route)
            yield f"/{code}/{route}", Answer(release.page(code, route), headers, page.status)
    for url, asset in release.site.assets.items():
        lasting = "no-cache" if url in release.site.fixed else _FOREVER
        headers = {**HEADERS, "Content-Type": asset.type, "Cache-Control": lasting}
        yield url, Answer(asset.content, headers)
        if asset.path.startswith("icons/"):
            # The manifest names icons by an address that never changes.
            yield f"/{asset.path}", Answer(asset.content, {**headers, "Cache-Control": "no-cache"})
    for url, file in release.files.items():
        headers = {**HEADERS, "Content-Type": "application/json", "Cache-Control": _FOREVER}
        yield url, Answer(file.content, headers)
    script = {**HEADERS, "Content-Type": "text/javascript; charset=utf-8"}
    yield "/sw.js", Answer(release.worker, {**script, "Cache-Control": "no-cache"})


def _in_every_language(release: Release, origin: str, route: str) -> str:
    """Tell search engines where a page is in other languages, by whole addresses.

    Phones keep the bytes of a page, and need none of it, so it stands in a header of the server.
    """
    return ", ".join(
        f'<{origin}/{code}/{route}>; rel="alternate"; hreflang="{code}"'
        for code in release.site.languages
    )


def _body(environ: WSGIEnvironment) -> bytes:
    """Return the posted bytes, cut after one more than any honest form has.

    All of them are read: a server closes the connection on a client whose body it left unread.
    """
    stream = environ["wsgi.input"]
    body = cast(bytes, stream.read(LONGEST_BODY + 1))
    while stream.read(_CHUNK):
        pass
    return body


def _send(
    environ: WSGIEnvironment,
    start_response: StartResponse,
    answer: Answer,
    compress: Callable[[bytes], bytes],
) -> Iterable[bytes]:
    headers, body = dict(answer.headers), answer.body
    if _compresses(headers["Content-Type"]):
        headers["Vary"] = "Accept-Encoding"
        if _takes_brotli(environ.get("HTTP_ACCEPT_ENCODING", "")):
            headers["Content-Encoding"] = "br"
            body = compress(body)
    headers["Content-Length"] = str(len(body))
    phrase = HTTPStatus(answer.status).phrase
    start_response(f"{answer.status} {phrase}", list(headers.items()))
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


@lru_cache(maxsize=256)
def _takes_brotli(accepted: str) -> bool:
    return parse_accept_header(accepted, Accept).quality("br") > 0


def _has(tags: str, tag: str) -> bool:
    return bool(tags) and parse_etags(tags).contains_weak(tag.strip('"'))


def _compresses(kind: str) -> bool:
    return kind != "image/png"


@lru_cache(maxsize=2048)
def _best(body: bytes) -> bytes:
    """Compress what is always the same as small as it gets, once."""
    ways = (brotli.MODE_FONT,) if len(body) > _LONG else (brotli.MODE_GENERIC, brotli.MODE_FONT)
    return min((_by_brotli(body, way) for way in ways), key=len)


def _by_brotli(body: bytes, mode: int) -> bytes:
    return bytes(brotli.compress(body, mode, quality=_BEST_QUALITY, lgblock=_BLOCK))


def _fast(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=_FAST_QUALITY))
