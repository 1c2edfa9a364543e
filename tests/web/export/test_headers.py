from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.exported import export, headers_at, served
from tests.support.site import build
from webapp.web.representations import Representations, representations_of
from webapp.web.static_answers import ALIVE

SITE: Representations = representations_of(build().release)
LANGUAGES = build().release.site.languages
OF_NGINX = {"server", "date", "connection", "last-modified", "etag", "accept-ranges"}


class Exported(NamedTuple):
    """The site as files, and the port at which nginx serves them."""

    folder: Path
    port: int


class Told(NamedTuple):
    """An answer; the names of its headers are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exported]:
    folder = export(tmp_path_factory.mktemp("exported"))
    with served(folder) as port:
        yield Exported(folder, port)


def ask(line: HTTPConnection, path: str, method: str = "GET", **headers: str) -> Told:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    line.request(method, path, headers=named)
    answer = line.getresponse()
    found = [(name.lower(), value) for name, value in answer.getheaders()]
    assert len(found) == len(dict(found)), path
    return Told(answer.status, dict(found), answer.read())


def test_a_file_has_the_headers_that_our_server_would_send(exported: Exported) -> None:
    for path, answer in SITE.answers.items():
        if path != ALIVE:
            assert headers_at(exported.folder, path) == answer.headers, path


@pytest.mark.parametrize("accepted", ["identity", "gzip"])
def test_nginx_answers_every_address_as_our_server_does(accepted: str, exported: Exported) -> None:
    with closing(HTTPConnection("127.0.0.1", exported.port, timeout=30)) as line:
        for path in SITE.answers.keys() - {ALIVE}:
            told = ask(line, path, Accept_Encoding=accepted)
            _, headers, body = SITE.get(path, accepted).sent
            assert told.body == body, path
            ours = {name.lower(): value for name, value in headers}
            differing = {
                name
                for name in (ours.keys() | told.headers.keys()) - OF_NGINX
                if ours.get(name) != told.headers.get(name)
            }
            assert not differing, (path, differing)


def test_nginx_leads_to_a_language_and_says_what_there_is_not(exported: Exported) -> None:
    pages = {code: SITE.answers[f"/{code}/not-found/"].body for code in LANGUAGES}
    with closing(HTTPConnection("127.0.0.1", exported.port, timeout=30)) as line:
        for wish, code in {"": "en", "fr": "en", "es-MX, en": "es", "ar": "ar"}.items():
            told = ask(line, "/?src=pwa", Accept_Language=wish)
            if code in LANGUAGES:
                assert (told.status, told.headers["location"]) == (302, f"/{code}/")
        for path, code in {"/nowhere": "en", **{f"/{c}/nowhere/": c for c in LANGUAGES}}.items():
            told = ask(line, path)
            assert (told.status, told.body) == (404, pages[code])
            assert "content-security-policy" in told.headers
        missing = ask(line, "/assets/js/none.abcdefg.js")
        assert missing.status == 404
        assert "cache-control" not in missing.headers
