"""A database that goes away, and comes back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client

from tests.support.phone import AppLine, Phone, new_id
from tests.support.postgres import Postgres
from tests.support.site import build
from webapp import create_app, database
from webapp.extensions import db


@pytest.fixture
def cluster() -> Iterator[Postgres]:
    """A PostgreSQL of one test's own, which it may stop."""
    cluster = Postgres()
    try:
        yield cluster.start()
    finally:
        cluster.remove()


def phone_of(url: str) -> tuple[Flask, Phone]:
    app = create_app({"DATABASE_URL": url, "EASEBACK_LANGUAGES": "en"}, build())
    phone = Phone(AppLine(Client(app, use_cookies=False)))
    assert phone.create().status == 201
    return app, phone


def says_later(phone: Phone) -> None:
    for answer in (phone.send("GET"), phone.push(new_id(), b"x"), phone.send("DELETE")):
        assert (answer.status, answer.json) == (503, {"error": "later"})
        assert int(answer.headers["Retry-After"]) > 0


def test_a_database_that_is_down_is_waited_for(
    cluster: Postgres, caplog: pytest.LogCaptureFixture
) -> None:
    app, phone = phone_of(cluster.new_database())
    kept = new_id()
    phone.push(kept, b"x")
    cluster.stop()
    says_later(phone)
    assert {one.getMessage() for one in caplog.records} == {"The vault failed: OperationalError"}
    cluster.start()
    assert phone.push(new_id(), b"y").status == 201
    assert phone.pull()[kept] == b"x"
    with app.app_context():
        db.engine.dispose()


def test_a_file_that_is_locked_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PRAGMAS", ("busy_timeout=50", "foreign_keys=on"))
    app, phone = phone_of(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    other = sqlite3.connect(tmp_path / "x.sqlite3", isolation_level=None)
    other.execute("begin immediate")
    answer = phone.push(new_id(), b"x")
    assert (answer.status, answer.json) == (503, {"error": "later"})
    assert phone.pull() == {}  # readers pass
    other.execute("rollback")
    assert phone.push(new_id(), b"x").status == 201
    other.close()
    with app.app_context():
        db.engine.dispose()
