"""What an operator keeps of the database: taken while a server writes, and put in its place."""

from __future__ import annotations

import contextlib
import os
import shlex
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import create_engine

from tests.support.fronts import FrontServer, ask
from tests.support.phone import NetworkLine, Phone, new_id
from tests.support.postgres import Postgres
from tests.support.site import serving
from webapp import database, snapshots

ROWS = {"feedback": 0, "served_release": 0, "vault": 0, "vault_entry": 0, "vault_removal": 0}
ADD = "insert into vault values (randomblob(16), randomblob(32), randomblob(900), 0, 0)"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A database as a server makes it, with nothing of people in it."""
    return made(tmp_path / "kept.sqlite3")


def made(file: Path, rows: int = 0) -> Path:
    engine = create_engine(f"sqlite:///{file}")
    database.prepare(engine)
    database.upgrade(engine)
    engine.dispose()
    for _ in range(rows):
        change(file, ADD)
    return file


def change(file: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()


def vaults(file: Path) -> int:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("select count(*) from vault").fetchone()[0])


def beside(file: Path) -> set[str]:
    """Return what lies beside a database, but for the claim by which processes take turns."""
    return {other.name for other in file.parent.iterdir()} - {file.name, f"{file.name}-upgrade"}


def test_a_snapshot_holds_all_that_was_written_and_is_its_owners_alone(kept: Path) -> None:
    with contextlib.closing(sqlite3.connect(kept)) as server:  # its journal stays open
        server.execute(ADD)
        server.commit()
        file = kept.with_name("copy")
        content = snapshots.take(kept, file)
        assert content.rows == ROWS | {"vault": 1}
    assert (content.size, content.revision) == (file.stat().st_size, "0001")
    assert file.stat().st_mode & 0o777 == 0o600
    assert vaults(file) == 1
    assert beside(kept) == {"copy"}


def test_a_snapshot_is_of_one_moment_while_others_write(kept: Path) -> None:
    """Each change adds to two tables at once: no copy has one without the other."""
    add = ("begin immediate", ADD, "insert into served_release select max(number) + 1, 0, 'x'")
    change(kept, "insert into served_release values (0, 0, 'x')")
    ends, written = threading.Event(), threading.Event()

    def write() -> None:
        with contextlib.closing(sqlite3.connect(kept, isolation_level=None)) as server:
            while not ends.is_set():
                for statement in (*add[:2], f"{add[2]} from served_release", "commit"):
                    server.execute(statement)
                written.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            written.clear()
            assert written.wait(30)
            rows = snapshots.take(kept, kept.with_name(f"copy-{number}")).rows
            assert rows["served_release"] == rows["vault"] + 1 > 1
    finally:
        ends.set()
        writer.join()


def test_nothing_that_is_there_is_written_over(kept: Path) -> None:
    there = kept.with_name("copy")
    there.write_text("the last good one")
    with pytest.raises(snapshots.Refused, match="is there already"):
        snapshots.take(kept, there)
    assert there.read_text() == "the last good one"


def test_a_folder_that_is_not_there_is_named(kept: Path) -> None:
    with pytest.raises(snapshots.Refused, match=r"there is no folder .*/nowhere\.$"):
        snapshots.take(kept, kept.with_name("nowhere") / "copy")


def test_who_comes_first_has_the_name(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = kept.with_name("copy")
    content = snapshots._content  # noqa: SLF001 the moment before it gets its name

    def slowly(file: Path) -> snapshots.Content:
        there.write_text("of another process")
        return content(file)

    monkeypatch.setattr(snapshots, "_content", slowly)
    with pytest.raises(snapshots.Refused, match="is there already"):
        snapshots.take(kept, there)
    assert there.read_text() == "of another process"
    assert beside(kept) == {"copy"}


def test_a_disk_that_gives_no_second_name_keeps_snapshots_too(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    snapshots.take(kept, kept.with_name("copy"))
    with pytest.raises(snapshots.Refused, match="is there already"):
        snapshots.take(kept, kept.with_name("copy"))
    _, aside = snapshots.restore(kept.with_name("copy"), kept, replace=True)
    assert aside
    assert beside(kept) == {"copy", aside.name}


def test_what_comes_back_is_what_was_taken_and_what_was_there_is_kept(kept: Path) -> None:
    change(kept, ADD)
    kept.chmod(0o640)
    file = kept.with_name("copy")
    taken = snapshots.take(kept, file)
    change(kept, ADD)
    content, aside = snapshots.restore(file, kept, replace=True)
    assert content.rows == taken.rows
    assert aside
    assert (vaults(kept), vaults(aside)) == (1, 2)
    assert kept.stat().st_mode & 0o777 == 0o640
    assert beside(kept) == {"copy", aside.name}


def test_what_is_written_and_not_yet_in_the_file_stays_with_what_was_there(
    kept: Path, tmp_path: Path
) -> None:
    file = tmp_path / "copy"
    snapshots.take(kept, file)
    # A server that is killed leaves its last changes in the journal beside the file.
    with contextlib.closing(sqlite3.connect(kept)) as server:
        server.execute(ADD)
        server.commit()
        killed = tmp_path / "killed"
        killed.mkdir()
        for suffix in ("", "-wal"):
            (killed / f"kept.sqlite3{suffix}").write_bytes(Path(f"{kept}{suffix}").read_bytes())
    _, aside = snapshots.restore(file, killed / "kept.sqlite3", replace=True)
    assert aside
    assert (vaults(killed / "kept.sqlite3"), vaults(aside)) == (0, 1)


def test_what_holds_something_is_replaced_only_on_demand(kept: Path) -> None:
    file = kept.with_name("copy")
    snapshots.take(kept, file)
    change(kept, "insert into served_release values (1, 0, 'x')")  # as a start does
    assert snapshots.restore(file, kept, replace=False)[1]
    change(kept, ADD)
    with pytest.raises(snapshots.Refused, match=r"1 in vault, .*--replace"):
        snapshots.restore(file, kept, replace=False)
    assert vaults(kept) == 1
    kept.write_bytes(b"this is no database" * 100)
    with pytest.raises(snapshots.Refused, match=r"cannot be read; --replace"):
        snapshots.restore(file, kept, replace=False)
    snapshots.restore(file, kept, replace=True)
    assert vaults(kept) == 0


def test_the_journal_of_a_file_that_is_gone_is_not_taken_for_the_new_ones(kept: Path) -> None:
    file = kept.with_name("copy")
    with contextlib.closing(sqlite3.connect(kept)) as server:
        snapshots.take(kept, file)
        server.execute(ADD)
        server.commit()
        kept.unlink()
        assert snapshots.restore(file, kept, replace=False)[1] is None
    assert vaults(kept) == 0
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_database_that_a_server_has_open_is_not_replaced(kept: Path) -> None:
    file = kept.with_name("copy")
    snapshots.take(kept, file)
    with contextlib.closing(sqlite3.connect(kept)) as server:
        assert server.execute("select count(*) from vault").fetchone() == (0,)
        with pytest.raises(snapshots.Refused, match="is in use: stop the server first"):
            snapshots.restore(file, kept, replace=True)
        server.execute(ADD)
        server.commit()
    assert vaults(kept) == 1


def damaged(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-4096:] = os.urandom(4096)
    file.write_bytes(content)


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "damaged": (damaged, "is damaged|cannot be copied"),
    "no database": (lambda file: file.write_text("x" * 5000), "cannot be copied: file is not"),
    "empty": (lambda file: file.write_bytes(b""), "is no backup of Easeback"),
    "of another program": (
        lambda file: change(file, "drop table alembic_version"),
        "is no backup of Easeback",
    ),
    "newer": (
        lambda file: change(file, "update alembic_version set version_num = '9999'"),
        r"is of a newer release \(it is at 9999\): restore it with that release",
    ),
    "gone": (lambda file: file.unlink(), "there is no file"),
}


@pytest.mark.parametrize(("spoil", "reason"), SPOILT.values(), ids=SPOILT)
def test_a_file_that_is_no_good_leaves_everything_as_it_was(
    spoil: Callable[[Path], object], reason: str, kept: Path
) -> None:
    change(kept, ADD)
    file = made(kept.with_name("copy"), rows=20)
    file.with_name("copy-upgrade").unlink()
    change(file, "pragma journal_mode=delete")
    spoil(file)
    before = beside(kept)
    with pytest.raises(snapshots.Refused, match=reason):
        snapshots.restore(file, kept, replace=True)
    assert vaults(kept) == 1
    assert beside(kept) == before


@pytest.mark.parametrize("spoil", ["damaged", "no database", "empty", "gone"])
def test_no_snapshot_is_taken_of_what_could_not_be_restored(spoil: str, kept: Path) -> None:
    for _ in range(20):
        change(kept, ADD)
    SPOILT[spoil][0](kept)
    with pytest.raises(snapshots.Refused):
        snapshots.take(kept, kept.with_name("copy"))
    assert not beside(kept)


# The commands.


def run(url: str, *command: str) -> Result:
    with serving(url) as app:
        return app.test_cli_runner().invoke(args=["database", *command])


def said(url: str, *command: str) -> str:
    """Return the one line in which a command was refused."""
    done = run(url, *command)
    assert done.exit_code == 1
    (line,) = done.output.splitlines()
    return line


@pytest.fixture
def server(tmp_path: Path) -> Iterator[FrontServer]:
    server = FrontServer(tmp_path).start()
    yield server
    server.kill()


def test_drill_a_server_whose_database_was_lost_gives_everything_back(
    server: FrontServer, tmp_path: Path
) -> None:
    lost, file = tmp_path / "test.sqlite3", tmp_path / "copy"
    phone, entries = Phone(NetworkLine(server.port)), {new_id(): os.urandom(500) for _ in range(5)}
    assert phone.create().status == 201
    for identity, body in entries.items():
        assert phone.push(identity, body).status == 201
    assert ask(server.port, "/en/feedback/", "helped=yes&words=as+before").status == 303
    url = f"sqlite:///{lost}"
    taken = run(url, "backup", str(file))
    assert taken.exit_code == 0, taken.output
    assert "1 in feedback" in taken.output
    assert "1 in vault, 5 in vault_entry" in taken.output
    assert phone.push(new_id(), b"later").status == 201
    assert said(url, "restore", str(file), "--replace").endswith("stop the server first.")

    lost.unlink()
    assert phone.send("GET").status == 503
    done = run(url, "restore", str(file))
    assert done.exit_code == 0, done.output
    assert phone.pull() == entries
    assert phone.push(new_id(), b"again").status == 201
    report = run(url, "backup", str(tmp_path / "again")).output
    assert "1 in feedback" in report
    assert "6 in vault_entry" in report
    with contextlib.closing(sqlite3.connect(lost)) as found:
        assert found.execute("select words from feedback").fetchall() == [("as before",)]


def test_the_command_says_what_was_there_and_where_it_is(kept: Path) -> None:
    url, file = f"sqlite:///{kept}", kept.with_name("copy")
    assert run(url, "backup", str(file)).exit_code == 0
    change(kept, ADD)
    assert "--replace keeps it beside" in said(url, "restore", str(file))
    done = run(url, "restore", str(file), "--replace")
    first, second = done.output.splitlines()
    assert first.startswith("The database holds ")
    aside = Path(second.removeprefix("What was there before is kept as ").removesuffix("."))
    assert vaults(aside) == 1


def test_the_whole_path_is_named(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(kept.parent)
    taken = run(f"sqlite:///{kept}", "backup", "copy")
    assert taken.output.startswith(f"{kept.with_name('copy')} holds ")


def test_a_database_in_memory_is_said_to_be_one() -> None:
    assert said("sqlite://", "backup", "copy") == (
        "Error: the database is in memory, and ends with the server."
    )


def test_postgresql_is_left_to_its_own_programs_which_do_it(
    postgres: Postgres, tmp_path: Path
) -> None:
    url, file = postgres.new_database(), str(tmp_path / "a copy")
    assert run(url, "upgrade").exit_code == 0
    count = "select count(*) from vault"
    add = "insert into vault values ('a', 'b', 'c', 0, 0)"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(add)
    named_by(said(url, "backup", file), postgres)
    with engine.begin() as connection:
        connection.exec_driver_sql(add.replace("'a'", "'z'"))
    named_by(said(url, "restore", file, "--replace"), postgres)
    with engine.connect() as connection:
        assert connection.exec_driver_sql(count).scalar_one() == 1
    engine.dispose()
    other = postgres.new_database()
    named_by(said(other, "restore", file), postgres)
    assert run(other, "upgrade").output == "The database is at revision 0001.\n"


def named_by(line: str, postgres: Postgres) -> None:
    """Run what a refusal says to run."""
    told = line.partition("Run: ")[2].rpartition(" (the password")[0]
    folder = postgres.programs
    command = shlex.split(told)
    done = subprocess.run(
        [str(folder / command[0]), *command[1:]], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_no_password_is_named() -> None:
    url = "postgresql+psycopg://me:secret@host/name?sslpassword=secret&sslmode=require"
    line = said(url, "backup", "copy")
    assert "'--dbname=postgresql://me@host/name?sslmode=require'" in line
    assert "secret" not in line
