"""The layer around Flask that answers everything that is in the release.

Pages, the check and assets are pure functions of the release, so they need no routing, no request
object and no database. What is not in the release goes on to Flask.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from webapp.release.parts import Release
from webapp.triage.interview import ANSWERS_VIEW, LONGEST_BODY
from webapp.web.archive import Archive
from webapp.web.bodies import read_whole
from webapp.web.earlier_releases import EarlierReleases
from webapp.web.encodings import IDENTITY, compress_fast, negotiate
from webapp.web.representations import Sent, representations_of
from webapp.web.security import PAGE_HEADERS, is_foreign

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class ReleaseLayer:
    """A WSGI application that answers from the release, else from the application it wraps.

    The origin is where people find the site, or empty where that is not known. A front that is no
    WSGI server asks ``holds``, ``get`` and ``check`` itself (``front.py``).
    """

    def __init__(
        self,
        application: WSGIApplication,
        release: Release,
        origin: str = "",
        archive: Archive | None = None,
    ) -> None:
        self.application = EarlierReleases(application, archive) if archive else application
        self.release = release
        self._origin = origin
        self._archive = archive
        self.representations = representations_of(release, origin)
        self._checks = {
            f"/{code}/{route}": (code, route)
            for code in release.site.languages
            for route, page in release.site.pages.items()
            if page.answers
        }
        _, self._check_route = next(iter(self._checks.values()))

    def finish(self) -> None:
        """Do beforehand what can be done; a server does so to begin, before it forks.

        What answers forms is compiled; all else is compressed, or read as it was compressed before.
        """
        self.release.compile()
        if self._archive:
            self._archive.finish(self.release.id, self.representations)
        else:
            self.representations.finish()

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
        return method in ("GET", "HEAD") and path in self.representations

    def checks(self, method: str, path: str) -> bool:
        """Whether ``check`` has the answer."""
        return method == "POST" and path in self._checks

    def get(self, method: str, path: str, accepted: str, tags: str) -> Sent:
        """Return a page, asset or file, by the headers Accept-Encoding and If-None-Match."""
        return self.representations.get(path, accepted).response(method, tags)

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
