"""Files of other releases: pages that are open, and pages of other machines, ask for them.

While machines change from one release to the next, a page of one may ask the other for its files.
Only what stands at an address with a hash is answered; pages and the worker are those of the
release that is served.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from webapp.web.archive import Archive
from webapp.web.static_answers import HASHED

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class EarlierReleases:
    """A WSGI application that answers from the archive, else from the application it wraps."""

    def __init__(self, application: WSGIApplication, archive: Archive) -> None:
        self._application = application
        self._archive = archive

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer the request."""
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        if method not in ("GET", "HEAD") or not path.startswith(HASHED):
            return self._application(environ, start_response)
        found = self._archive.get(path, environ.get("HTTP_ACCEPT_ENCODING", ""))
        if not found:
            return self._application(environ, start_response)
        sent = found.response(method, environ.get("HTTP_IF_NONE_MATCH", ""))
        start_response(f"{sent.status} {HTTPStatus(sent.status).phrase}", sent.headers)
        return [sent.body]
