"""A number that was served stands for its bytes: another release under it does not start."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from tests.support.server import Server
from tests.support.site import build
from webapp import create_app
from webapp.extensions import db
from webapp.web import served

OTHER = "0123456789ab"
ROOT = Path(served.__file__).parents[2]


@contextmanager
def starting(database_url: str, release: str = "", edition: int = 0) -> Iterator[Flask]:
    """An application about to be served, of this or another release."""
    app = create_app({"DATABASE_URL": database_url}, build())
    app.config["RELEASE_VERSION"] = build().release.site.version._replace(edition=edition)
    app.config["RELEASE_ID"] = release or app.config["RELEASE_ID"]
    yield app
    with app.app_context():
        db.engine.dispose()


def test_the_same_release_starts_as_often_as_it_likes(database_url: str) -> None:
    for _ in range(3):
        with starting(database_url) as app:
            served.remember(app)


def test_other_bytes_under_a_number_are_refused_in_one_line(database_url: str) -> None:
    own = build().release.id
    number = build().release.site.version.number
    with starting(database_url) as app:
        served.remember(app)
    with starting(database_url, OTHER) as app, pytest.raises(served.OtherBytes) as refused:
        served.remember(app)
    line = str(refused.value)
    assert line.startswith(
        f"release {number}.0 was served with other bytes ({own}, now {OTHER}). "
        "Set EASEBACK_EDITION to 1;"
    )
    assert "\n" not in line


def test_an_edition_of_the_operators_own_is_another_number(database_url: str) -> None:
    with starting(database_url) as app:
        served.remember(app)
    with starting(database_url, OTHER, edition=1) as app:
        served.remember(app)
    with starting(database_url) as app:
        served.remember(app)


def test_the_kill_switch_is_never_refused(database_url: str) -> None:
    with starting(database_url) as app:
        served.remember(app)
    with starting(database_url, OTHER) as app:
        app.config["KILLED"] = True
        served.remember(app)
    with starting(database_url) as app:
        served.remember(app)


def test_a_database_that_is_not_there_stops_no_start(tmp_path: Path) -> None:
    with starting(f"sqlite:///{tmp_path / 'none' / 'none.db'}") as app:
        served.remember(app)


def test_a_database_that_fails_meanwhile_stops_no_start(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with starting(database_url) as app:
        served.remember(app)
        with app.app_context(), db.engine.begin() as connection:
            connection.exec_driver_sql("drop table served_release")
        served.remember(app)
    assert "It is not known which releases were served" in caplog.text


def test_nobody_serves_other_bytes_and_a_command_still_runs(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    with starting(url, OTHER) as app:
        served.remember(app)
    with pytest.raises(AssertionError, match=r"easeback: release .* was served with other bytes"):
        Server(tmp_path, settings={"DATABASE_URL": url}).start()
    settings = {"DATABASE_URL": url, "PATH": ""}
    imported = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert imported.returncode == 1
    assert imported.stderr.startswith("easeback: release ")
    assert imported.stderr.count("\n") == 1
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "release", "info"]
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, check=False)
    assert done.returncode == 0


def test_a_database_that_hangs_delays_no_start_for_long(tmp_path: Path) -> None:
    file = tmp_path / "held.db"
    holder = sqlite3.connect(file)
    holder.execute("begin exclusive")
    server = Server(tmp_path, settings={"DATABASE_URL": f"sqlite:///{file}"})
    try:
        server.start("/livez")
    finally:
        server.kill()
        holder.close()
