"""The layer around Flask that answers everything that is in the release.

Pages, the check and assets are pure functions of the release, so they need no routing, no request
object and no database. What is not in the release goes on to Flask.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from werkzeug.http import parse_etags

from webapp.release.parts import Release
from webapp.triage.interview import ANSWERS_VIEW, LONGEST_BODY
from webapp.web import search_engines
from webapp.web.bodies import read_whole
from webapp.web.encodings import IDENTITY, compress, compress_fast, negotiate
from webapp.web.security import HEADERS, PAGE_HEADERS, is_foreign

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_FOREVER = "public, max-age=31536000, immutable"
_KEPT = ("Cache-Control", "Content-Security-Policy", "ETag", "Vary")
"""Headers that a "not modified" repeats: a browser updates its copy by them."""


@dataclass(frozen=True)
class Answer:
    """A response before it is compressed."""

    body: bytes
    headers: Mapping[str, str]
    status: int = 200


class Sent(NamedTuple):
    """A response as it goes over the line: its body is empty where HEAD or a known tag asks."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class ReleaseLayer:
    """A WSGI application that answers from the release, else from the application it wraps.

    The origin is where people find the site, or empty where that is not known. A front that is no
    WSGI server asks ``holds``, ``is_ready``, ``get`` and ``check`` itself (``front.py``).
    """

    def __init__(self, application: WSGIApplication, release: Release, origin: str = "") -> None:
        self.application = application
        self.release = release
        self._origin = origin
        self._answers = dict(_static(release, origin))
        self._sent: dict[tuple[str, str], tuple[str, Sent]] = {}
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
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        if self.holds(method, path):
            sent = self.get(method, path, accepted, environ.get("HTTP_IF_NONE_MATCH", ""))
        elif self.checks(method, path):
            body = read_whole(environ["wsgi.input"], LONGEST_BODY)
            sent = self.check(environ, body)
        else:
            return self.application(environ, start_response)
        start_response(f"{sent.status} {HTTPStatus(sent.status).phrase}", [*sent.headers])
        return [sent.body]

    def holds(self, method: str, path: str) -> bool:
        """Whether ``get`` has the answer."""
        return method in ("GET", "HEAD") and path in self._answers

    def checks(self, method: str, path: str) -> bool:
        """Whether ``check`` has the answer."""
        return method == "POST" and path in self._checks

    def is_ready(self, path: str, accepted: str) -> bool:
        """Whether ``get`` has nothing to compress first, which may take seconds."""
        return (path, self._coding(path, accepted)) in self._sent

    def size(self, path: str) -> int:
        """Return how many bytes an answer has before it is compressed."""
        return len(self._answers[path].body)

    def get(self, method: str, path: str, accepted: str, tags: str) -> Sent:
        """Return a page, asset or file, by the headers Accept-Encoding and If-None-Match."""
        key = path, self._coding(path, accepted)
        if key not in self._sent:
            self._sent[key] = self._prepared(*key)
        tag, sent = self._sent[key]
        if tags and _has(tags, tag):
            kept = [(name, value) for name, value in sent.headers if name in _KEPT]
            return Sent(304, kept, b"")
        return sent._replace(body=b"") if method == "HEAD" else sent

    def check(self, environ: WSGIEnvironment, body: bytes) -> Sent:
        """Return what a form leads to, by its body and by what the request says but for that."""
        code, route = self._checks[environ["PATH_INFO"]]
        # Cut after one byte more than any honest form has.
        state = self.release.site.interview.read(body[: LONGEST_BODY + 1])
        if is_foreign(environ, self._origin):
            # What others answered in a person's name is shown as answers, never as a result.
            state.view, state.note = ANSWERS_VIEW, None
            route = self._check_route
        page = self.release.page(code, route, state)
        headers = {**PAGE_HEADERS, "Content-Language": code, "Vary": "Accept-Encoding"}
        coding = negotiate(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if coding != IDENTITY:
            headers["Content-Encoding"] = coding
            page = compress_fast(page, coding)
        headers["Content-Length"] = str(len(page))
        return Sent(self.release.status(route, state), [*headers.items()], page)

    def _coding(self, path: str, accepted: str) -> str:
        """Return the coding in which a path is answered."""
        kind = self._answers[path].headers["Content-Type"]
        return negotiate(accepted) if _is_compressible(kind) else IDENTITY

    def _prepared(self, path: str, coding: str) -> tuple[str, Sent]:
        """Return an answer as it is sent, and its tag, which is another one in each coding."""
        answer = self._answers[path]
        headers, body = dict(answer.headers), answer.body
        tag = hashlib.sha256(body).hexdigest()[:16]
        if _is_compressible(headers["Content-Type"]):
            headers["Vary"] = "Accept-Encoding"
        if coding != IDENTITY:
            headers["Content-Encoding"] = coding
            body = compress(body, coding)
            tag += f"-{coding}"
        headers["ETag"] = f'"{tag}"'
        headers["Content-Length"] = str(len(body))
        return headers["ETag"], Sent(answer.status, [*headers.items()], body)


def _static(release: Release, origin: str) -> Iterable[tuple[str, Answer]]:
    for code in release.site.languages:
        for route, page in release.site.pages.items():
            headers = {**PAGE_HEADERS, "Content-Language": code}
            if origin and page.status == HTTPStatus.OK:
                headers["Link"] = search_engines.link(release, origin, route)
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
    # That this process answers, and no more: it is not asked how the database is.
    live = json.dumps({"status": "ok", "release": release.id}).encode()
    kind = {**HEADERS, "Content-Type": "application/json", "Cache-Control": "no-store"}
    yield "/livez", Answer(live, kind)
    if origin:
        told = {**HEADERS, "Cache-Control": "no-cache"}
        robots, listed = search_engines.robots(origin), search_engines.sitemap(release, origin)
        yield search_engines.ROBOTS, Answer(robots, {**told, "Content-Type": "text/plain"})
        yield search_engines.SITEMAP, Answer(listed, {**told, "Content-Type": "application/xml"})


def _has(tags: str, tag: str) -> bool:
    return bool(tags) and parse_etags(tags).contains_weak(tag.strip('"'))


def _is_compressible(kind: str) -> bool:
    return kind != "image/png"
