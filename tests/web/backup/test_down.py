"""A database that goes away, and comes back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client

from tests.support.phone import AppLine, Phone, new_id
from tests.support.postgres import Postgres
from tests.support.site import serving
from webapp import database
from webapp.extensions import db


@pytest.fixture
def cluster() -> Iterator[Postgres]:
    """A PostgreSQL of one test's own, which it may stop."""
    cluster = Postgres()
    try:
        yield cluster.start()
    finally:
        cluster.remove()


def phone_of(app: Flask) -> Phone:
    return Phone(AppLine(Client(app, use_cookies=False)))


def says_later(phone: Phone) -> None:
    for answer in (phone.send("GET"), phone.push(new_id(), b"x"), phone.send("DELETE")):
        assert (answer.status, answer.json) == (503, {"error": "later"})
        assert int(answer.headers["Retry-After"]) > 0


def test_a_database_that_is_down_is_waited_for(
    cluster: Postgres, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(cluster.new_database()) as app:
        phone = phone_of(app)
        phone.create()
        kept = new_id()
        phone.push(kept, b"x")
        cluster.stop()
        says_later(phone)
        said = {record.getMessage().partition(" (request ")[0] for record in caplog.records}
        assert said == {"The vault failed: OperationalError"}
        cluster.start()
        assert phone.push(new_id(), b"y").status == 201
        assert phone.pull()[kept] == b"x"


def test_a_server_that_began_without_its_database_makes_the_tables_once_it_answers(
    cluster: Postgres,
) -> None:
    url = cluster.new_database()
    cluster.stop()
    with serving(url) as app:
        phone = phone_of(app)
        assert (phone.create().status, Client(app).get("/healthz").status_code) == (503, 500)
        assert Client(app).get("/en/now/").status_code == 200
        cluster.start()
        assert (phone.create().status, Client(app).get("/healthz").status_code) == (201, 200)
        assert phone.push(new_id(), b"x").status == 201


def test_a_file_that_is_locked_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PRAGMAS", ("busy_timeout=50", "foreign_keys=on"))
    with serving(f"sqlite:///{tmp_path / 'x.sqlite3'}") as app:
        phone = phone_of(app)
        phone.create()
        other = sqlite3.connect(tmp_path / "x.sqlite3", isolation_level=None)
        other.execute("begin immediate")
        answer = phone.push(new_id(), b"x")
        assert (answer.status, answer.json) == (503, {"error": "later"})
        assert phone.pull() == {}  # readers pass
        other.execute("rollback")
        assert phone.push(new_id(), b"x").status == 201
        other.close()


def test_a_database_that_is_asked_by_enough_is_asked_by_nobody_else(database_url: str) -> None:
    with serving(database_url) as app:
        phone = phone_of(app)
        phone.create()
        with app.app_context(), ExitStack() as held:
            for _ in range(database.SLOTS):
                held.enter_context(db.engine.connect())
            says_later(phone)
            assert readiness(app) == "later"
        assert phone.push(new_id(), b"x").status == 201
        assert readiness(app) == "ok"


def test_a_database_that_somebody_has_to_put_right_is_left_in_peace(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3").write_bytes(b"this is no database" * 100)
    with serving(f"sqlite:///{tmp_path / 'x.sqlite3'}") as app:
        answer = phone_of(app).create()
        assert (answer.status, answer.json) == (503, {"error": "later"})
        assert int(answer.headers["Retry-After"]) >= 60
        assert readiness(app) == "unusable"


def test_a_file_that_was_removed_is_missed_until_it_is_back(tmp_path: Path) -> None:
    kept, away = tmp_path / "x.sqlite3", tmp_path / "away"
    with serving(f"sqlite:///{kept}") as app:
        phone = phone_of(app)
        phone.create()
        kept.rename(away)
        says_later(phone)
        assert not kept.exists()
        away.rename(kept)
        assert phone.push(new_id(), b"x").status == 201


def readiness(app: Flask) -> str:
    answer = Client(app).get("/readyz")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return str(answer.json["database"])
