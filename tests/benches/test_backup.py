"""The bench of the private backup: what it prints, what it refuses, and that it leaves nothing."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, create_engine, inspect, make_url, text

from tests.benches import backup as bench
from tests.benches import backup_server as server_bench
from tests.benches.__main__ import bench as program
from tests.benches.backup import Ground
from tests.support.site import serving
from webapp import database

SMALL = ("--entries", "40", "--vaults", "3")
RATIO = r"\d+\.\d\d \(\d+\.\d\d to \d+\.\d\d\)"
TABLES = {
    "vault",
    "vault_entry",
    "vault_removal",
    "feedback",
    "served_release",
    "alembic_version",
}
VAULT = "insert into vault values ('a', 'b', 'c', 0, 0)"
FEEDBACK = f"insert into feedback values ('{'0' * 32}', '2026-01-02', 'yes', '', 'en', '', '')"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A look into the database from outside of the bench."""
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


def run(*options: str) -> Result:
    return CliRunner().invoke(program, ["backup", *SMALL, *options])


def named(url: str) -> str:
    """Return how a database is called where everybody may read it."""
    return make_url(url).render_as_string()


def upgrade(url: str, *statements: str) -> None:
    """Make the tables as a server does, and what it keeps."""
    engine = create_engine(url)
    database.prepare(engine)
    database.upgrade(engine)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def content(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table."""
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        return {
            name: [tuple(row) for row in connection.execute(text(f"select * from {name}"))]
            for name in names
        }


def test_it_prints_every_ratio_and_leaves_nothing(database_url: str, engine: Engine) -> None:
    done = run("--url", database_url)
    assert done.exit_code == 0, done.output
    name, _, *speeds, one_push = done.output.splitlines()
    assert name == f"{named(database_url)}:"
    speed = re.compile(
        rf"  (\S.*\S) +[\d,]+ entries a second, raw +[\d,]+: {RATIO} of the raw speed"
    )
    assert [found[1] for line in speeds if (found := speed.fullmatch(line))] == [
        "push 40 into one vault",
        "pull 40 in pages of 200",
        "make 3 vaults of 10",
        "push 40 through the server",
    ]
    assert re.fullmatch(
        r"  one push into one of 3 vaults, against the one of 40 entries: "
        rf"\d+\.\d\d ms and \d+\.\d\d ms, {RATIO} times as long",
        one_push,
    )
    assert content(engine) == {}


def test_it_prints_a_mapping_for_each_database_as_json(database_url: str, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    done = run("--json", "--url", database_url, "--url", other, "--url", other)
    told = json.loads(done.output)
    assert list(told) == [named(database_url), other]
    for measured in told.values():
        assert measured.pop("bytes_per_entry") == 280
        assert list(measured) == ["push", "pull", "vaults", "server", "one_push"]
        one_push = measured.pop("one_push")
        ratios = [one_push.pop("times_as_long")]
        ratios += [figures.pop("of_the_raw_speed") for figures in measured.values()]
        for ratio in ratios:
            assert 0 < ratio["lowest"] <= ratio["median"] <= ratio["highest"]
        assert set(one_push) == {"measured", "milliseconds", "first_vault_milliseconds"}
        for figures in measured.values():
            assert set(figures) == {"measured", "entries_per_second", "raw_per_second"}


def test_by_itself_it_takes_a_file_and_takes_it_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    done = run()
    assert done.exit_code == 0, done.output
    assert done.output.startswith("a temporary SQLite file:\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("kept", "table"), [(VAULT, "vault"), (FEEDBACK, "feedback")])
def test_a_database_that_keeps_something_is_refused_and_left_as_it_was(
    kept: str, table: str, database_url: str, engine: Engine
) -> None:
    upgrade(database_url, kept)
    before = content(engine)
    assert len(before[table]) == 1
    done = run("--url", database_url)
    assert done.exit_code == 2
    assert done.output.splitlines()[-1] == (
        f'Error: {named(database_url)}: there are rows in "{table}", '
        "and the bench takes an empty database only."
    )
    assert content(engine) == before


def test_tables_that_were_there_stay_and_stay_empty(database_url: str, engine: Engine) -> None:
    upgrade(database_url)
    before = content(engine)
    assert run("--url", database_url).exit_code == 0
    assert content(engine) == before
    assert before.keys() == TABLES


def test_what_a_server_began_to_keep_in_its_tables_stays(database_url: str, engine: Engine) -> None:
    with bench.fresh(database_url) as ground:
        bench.measure(ground, 20, 2)
        upgrade(database_url, VAULT)
    left = content(engine)
    assert left.keys() == TABLES
    assert (len(left["vault"]), left["vault_entry"]) == (1, [])


def test_a_bench_that_breaks_off_leaves_nothing(database_url: str, engine: Engine) -> None:
    with pytest.raises(KeyboardInterrupt):
        break_off(database_url)
    assert content(engine) == {}


def break_off(url: str) -> None:
    with bench.fresh(url) as ground:
        bench.measure(ground, 20, 2)
        raise KeyboardInterrupt


def test_a_table_in_the_way_is_named_and_stays(database_url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("create table feedback (mine integer)"))
    done = run("--url", database_url)
    assert done.exit_code == 1
    (line,) = done.output.splitlines()
    assert line.startswith(f"Error: {named(database_url)}: the database cannot be used: ")
    assert content(engine) == {"feedback": []}


def test_both_sides_write_and_read_the_same(database_url: str) -> None:
    with bench.fresh(database_url) as ground:
        bench.measure(ground, 40, 3)
        with ground.engine.connect() as connection:
            first, *others = ground.vaults
            columns = "vault, position, id, sequence, body"
            raw = f"select {columns} from bench_raw_entry"
            real = f"select {columns} from vault_entry"
            raw_rows = {tuple(map(as_bytes, row)) for row in connection.execute(text(raw))}
            real_rows = {tuple(map(as_bytes, row)) for row in connection.execute(text(real))}
    assert raw_rows < real_rows
    assert len(raw_rows) == 40 + 3 * bench.ENTRIES_OF_A_VAULT
    assert len(real_rows) == len(raw_rows) + 2 * 40
    assert {row[0] for row in real_rows} == {first, *others}
    assert {len(row[4]) for row in raw_rows} == {bench.BODY_BYTES}


def as_bytes(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def test_a_server_that_refuses_is_not_measured(
    database_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(database_url)
    monkeypatch.setattr(Ground, "new_vault", lambda _: ("0" * 32, "no token"))
    with (
        serving(database_url) as app,
        bench.fresh(database_url) as ground,
        pytest.raises(server_bench.Unanswered, match="404"),
    ):
        server_bench.measure(app, ground, 10)
    assert content(engine)["vault"] == []


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("nonsense", "is no database address"),
        ("mysql://root@/x", "DATABASE_URL: "),
        ("sqlite://", "A database in memory is not what a server keeps"),
        ("sqlite:///:memory:", "A database in memory is not what a server keeps"),
    ],
)
def test_an_address_that_cannot_be_measured_is_refused(url: str, reason: str) -> None:
    done = run("--url", url)
    assert done.exit_code == 2
    assert reason in done.output.splitlines()[-1]


def test_no_password_is_printed() -> None:
    done = run("--url", "postgresql+psycopg://me:secret@/x?host=/no-such-folder")
    assert done.exit_code == 1
    assert done.output.startswith("Error: postgresql+psycopg://me:***@/x?")
    assert done.output.endswith(": the database does not answer.\n")


def test_a_database_that_does_not_answer_is_told_in_one_line() -> None:
    done = run("--url", "sqlite:////no-such-folder/x.sqlite3")
    assert (done.exit_code, done.output) == (
        1,
        "Error: sqlite:////no-such-folder/x.sqlite3: the database does not answer.\n",
    )


@pytest.mark.parametrize("many", [1, 9, 10, 11, 29, 1000])
def test_slices_are_all_there_is_and_about_as_large_as_each_other(many: int) -> None:
    things = list(range(many))
    parts = list(bench.slices(things))
    assert [thing for part in parts for thing in part] == things
    assert len(parts) == min(many, bench.SLICES)
    sizes = {len(part) for part in parts}
    assert max(sizes) - min(sizes) <= 1
