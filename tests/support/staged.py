"""Easeback as tests stage it: it records every request, may be a newer release, may be broken.

``tests/support/records.py`` starts it, by way of ``stager.py``. EASEBACK_TEST_RECORD names the file
to which each request is added as a line. EASEBACK_TEST_NEWER, a number, changes a text, scripts and
styles with their addresses, and the release's number: each makes a release of its own. With
EASEBACK_TEST_SENTENCE only the text and the number change. EASEBACK_TEST_FAULT is "kind /path":
what goes wrong with the addresses that begin like that; a number is the status of their answers.
EASEBACK_TEST_QUOTA is how many entries a backup may have. EASEBACK_TEST_MADE_UP offers the
languages of ``made_up.py`` in place of ours.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from tests.support import made_up, older
from tests.support.records import OLDER_TEXT, text_of
from webapp import config, create_app
from webapp.backup import store
from webapp.i18n import catalogues
from webapp.release.parts import Release, Site
from webapp.triage.diagram import Compiler, Diagram
from webapp.web import site
from webapp.web.assets import short_hash

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_ADDRESS = re.compile(r"[.]([a-z]{7})[.](js|css)\b")
"""The end of a script's or a style's address, wherever it is named."""


class Recording:
    """A WSGI application that notes all that a request says before it is answered."""

    def __init__(self, application: WSGIApplication, file: Path) -> None:
        self._application = application
        self._file = file

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Note the request, then answer it."""
        body = environ["wsgi.input"].read()
        environ["wsgi.input"] = BytesIO(body)
        line = {
            "method": environ["REQUEST_METHOD"],
            "path": environ.get("PATH_INFO", ""),
            "query": environ.get("QUERY_STRING", ""),
            "headers": {k: v for k, v in environ.items() if k.startswith(("HTTP_", "CONTENT_"))},
            "body": body.decode("latin-1"),
        }
        with self._file.open("a") as file:
            file.write(json.dumps(line) + "\n")
        return self._application(environ, start_response)


class Faulty:
    """A WSGI application that answers some addresses as a broken network or deployment would."""

    def __init__(self, application: WSGIApplication, kind: str, prefix: str) -> None:
        self._application = application
        self._prefix = prefix
        faults: dict[str, Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]] = {
            "altered": self._altered,
            "html": self._html,
            "lost": self._lost,
            "missing": partial(self._status, HTTPStatus.NOT_FOUND),
            "older": self._older,
            "redirected": self._redirected,
            "silent": self._silent,
        }
        self._fault = faults.get(kind) or partial(self._status, HTTPStatus(int(kind)))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer wrongly where that was asked for."""
        if environ["PATH_INFO"].startswith(self._prefix):
            return self._fault(environ, start_response)
        return self._application(environ, start_response)

    def _altered(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Change one letter of a whole and well-formed answer."""
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        body = b"".join(self._application(environ, start_response))
        return [body.replace(b"Easeback", b"Easebacc", 1)]

    def _html(self, _: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer like the sign-in page of a hotel's network."""
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"<!doctype html><title>Sign in</title>"]

    def _lost(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Do what was asked, and never say so."""
        b"".join(self._application(environ, lambda *_: lambda _: None))
        return self._silent(environ, start_response)

    def _status(
        self, status: HTTPStatus, _: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        start_response(f"{status.value} {status.phrase}", [("Content-Type", "text/plain")])
        return [b""]

    def _older(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Take from a script what older browsers lack, before it runs."""
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        own = b"".join(self._application(environ, lambda *_: lambda _: None))
        start_response("200 OK", [("Content-Type", "text/javascript")])
        return [older.SCRIPT.encode() + own]

    def _redirected(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Lead to the right bytes by way of another address."""
        if environ.get("QUERY_STRING"):
            return self._application(environ, start_response)
        start_response("302 Found", [("Location", f"{environ['PATH_INFO']}?elsewhere")])
        return [b""]

    def _silent(self, _: WSGIEnvironment, __: StartResponse) -> Iterable[bytes]:
        """Never answer; the test ends the process."""
        Event().wait()
        return [b""]


def newer(build: site.Build, deploys: int, *, only_a_text: bool = False) -> site.Build:
    """Return the release that is so many deploys newer: a text, scripts and styles differ."""
    old, new_text = build.release.site, text_of(deploys)
    rows = [tuple(text.replace(OLDER_TEXT, new_text) for text in row) for row in old.fragments]
    version = old.version._replace(number=old.version.number + deploys)
    changed = replace(old, fragments=rows, version=version)
    if not only_a_text:
        changed = elsewhere(changed, deploys)
    compiler = Compiler(Diagram(build.interview.variables))
    return replace(build, release=Release(changed, compiler))


def elsewhere(old: Site, deploys: int) -> Site:
    """Return the site with each script and style at another address, and named by it."""
    urls = [url for url in old.assets if _ADDRESS.search(url)]
    known = {_ADDRESS.search(url)[1] for url in urls}  # type: ignore[index]

    def moved(found: re.Match[str]) -> str:
        if found[1] not in known:
            return found[0]
        return f".{short_hash(f'{found[1]} {deploys}'.encode())}.{found[2]}"

    def text(old: str) -> str:
        return _ADDRESS.sub(moved, old)

    assets = {
        text(url): replace(asset, content=text(asset.content.decode()).encode())
        if url in urls
        else asset
        for url, asset in old.assets.items()
    }
    fragments = [tuple(map(text, row)) for row in old.fragments]
    return replace(old, assets=assets, fragments=fragments)


def built() -> site.Build:
    """Return the site in the languages of the environment."""
    settings = config.from_environment(os.environ)
    return site.build(catalogues.load(settings.languages), killed=settings.killed)


def staged(build: site.Build) -> WSGIApplication:
    """Return the application as the environment wants it."""
    if os.environ.get("EASEBACK_TEST_MADE_UP"):
        build = made_up.build()
    if os.environ.get("EASEBACK_KILL"):
        build = built()
    if deploys := os.environ.get("EASEBACK_TEST_NEWER"):
        only_a_text = "EASEBACK_TEST_SENTENCE" in os.environ
        build = newer(build, int(deploys), only_a_text=only_a_text)
    if quota := os.environ.get("EASEBACK_TEST_QUOTA"):
        store.MOST_ENTRIES = int(quota)
    application: WSGIApplication = create_app(build=build)
    if fault := os.environ.get("EASEBACK_TEST_FAULT"):
        application = Faulty(application, *fault.split())
    if record := os.environ.get("EASEBACK_TEST_RECORD"):
        application = Recording(application, Path(record))
    return application
