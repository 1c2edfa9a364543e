"""The database: how a connection is made, and how its tables get up to date at the start."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

MIGRATIONS = Path(__file__).parent / "migrations"
_CLAIM = 0x6561736562  # any number that no other program on the same PostgreSQL uses
_PATIENCE_MS = 10_000

_PRAGMAS = (
    f"busy_timeout={_PATIENCE_MS}",
    "foreign_keys=on",
    "secure_delete=on",  # what a person deletes is written over
    "synchronous=full",  # what was acknowledged outlives a power cut
)


class UnusableDatabase(Exception):
    """A database that cannot be used: says why in one line."""


def engine_options(url: str) -> dict[str, Any]:
    """Return how to make the engine of a database address."""
    options: dict[str, Any] = {"hide_parameters": True}  # an error that is logged shows no values
    if make_url(url).get_backend_name() == "postgresql":
        limits = f"-c statement_timeout={_PATIENCE_MS} -c lock_timeout={_PATIENCE_MS}"
        options["pool_pre_ping"] = True
        options["connect_args"] = {"connect_timeout": 5, "options": limits}
    return options


def prepare(engine: Engine) -> None:
    """Make every connection to SQLite keep its promises; it has to be told each time."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)


def _set_up(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # else Python decides what begins a transaction
    for pragma in _PRAGMAS:
        connection.execute(f"pragma {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("begin")


def upgrade(engine: Engine) -> str:
    """Bring the tables up to date, one process at a time; return the revision they are at.

    Raise UnusableDatabase for one that does not answer, or that a newer release has changed.
    """
    try:
        with _alone_with_file(engine), engine.begin() as connection:
            return _upgrade(connection)
    except (SQLAlchemyError, OSError) as fault:
        reason = str(getattr(fault, "orig", None) or fault).strip().splitlines()
        raise UnusableDatabase(f"the database cannot be used: {reason[0]}") from fault


def _upgrade(connection: Connection) -> str:
    if connection.dialect.name == "postgresql":
        connection.execute(text("set local lock_timeout = 0"))
        connection.execute(text("set local statement_timeout = 0"))
        connection.execute(text(f"select pg_advisory_xact_lock({_CLAIM})"))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    script = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in script.walk_revisions()}
    for revision in MigrationContext.configure(connection).get_current_heads():
        if revision not in known:
            raise UnusableDatabase(
                f"the database is newer than this release (it is at {revision}): "
                "run the newer release, or restore an older copy of the database."
            )
    command.upgrade(config, "head")
    return str(script.get_current_head())


@contextlib.contextmanager
def _alone_with_file(engine: Engine) -> Iterator[None]:
    """Wait until no other process makes this SQLite file, and let readers pass writers in it."""
    file = _file(engine) if engine.dialect.name == "sqlite" else ""
    if not file:
        yield
        return
    with Path(f"{file}-upgrade").open("w") as claim:
        fcntl.flock(claim, fcntl.LOCK_EX)
        # Lasts, so it is set here only: processes that set it at once disturb each other.
        with engine.connect() as connection:
            connection.connection.cursor().execute("pragma journal_mode=wal")
        yield


def _file(engine: Engine) -> str:
    """Return the path of an SQLite database, empty for one in memory."""
    with engine.connect() as connection:
        place = "select file from pragma_database_list where name = 'main'"
        return str(connection.exec_driver_sql(place).scalar_one() or "")
