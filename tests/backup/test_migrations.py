from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text

from tests.support.postgres import Postgres
from tests.support.site import serving
from webapp import database
from webapp.database import Base
from webapp.feedback.models import Feedback

ROOT = Path(database.__file__).parents[1]
TABLES = {
    "alembic_version",
    "feedback",
    "served_release",
    "vault",
    "vault_entry",
    "vault_removal",
}
BEFORE = "0001"
"""The revision up to which the release before knows the tables: it starts on no later one."""

UPGRADE = """
import sys
from sqlalchemy import create_engine
from webapp import database
url = sys.argv[1]
engine = create_engine(url, **database.engine_options(url))
database.prepare(engine)
print(database.upgrade(engine))
"""


@contextlib.contextmanager
def engine_of(url: str) -> Iterator[Engine]:
    engine = create_engine(url, **database.engine_options(url))
    database.prepare(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with engine_of(database_url) as engine:
        yield engine


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def test_from_nothing_to_what_the_models_say(engine: Engine) -> None:
    assert tables(engine) == set()
    database.upgrade(engine)
    assert tables(engine) == TABLES
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_a_second_upgrade_changes_nothing(engine: Engine) -> None:
    first = database.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("insert into vault values ('a', 'b', 'c', 0, 0)"))
    assert database.upgrade(engine) == first
    with engine.connect() as connection:
        assert connection.scalar(text("select count(*) from vault")) == 1


def test_the_release_before_starts_and_works_on_what_this_one_has_brought_up_to_date(
    engine: Engine,
) -> None:
    push = text("insert into vault_entry values ('a', :position, :id, 1, 'sealed')")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(database.MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, BEFORE)
        connection.execute(text("insert into vault values ('a', 'b', 'c', 1, 6)"))
        connection.execute(push, {"position": 1, "id": "x"})
    assert "vault_removal" not in tables(engine)
    assert database.upgrade(engine) == BEFORE
    with engine.begin() as connection:
        connection.execute(push, {"position": 2, "id": "y"})
        assert connection.scalar(text("select count(*) from vault_entry")) == 2
        # It takes a whole backup away, and with it what this release has noted of it.
        connection.execute(text("insert into vault_removal values ('a', 'z', 3)"))
        connection.execute(text("delete from vault"))
        assert connection.scalar(text("select count(*) from vault_removal")) == 0


def test_processes_that_start_at_once_make_the_tables_once(database_url: str) -> None:
    command = [sys.executable, "-c", UPGRADE, database_url]
    started = [
        subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    ended = [(*process.communicate(), process.returncode) for process in started]
    assert [(out, status) for out, _, status in ended] == [(f"{BEFORE}\n", 0)] * 4, ended
    with engine_of(database_url) as engine:
        assert tables(engine) == TABLES


def test_a_silent_database_holds_up_one_request_at_a_time(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = database.upgrade
    asked, answers = Event(), Event()

    def slowly(engine: Engine) -> str:
        asked.set()
        assert answers.wait(30)
        return upgrade(engine)

    monkeypatch.setattr(database, "upgrade", slowly)
    known = database.Tables(engine)
    with ThreadPoolExecutor(1) as thread:
        first = thread.submit(known.ready)
        assert asked.wait(30)
        with pytest.raises(database.UNREACHABLE):
            known.ready()
        answers.set()
        first.result(30)
    known.ready()
    assert tables(engine) == TABLES


def test_what_an_address_says_of_its_lines_goes_before_what_we_say() -> None:
    base = "postgresql://host/name"
    usual = database.engine_options(base)["connect_args"]
    assert {"connect_timeout", "keepalives_idle", "tcp_user_timeout"} <= usual.keys()
    own = database.engine_options(f"{base}?connect_timeout=1&options=-c%20search_path%3Dx")
    assert "connect_timeout" not in own["connect_args"]
    assert own["connect_args"]["options"] == f"-c search_path=x {usual['options']}"


def test_a_postgresql_that_falls_silent_is_given_up(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_SILENCE_S", 0.5)
    with engine_of(postgres.new_database()) as engine, engine.connect() as connection:
        with postgres.stopped(), pytest.raises(database.UNREACHABLE):
            connection.execute(text("select 1"))
        assert connection.invalidated


def test_an_upgrade_that_fails_leaves_nothing_half_made(
    engine: Engine,
) -> None:
    with engine.begin() as connection:
        connection.execute(text("create table feedback (mine integer)"))  # the last one it makes
    with pytest.raises(database.UnusableDatabase, match="feedback"):
        database.upgrade(engine)
    assert tables(engine) == {"feedback"}


def test_a_database_of_a_newer_release_is_told_in_one_line_and_left_alone(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with engine_of(database_url) as engine:
        database.upgrade(engine)
        with engine.begin() as connection:
            connection.execute(text("update alembic_version set version_num = '9999'"))
    (line,) = told_at_the_start(database_url, caplog)
    assert line.startswith("Pages answer, but the database is newer than this release (it is at ")
    with serving(database_url) as app:
        done = app.test_cli_runner().invoke(args=["database", "upgrade"])
        assert (done.exit_code, done.output.count("\n")) == (1, 1)
        assert done.output.startswith("Error: the database is newer than this release")
        assert app.test_cli_runner().invoke(args=["feedback", "report"]).output == done.output


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////no-such-folder/x.sqlite3",
        "postgresql://postgres@/x?host=/no-such-folder",
    ],
)
def test_a_database_that_does_not_answer_is_told_in_one_line(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    (line,) = told_at_the_start(url, caplog)
    assert line.startswith("The database does not answer: ")
    assert line.endswith(" Pages need none.")


def test_what_is_in_the_way_of_the_tables_is_told_in_one_line(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with engine_of(database_url) as engine, engine.begin() as connection:
        connection.execute(text("create table feedback (mine integer)"))
    (line,) = told_at_the_start(database_url, caplog)
    assert line.startswith("Pages answer, but the database cannot be used: ")


def test_a_file_that_is_no_database_is_told_in_one_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "x.db").write_bytes(b"this is no database" * 100)
    (line,) = told_at_the_start(f"sqlite:///{tmp_path / 'x.db'}", caplog)
    assert line == "Pages answer, but the database cannot be used: file is not a database"


def test_a_file_that_is_put_in_the_place_of_a_broken_one_is_used(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    file.write_bytes(b"this is no database" * 100)
    with engine_of(f"sqlite:///{file}") as engine:
        known = database.Tables(engine)
        with pytest.raises(database.UnusableDatabase):
            known.ready()
        (tmp_path / "new").touch()
        (tmp_path / "new").replace(file)
        known.ready()
        assert tables(engine) == TABLES


def test_the_first_need_and_the_command_bring_the_tables_up_to_date(database_url: str) -> None:
    with serving(database_url) as app:
        assert app.test_client().get("/healthz").status_code == 200
        with engine_of(database_url) as engine:
            assert tables(engine) == TABLES
        done = app.test_cli_runner().invoke(args=["database", "upgrade"])
    assert done.output == "The database is at revision 0001.\n"


def test_sqlite_is_set_up_to_keep_what_it_acknowledged(tmp_path: Path) -> None:
    with engine_of(f"sqlite:///{tmp_path / 'x.sqlite3'}") as engine:
        database.upgrade(engine)
        with engine.connect() as connection:
            said = {
                name: connection.scalar(text(f"pragma {name}"))
                for name in (
                    "journal_mode",
                    "foreign_keys",
                    "synchronous",
                    "secure_delete",
                    "busy_timeout",
                )
            }
    assert said == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 2,
        "secure_delete": 1,
        "busy_timeout": 5_000,
    }


def test_a_database_in_memory_has_its_tables() -> None:
    with engine_of("sqlite://") as engine:
        database.upgrade(engine)
        assert tables(engine) == TABLES


def test_feedback_keeps_only_what_it_may(engine: Engine) -> None:
    database.upgrade(engine)
    columns = {
        column["name"]: str(column["type"]) for column in inspect(engine).get_columns("feedback")
    }
    assert columns.keys() == set(Feedback.__table__.columns.keys())
    assert columns["day"] == "DATE"
    row = "insert into feedback values (:id, '2026-01-02', :helped, '', 'en', '', :words)"
    values = {"id": "0" * 32, "helped": "yes", "words": "x" * 500}
    with engine.begin() as connection:
        connection.execute(text(row), values)
    for wrong in ({"helped": "maybe"}, {"words": "x" * 501}, {}):
        fresh = {"id": "1" * 32} if wrong else {}
        with (
            pytest.raises(Exception, match=r"constraint|too long|UNIQUE|duplicate"),
            engine.begin() as connection,
        ):
            connection.execute(text(row), {**values, **fresh, **wrong})


def told_at_the_start(url: str, caplog: pytest.LogCaptureFixture) -> list[str]:
    with engine_of(url) as engine:
        database.Tables(engine).start().join()
    return [record.getMessage() for record in caplog.records]
