"""How fast the private backup is, as a part of the speed of raw inserts and selects.

The yardstick is the driver alone: the same rows, one transaction each, into a table of the same
columns without a key in the same database, and one select of them all. Both are measured in short
turns, so that a machine that is slow for a moment slows both.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import pairwise, repeat
from statistics import median
from time import perf_counter
from typing import TypeVar

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    Table,
    bindparam,
    create_engine,
    delete,
    inspect,
    literal,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session

from webapp import database
from webapp.backup import store, wire
from webapp.backup.models import Vault, VaultEntry
from webapp.backup.wire import Key, Sealed

BODY_BYTES = 280
ENTRIES_OF_A_VAULT = 10
SLICES = 10
"""How many times each ratio is taken."""
TURN = 50
"""So many rows are written raw, then as many by the backup."""
PAIRS = 200
"""At most so many pushes into the first vault are compared with as many into the others."""
MOST_ENTRIES = wire.MOST_ENTRIES - PAIRS

Row = tuple[bytes, int, bytes, int, bytes]
"""What a row of the yardstick holds, in the order of the columns of an entry."""
_RAW = Table(
    "bench_raw_entry",
    MetaData(),
    *(
        Column(column.name, column.type, autoincrement=False)
        for column in VaultEntry.__table__.columns
    ),
)
_REVISION = "alembic_version"

_T = TypeVar("_T")


class Occupied(ValueError):
    """A database that holds something: it is left as it is."""


@dataclass(frozen=True, slots=True)
class Slice:
    """How long a few entries took, and the same ones raw."""

    entries: int
    seconds: float
    raw_seconds: float


@dataclass(frozen=True, slots=True)
class Speed:
    """How one way of using a backup did, slice by slice."""

    id: str
    name: str
    slices: tuple[Slice, ...]

    @property
    def per_second(self) -> float:
        """Entries a second."""
        return median(part.entries / part.seconds for part in self.slices)

    @property
    def raw_per_second(self) -> float:
        """Raw rows a second."""
        return median(part.entries / part.raw_seconds for part in self.slices)

    @property
    def ratios(self) -> tuple[float, ...]:
        """Which part of the raw speed each slice reached."""
        return tuple(part.raw_seconds / part.seconds for part in self.slices)


@dataclass(frozen=True, slots=True)
class Growth:
    """How many seconds one push took, slice by slice: into the first vault, and into others."""

    name: str
    first: tuple[float, ...]
    others: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """How many times as long as into the first one each slice took."""
        return tuple(other / first for first, other in zip(self.first, self.others, strict=True))


@dataclass(frozen=True, slots=True)
class Measured:
    """All that was measured in one database."""

    speeds: list[Speed]
    growth: Growth


class Ground:
    """A database to measure in, with tables and nothing else."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.vaults: list[bytes] = []
        mark = "?" if engine.dialect.paramstyle == "qmark" else "%s"
        marks = ", ".join(repeat(mark, len(_RAW.columns)))
        self._insert = f"insert into {_RAW.name} values ({marks})"

    def new_vault(self) -> tuple[str, str]:
        """Return the name of a vault to be made and what authorizes to use it."""
        vault = secrets.token_hex(16)
        self.vaults.append(bytes.fromhex(vault))
        return vault, f"Bearer {secrets.token_hex(32)}"

    def insert(self, rows: Sequence[Row]) -> float:
        """Return how many seconds the driver takes for the rows, one transaction each."""
        with closing(self.engine.raw_connection()) as driver:
            cursor = driver.cursor()
            start = perf_counter()
            for row in rows:
                cursor.execute(self._insert, row)
                driver.commit()
            return perf_counter() - start

    def select(self, entries: int) -> float:
        """Return how many seconds the driver takes for all rows."""
        with closing(self.engine.raw_connection()) as driver:
            cursor = driver.cursor()
            start = perf_counter()
            cursor.execute(f"select id, sequence, body from {_RAW.name}")
            rows = cursor.fetchall()
            seconds = perf_counter() - start
        assert len(rows) == entries
        return seconds


@contextmanager
def fresh(url: str) -> Iterator[Ground]:
    """Yield an empty database with its tables; what is made in it is taken away at the end.

    Raise Occupied, UnusableDatabase or one of UNREACHABLE.
    """
    engine = create_engine(url, **database.engine_options(url))
    database.prepare(engine)
    ground = Ground(engine)
    try:
        with engine.connect() as connection:
            before = _tables(connection)
            _check_is_empty(connection, before)
        try:
            database.upgrade(engine)
            _RAW.create(engine, checkfirst=True)
            yield ground
        finally:
            _remove(ground, before)
    finally:
        engine.dispose()


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def _check_is_empty(connection: Connection, names: set[str]) -> None:
    for name in sorted(names - {_REVISION}):
        if connection.scalar(select(literal(1)).select_from(table(name)).limit(1)):
            raise Occupied(
                f'there are rows in "{name}", and the bench takes an empty database only.'
            )


def _remove(ground: Ground, before: set[str]) -> None:
    """Take away what the bench made; tables that a server has begun to use stay."""
    with ground.engine.begin() as connection:
        _RAW.drop(connection, checkfirst=True)
        made = _tables(connection) - before
        if ground.vaults:  # then there are tables, too
            gone = delete(Vault).where(Vault.id == bindparam("gone"))
            connection.execute(gone, [{"gone": vault} for vault in ground.vaults])
        if made:
            _drop_if_empty(connection, made)
    if ground.engine.dialect.name == "sqlite":
        with closing(ground.engine.raw_connection()) as driver:
            driver.cursor().execute("vacuum")  # else the file stays as large as it was


def _drop_if_empty(connection: Connection, names: set[str]) -> None:
    if connection.dialect.name == "postgresql":  # in SQLite no other can write by now
        connection.execute(text(f"lock table {', '.join(sorted(names))}"))
    try:
        _check_is_empty(connection, names)
    except Occupied:
        return
    made = MetaData()
    made.reflect(connection, only=sorted(names))
    made.drop_all(connection)


# --- what is measured --------------------------------------------------------------------


def measure(ground: Ground, entries: int, vaults: int) -> Measured:
    """Return how fast entries are pushed and pulled, one after the other, as a phone does."""
    first = wire.key(*ground.new_vault())
    keys = [wire.key(*ground.new_vault()) for _ in range(vaults)]
    with Session(ground.engine) as session:
        store.create(session, first, b"{}")
    # In this order: the raw select finds the raw rows of the first push, and no others.
    speeds = [
        _push(ground, first, entries),
        _pull(ground, first, entries),
        _fill(ground, keys),
    ]
    return Measured(speeds, _grow(ground, first, keys, entries))


def sealed(many: int) -> list[Sealed]:
    """Return entries as large as most are, and as random."""
    return [
        Sealed(secrets.token_bytes(16), sequence, secrets.token_bytes(BODY_BYTES))
        for sequence in range(1, many + 1)
    ]


def rows(vault: bytes, entries: Sequence[Sealed]) -> list[Row]:
    """Return the rows that hold the entries of a vault."""
    return [
        (vault, position, entry.id, entry.sequence, entry.body)
        for position, entry in enumerate(entries, 1)
    ]


def slices(things: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Yield parts that are about as large as each other."""
    many = min(SLICES, len(things))
    ends = [len(things) * place // many for place in range(many + 1)]
    for start, end in pairwise(ends):
        yield things[start:end]


def in_turns(
    ground: Ground, raw: Sequence[Sequence[Row]], things: Sequence[_T], keep: Callable[[_T], object]
) -> tuple[Slice, ...]:
    """Return how long it takes to keep the things, and how long to insert the rows of each."""
    step = max(1, TURN // len(raw[0]))
    measured = []
    for part in slices(list(zip(raw, things, strict=True))):
        turns = [_turn(ground, part[at : at + step], keep) for at in range(0, len(part), step)]
        entries = sum(len(rows) for rows, _ in part)
        measured.append(Slice(entries, sum(own for own, _ in turns), sum(raw for _, raw in turns)))
    return tuple(measured)


def _turn(
    ground: Ground, part: Sequence[tuple[Sequence[Row], _T]], keep: Callable[[_T], object]
) -> tuple[float, float]:
    """Return the seconds of the backup and the raw ones."""
    raw = ground.insert([row for rows, _ in part for row in rows])
    start = perf_counter()
    for _, thing in part:
        keep(thing)
    return perf_counter() - start, raw


def _push(ground: Ground, key: Key, entries: int) -> Speed:
    made = sealed(entries)
    raw = [[row] for row in rows(key.vault, made)]
    measured = in_turns(ground, raw, made, lambda entry: _push_one(ground.engine, key, entry))
    return Speed("push", f"push {entries:,} into one vault", measured)


def _push_one(engine: Engine, key: Key, entry: Sealed) -> None:
    with Session(engine) as session:
        store.push(session, key, entry)


def _pull(ground: Ground, key: Key, entries: int) -> Speed:
    measured = []
    for _ in range(SLICES):
        raw = ground.select(entries)
        start = perf_counter()
        found = sum(map(len, _pages(ground.engine, key)))
        measured.append(Slice(entries, perf_counter() - start, raw))
        assert found == entries
    name = f"pull {entries:,} in pages of {wire.LONGEST_PAGE}"
    return Speed("pull", name, tuple(measured))


def _pages(engine: Engine, key: Key) -> Iterator[list[Sealed]]:
    after, more = None, True
    while more:
        with Session(engine) as session:
            page, more = store.pull(session, key, after, wire.LONGEST_PAGE)
        yield page
        after = page[-1].id


def _fill(ground: Ground, keys: Sequence[Key]) -> Speed:
    filled = [(key, sealed(ENTRIES_OF_A_VAULT)) for key in keys]
    raw = [rows(key.vault, entries) for key, entries in filled]
    measured = in_turns(ground, raw, filled, lambda vault: _make(ground.engine, *vault))
    name = f"make {len(keys):,} vaults of {ENTRIES_OF_A_VAULT}"
    return Speed("vaults", name, measured)


def _make(engine: Engine, key: Key, entries: Sequence[Sealed]) -> None:
    with Session(engine) as session:
        store.create(session, key, b"{}")
    for entry in entries:
        _push_one(engine, key, entry)


def _grow(ground: Ground, first: Key, keys: Sequence[Key], entries: int) -> Growth:
    many = min(PAIRS, entries)
    others = [keys[len(keys) * place // many] for place in range(many)]
    pairs = list(zip(others, sealed(many), sealed(many), strict=True))
    seconds = [
        [
            (_time_push(ground, first, mine), _time_push(ground, other, yours))
            for other, mine, yours in part
        ]
        for part in slices(pairs)
    ]
    medians = [tuple(map(median, zip(*part, strict=True))) for part in seconds]
    into_first, into_others = zip(*medians, strict=True)
    name = f"one push into one of {len(keys):,} vaults, against the one of {entries:,} entries"
    return Growth(name, into_first, into_others)


def _time_push(ground: Ground, key: Key, entry: Sealed) -> float:
    start = perf_counter()
    _push_one(ground.engine, key, entry)
    return perf_counter() - start


# --- what is said of it ------------------------------------------------------------------


def report(measured: Measured) -> Iterator[str]:
    """Yield the lines that a person reads."""
    yield f"  {BODY_BYTES} bytes an entry, a transaction each; raw: the driver alone, without keys"
    width = max(len(speed.name) for speed in measured.speeds)
    for speed in measured.speeds:
        speeds = f"{speed.per_second:>10,.0f} entries a second, raw {speed.raw_per_second:>9,.0f}"
        yield f"  {speed.name:<{width}}{speeds}: {_spread(speed.ratios)} of the raw speed"
    growth = measured.growth
    others, first = (median(times) * 1000 for times in (growth.others, growth.first))
    times = f"{others:.2f} ms and {first:.2f} ms, {_spread(growth.ratios)} times as long"
    yield f"  {growth.name}: {times}"


def _spread(ratios: Sequence[float]) -> str:
    return f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def as_data(measured: Measured) -> dict[str, object]:
    """Return the same for a program."""
    growth = measured.growth
    return {
        "bytes_per_entry": BODY_BYTES,
        **{
            speed.id: {
                "measured": speed.name,
                "entries_per_second": speed.per_second,
                "raw_per_second": speed.raw_per_second,
                "of_the_raw_speed": _spread_data(speed.ratios),
            }
            for speed in measured.speeds
        },
        "one_push": {
            "measured": growth.name,
            "milliseconds": median(growth.others) * 1000,
            "first_vault_milliseconds": median(growth.first) * 1000,
            "times_as_long": _spread_data(growth.ratios),
        },
    }


def _spread_data(ratios: Sequence[float]) -> dict[str, float]:
    return {"median": median(ratios), "lowest": min(ratios), "highest": max(ratios)}
