"""Machines that change from one release to another, and share the folder of finished releases."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client, create_environ

from tests.support.fronts import FrontServer, ask
from tests.support.site import build
from tests.support.staged import newer
from webapp import create_app
from webapp.release.parts import Release
from webapp.web import representations
from webapp.web.archive import Archive
from webapp.web.encodings import compress_fast
from webapp.web.release_layer import ReleaseLayer
from webapp.web.representations import Representations
from webapp.web.site import Build
from webapp.web.static_answers import FOREVER, Answer, static_answers

OLD = build()
VISITS = 200


@pytest.fixture(scope="module")
def new() -> Build:
    """The release that follows."""
    return newer(OLD, 1)


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Flask]:
    """Starts a server of a release, which shares a folder with the others."""
    monkeypatch.setattr(representations, "compress", compress_fast)

    def begin(own: Build, **settings: str) -> Flask:
        given = {"DATABASE_URL": "sqlite://", "EASEBACK_KEEP": str(tmp_path), **settings}
        app = create_app(given, own)
        assert isinstance(app.wsgi_app, ReleaseLayer)
        app.wsgi_app.finish()
        return app

    return begin


@cache
def request_for(path: str) -> Mapping[str, Any]:
    return create_environ(path)


def answer_of(server: Flask, path: str) -> tuple[int, bytes]:
    """Return status and body, without all that a test client does beside asking."""
    said: list[str] = []
    pieces = server.wsgi_app(dict(request_for(path)), lambda status, _: said.append(status))
    return int(said[0].split()[0]), b"".join(pieces)


@cache
def named_by(path: str, body: bytes) -> Sequence[str]:
    """Return the addresses that a page, a script or the worker asks for."""
    text = body.decode(errors="ignore")
    if path == "/sw.js":
        parts = json.loads(re.findall(r'"parts":(\{[^}]*\})', text)[0])
        return [f"/release/{name}.{digest[:16]}.json" for name, digest in parts.items()]
    if path.endswith(".js"):
        imported = re.findall(r'(?:\bfrom|\bimport)\s*\(?"(\.{1,2}/[^"]+)"', text)
        return [posixpath.normpath(posixpath.join(posixpath.dirname(path), at)) for at in imported]
    return re.findall(r'"(/assets/[^"]+)"', text) if path.endswith("/") else []


def first_visit(get: Callable[[str], bytes]) -> Iterator[str]:
    """Yield each address that a first visit asks for."""
    asked: set[str] = set()
    waiting = ["/en/", "/sw.js"]
    while waiting:
        path = waiting.pop()
        if path not in asked:
            asked.add(path)
            yield path
            waiting += named_by(path, get(path))


@pytest.mark.parametrize("direction", ["forward", "back"])
def test_in_the_middle_of_a_deploy_no_first_visit_misses_a_file(
    direction: str, new: Build, start: Callable[..., Flask], chance: Random
) -> None:
    order = (OLD, new) if direction == "forward" else (new, OLD)
    servers = []
    for own in order:
        servers.append(start(own))
        # Each has looked into the folder before the next one comes.
        assert answer_of(servers[-1], "/assets/js/none.abcdefg.js")[0] == 404
    asked = 0

    def get(path: str) -> bytes:
        nonlocal asked
        asked += 1
        status, body = answer_of(chance.choice(servers), path)
        assert status == 200, path
        return body

    for _ in range(VISITS):
        visited = [*first_visit(get)]
        assert sum(path.startswith("/release/") for path in visited) >= 8
        assert sum(path.startswith("/assets/") for path in visited) >= 15
    assert asked > VISITS * 25


def hashed(release: Release) -> dict[str, bytes]:
    answers = static_answers(release).items()
    return {path: a.body for path, a in answers if a.headers["Cache-Control"] == FOREVER}


def test_a_file_of_another_release_is_whole_and_kept_for_ever(
    new: Build, start: Callable[..., Flask]
) -> None:
    start(OLD)
    server = Client(start(new), use_cookies=False)
    only_old = hashed(OLD.release).items() - hashed(new.release).items()
    assert len(only_old) > 50
    for path, body in only_old:
        answer = server.get(path)
        assert (answer.status_code, answer.data) == (200, body), path
        assert answer.headers["Cache-Control"] == FOREVER
        assert server.head(path).headers == answer.headers
    again = server.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert server.post(path).status_code == 405
    for page in ("/en/", "/sw.js", "/livez"):
        assert OLD.release.id.encode() not in server.get(page).data


def test_who_keeps_nothing_answers_for_nobody_else(new: Build, start: Callable[..., Flask]) -> None:
    start(OLD)
    server = Client(start(new, EASEBACK_KEEP="none"), use_cookies=False)
    assert server.get(OLD.release.core.url).status_code == 404


def test_files_of_another_release_come_through_the_front(tmp_path: Path) -> None:
    kept = {"Content-Type": "text/javascript", "Cache-Control": FOREVER}
    other = Representations({"/assets/js/other.abcdefg.js": Answer(b"other;", kept)})
    server = FrontServer(tmp_path, settings={"EASEBACK_KEEP": str(tmp_path / "kept")}).start()
    try:
        assert ask(server.port, "/assets/js/other.abcdefg.js").status == 404
        Archive(tmp_path / "kept", 5).finish("other", other)  # while this one runs
        assert ask(server.port, "/assets/js/other.abcdefg.js").body == b"other;"
    finally:
        server.kill()
