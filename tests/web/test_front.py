"""What is slow or broken before or behind the front stalls no page: a real server, stalled."""

from __future__ import annotations

import contextlib
import json
import os
import re
import resource
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support import fronts
from tests.support.fronts import FrontServer, answers_at_once, ask, half_a_body, told
from tests.support.phone import new_id
from tests.support.postgres import Postgres
from tests.support.site import build
from webapp.database import SLOTS

RELEASE = build().release
VAULT = f"/vault/{'0' * 32}"
FEEDBACK = "/en/feedback/"
SAID = "helped=yes&words=what+I+typed"

Begin = Callable[..., FrontServer]


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontServer]:
    """A server in good order."""
    server = FrontServer(tmp_path_factory.mktemp("front")).start()
    yield server
    server.kill()


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Starts a server with a database of one test's own, which a test may break first."""
    servers: list[FrontServer] = []

    def start(url: str = "", *, answers: str = "/livez") -> FrontServer:
        settings = {"DATABASE_URL": url or f"sqlite:///{tmp_path / 'kept.sqlite3'}"}
        servers.append(FrontServer(tmp_path, settings=settings))
        return servers[-1].start(answers)

    yield start
    for server in servers:
        server.kill()


def state(server: FrontServer) -> str:
    said = ask(server.port, "/readyz")
    assert said.status == 200
    return str(json.loads(said.body)["database"])


def is_kept(server: FrontServer) -> bool:
    return ask(server.port, FEEDBACK, SAID).status == 303


def asks_to_come_later(server: FrontServer) -> None:
    """Fail unless what needs the database is told so in words, with nothing typed lost."""
    said = ask(server.port, FEEDBACK, SAID)
    assert said.status == 503
    assert int(said.headers["Retry-After"]) > 0
    assert b">what I typed</textarea>" in said.body
    assert b"What you wrote is still here." in said.body
    said = ask(server.port, VAULT, "{}", method="PUT")
    assert (said.status, json.loads(said.body)) == (503, {"error": "later"})
    assert int(said.headers["Retry-After"]) > 0


def test_64_bodies_that_never_end_hold_up_nothing_and_are_told_in_time(front: FrontServer) -> None:
    ask(front.port, "/nowhere")  # what Flask makes at its first request, it has made
    paths = (("/en/check/", "POST"), (FEEDBACK, "POST"), (VAULT, "PUT"), ("/ar/now/", "POST"))
    lines = [half_a_body(front.port, *paths[turn % 4]) for turn in range(64)]
    answers_at_once(front.port)
    assert ask(front.port, "/nowhere").status == 404
    assert is_kept(front)
    assert fronts.waiting(lines) == 64  # none of it waited for them
    answers = [told(line) for line in lines]
    assert {status for status, _ in answers} == {408}
    check, feedback, vault, _ = (whole for _, whole in answers[:4])
    assert RELEASE.page("en", "failed/") in check
    assert RELEASE.page("en", "failed/") in feedback
    assert RELEASE.page("ar", "failed/") in answers[3][1]
    assert vault.endswith(b'{"error":"later"}\n')


@pytest.mark.parametrize(("path", "method"), [("/en/check/", "POST"), (VAULT, "PUT")])
def test_a_body_that_breaks_off_is_refused_and_no_fault_of_ours(
    front: FrontServer, path: str, method: str
) -> None:
    line = half_a_body(front.port, path, method)
    line.shutdown(socket.SHUT_WR)
    status, _ = told(line)
    assert status == 400
    assert "A request failed" not in front.log()


def test_a_postgresql_that_is_stopped_holds_up_no_page(begin: Begin) -> None:
    cluster = Postgres(durable=False)
    try:
        server = begin(cluster.start().new_database(), answers="/healthz")
        assert state(server) == "ok"
        assert is_kept(server)
        with cluster.stopped(), ThreadPoolExecutor(2 * SLOTS) as people:
            posts = [people.submit(ask, server.port, FEEDBACK, SAID) for _ in range(2 * SLOTS)]
            answers_at_once(server.port)
            assert state(server) in ("silent", "later")
            said = [post.result() for post in posts]
            assert {one.status for one in said} == {503}
            assert all(b">what I typed</textarea>" in one.body for one in said)
            # Those who found no slot were told at once.
            assert sum(one.seconds < 3 for one in said) >= SLOTS
            answers_at_once(server.port)
        assert is_kept(server)
        assert "what I typed" not in server.log()
    finally:
        cluster.remove()


def test_a_file_that_is_locked_elsewhere_holds_up_no_page(begin: Begin, tmp_path: Path) -> None:
    server = begin(answers="/healthz")
    assert is_kept(server)
    with contextlib.closing(sqlite3.connect(tmp_path / "kept.sqlite3")) as other:
        other.execute("begin immediate")
        with ThreadPoolExecutor(2 * SLOTS) as people:
            posts = [people.submit(ask, server.port, FEEDBACK, SAID) for _ in range(2 * SLOTS)]
            answers_at_once(server.port)
            said = [post.result() for post in posts]
            assert {one.status for one in said} == {503}
            assert all(b">what I typed</textarea>" in one.body for one in said)
    assert is_kept(server)


def test_a_file_that_was_removed_is_missed_and_not_made_anew(begin: Begin, tmp_path: Path) -> None:
    server = begin(answers="/healthz")
    assert is_kept(server)
    kept, away = tmp_path / "kept.sqlite3", tmp_path / "away.sqlite3"
    kept.rename(away)
    answers_at_once(server.port)
    asks_to_come_later(server)
    assert state(server) == "later"
    assert not kept.exists()
    away.rename(kept)
    assert is_kept(server)


def test_a_copy_that_was_put_in_its_place_is_used(begin: Begin, tmp_path: Path) -> None:
    server = begin(answers="/healthz")
    assert is_kept(server)
    with (
        contextlib.closing(sqlite3.connect(tmp_path / "kept.sqlite3")) as kept,
        contextlib.closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy,
    ):
        kept.backup(copy)
    assert is_kept(server)  # later than the copy
    for more in ("-wal", "-shm"):
        (tmp_path / f"kept.sqlite3{more}").unlink()
    (tmp_path / "copy.sqlite3").rename(tmp_path / "kept.sqlite3")
    assert is_kept(server)
    with contextlib.closing(sqlite3.connect(tmp_path / "kept.sqlite3")) as kept:
        assert kept.execute("select count(*) from feedback").fetchone() == (2,)


def test_a_full_disk_holds_up_no_page_and_takes_nothing_that_is_not_kept(
    begin: Begin, tmp_path: Path
) -> None:
    server = begin(answers="/healthz")
    assert is_kept(server)
    size = max(file.stat().st_size for file in tmp_path.glob("kept.sqlite3*"))
    (worker,) = server.workers()
    limits = resource.prlimit(worker, resource.RLIMIT_FSIZE)
    # As a disk with no room for another page of the journal.
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (size + 1000, limits[1]))
    answers_at_once(server.port)
    asks_to_come_later(server)
    answers_at_once(server.port)
    resource.prlimit(worker, resource.RLIMIT_FSIZE, limits)
    assert is_kept(server)


@pytest.mark.parametrize("kind", ["corrupt", "newer", "none"])
def test_pages_are_answered_whatever_the_database_is(
    kind: str, begin: Begin, tmp_path: Path
) -> None:
    file = tmp_path / "kept.sqlite3"
    if kind == "corrupt":
        file.write_bytes(b"this is no database" * 1000)
    if kind == "newer":
        with contextlib.closing(sqlite3.connect(file)) as made:
            made.execute("create table alembic_version (version_num varchar(32) not null)")
            made.execute("insert into alembic_version values ('9999')")
            made.commit()
    server = begin(f"sqlite:///{tmp_path / 'no' / 'such.db'}" if kind == "none" else "")
    answers_at_once(server.port)
    asks_to_come_later(server)
    assert state(server) == ("later" if kind == "none" else "unusable")
    assert ask(server.port, "/healthz").status == 500


def request(first: bytes, *more: bytes, body: bytes = b"") -> bytes:
    lines = (first + b" HTTP/1.1", b"Host: a", b"Connection: close", *more)
    return b"\r\n".join((*lines, b"", body))


REQUESTS = {
    "two hosts": (request(b"GET /en/", b"Host: b"), 400),
    "two hosts behind": (request(b"GET /nowhere", b"Host: b"), 400),
    "long headers": (request(b"GET /en/", b"X: " + b"x" * 500_000), 431),
    "a length that is none": (request(b"POST /en/check/", b"Content-Length: x"), 400),
    "no text": (request(b"GET /%FF%00/", b"Accept-Encoding: \xff"), 404),
    "a tag that is no text": (request(b"GET /en/", b"If-None-Match: \xff"), 200),
    "another writing": (request("GET /عربي/".encode()), 404),
    "its escapes": (request(b"GET /%D8%B9/"), 404),
    "no length": (request(b"POST /en/now/"), 405),
    "in pieces": (
        request(b"POST /en/check/", b"Transfer-Encoding: chunked", body=b"0\r\n\r\n"),
        411,
    ),
    "far too much": (
        request(b"POST /en/check/", b"Content-Length: 3000000", body=b"x" * 3_000_000),
        400,
    ),
}


@pytest.mark.parametrize(("sent", "status"), REQUESTS.values(), ids=REQUESTS)
def test_an_odd_request_is_answered_in_good_order(
    sent: bytes, status: int, front: FrontServer
) -> None:
    assert told(fronts.send(front.port, sent))[0] == status


def test_what_did_not_come_whole_is_not_kept(begin: Begin, tmp_path: Path) -> None:
    server = begin(answers="/healthz")
    head = (b"Sec-Fetch-Site: same-origin", b"Content-Type: application/x-www-form-urlencoded")
    for _ in range(10):
        fronts.send(
            server.port,
            request(b"POST /en/feedback/", *head, b"Content-Length: 99", body=b"helped=yes"),
        ).close()
    assert is_kept(server)
    with contextlib.closing(sqlite3.connect(tmp_path / "kept.sqlite3")) as kept:
        assert kept.execute("select count(*) from feedback").fetchone() == (1,)


def test_an_answer_names_no_server_and_says_each_thing_once(front: FrontServer) -> None:
    for path, method in [
        ("/en/", "GET"),
        ("/en/", "HEAD"),
        ("/nowhere", "GET"),
        ("/nowhere", "HEAD"),
        ("/", "GET"),
        (VAULT, "DELETE"),
        ("/readyz", "GET"),
    ]:
        answer = ask(front.port, path, method=method)
        names = [name.lower() for name in answer.headers]
        assert len(names) == len(set(names)), (path, names)
        assert not answer.headers.get("Server"), path
        assert "content-security-policy" in names, path


def test_a_tag_is_of_one_encoding(front: FrontServer) -> None:
    requests = (request(b"GET /en/"), request(b"GET /en/", b"Accept-Encoding: br"))
    answers = [told(fronts.send(front.port, one))[1] for one in requests]
    plain, small = (re.findall(rb'etag: ("[^"]+")', answer) for answer in answers)
    assert (len(plain), len(small)) == (1, 1)
    assert plain != small


def test_a_phone_is_served_as_by_any_wsgi_server(front: FrontServer) -> None:
    """The bytes of a page and of an asset are those of the release, small or not."""
    for path, whole in [
        ("/ar/", RELEASE.page("ar", "")),
        (RELEASE.core.url, RELEASE.core.content),
        *((url, asset.content) for url, asset in list(RELEASE.site.assets.items())[:5]),
    ]:
        assert ask(front.port, path).body == whole, path
        head = ask(front.port, path, method="HEAD")
        assert (head.body, head.headers["Content-Length"]) == (b"", str(len(whole)))


def test_a_vault_is_kept_through_the_front(front: FrontServer) -> None:
    command = ["curl", "--silent", "--max-time", "30", "--write-out", "%{http_code}"]
    key = ["--header", f"Authorization: Bearer {'a' * 64}"]
    kind = ["--header", "Content-Type: application/octet-stream", "--header", "X-Sequence: 1"]
    address = f"{front.url}/vault/{'b' * 32}"

    def put(address: str, body: bytes) -> bytes:
        put = [*command, "--request", "PUT", *key, *kind, "--data-binary", "@-", address]
        return subprocess.run(put, input=body, capture_output=True, check=True).stdout

    assert put(address, b"{}") == b"201"
    assert put(f"{address}/entries/{new_id()}", os.urandom(8192)) == b"201"
    assert put(f"{address}/entries/{new_id()}", os.urandom(8193)).endswith(b"413")
