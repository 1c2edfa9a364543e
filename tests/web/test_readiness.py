from __future__ import annotations

import logging
import time
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client

from tests.support.site import build, serving
from webapp import create_app
from webapp.extensions import db
from webapp.web import readiness

RELEASE = build().release


@pytest.fixture
def broken(tmp_path: Path) -> Flask:
    """The application with a database that cannot be opened."""
    return create_app({"DATABASE_URL": f"sqlite:///{tmp_path / 'none' / 'none.db'}"}, build())


def test_health_names_the_release(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json == {"status": "ok", "release": RELEASE.id}


def test_readiness_names_the_database_in_a_field(client: Client, broken: Flask) -> None:
    found = {"status": "ok", "release": RELEASE.id}
    assert client.get("/readyz").json == {**found, "database": "ok"}
    told = Client(broken).get("/readyz")
    assert (told.status_code, told.json) == (200, {**found, "database": "later"})


def test_without_its_database_the_server_is_not_healthy(broken: Flask) -> None:
    response = Client(broken).get("/healthz")
    assert response.status_code == 500
    assert response.data == RELEASE.page("en", "failed/")
    assert str(db) not in response.text
    assert "sqlite" not in response.text


def words(records: list[logging.LogRecord]) -> list[str]:
    return [record.getMessage() for record in records]


def test_the_log_has_one_line_for_each_change_however_often_it_is_asked(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "disk"
    with serving(f"sqlite:///{folder / 'kept.sqlite3'}") as app:
        client = Client(app)

        def ask() -> None:
            for _ in range(3):
                client.get("/healthz")
                client.get("/readyz")

        ask()
        away = "The database is away: OperationalError SQLITE_CANTOPEN"
        assert words(caplog.records) == [away]
        folder.mkdir()
        ask()
        assert words(caplog.records) == [away, "The database answers: all is well again"]
        assert all(not record.exc_info for record in caplog.records)


def test_a_file_that_was_removed_is_called_missing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "kept.sqlite3"
    with serving(f"sqlite:///{file}") as app:
        assert Client(app).get("/healthz").status_code == 200
        file.unlink()
        assert Client(app).get("/healthz").status_code == 500
    assert words(caplog.records) == ["The database is away: MissingFile"]


def test_a_database_that_hangs_is_one_line_too(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(readiness, "_PATIENCE_S", 0.01)
    probe = readiness.Probe(app)

    class Hangs:
        def execute(self, _: object) -> None:
            time.sleep(0.05)
            raise TimeoutError

    monkeypatch.setattr(readiness, "session", Hangs)
    monkeypatch.setattr(readiness, "is_trouble", lambda _: True)
    assert {probe.word() for _ in range(20)} >= {"silent"}
    (line,) = words(caplog.records)
    assert line == "The database is away: no answer within 0.01 s"


def test_a_server_in_good_order_says_nothing(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.get("/healthz").status_code == client.get("/readyz").status_code == 200
    assert not caplog.records
