"""The database: how a connection is made, and how its tables get up to date."""

from __future__ import annotations

import contextlib
import fcntl
import logging
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, event, literal, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import DeclarativeBase, Session

MIGRATIONS = Path(__file__).parent / "migrations"
ADDED = {"added": True}
"""What a table tells that no revision makes: one that a release adds beside those it found.

A process of the release before starts on it, which refuses a revision that it does not know.
"""

_CLAIM = 0x6561736562  # any number that no other program on the same PostgreSQL uses
_PATIENCE_MS = 10_000

_PRAGMAS = (
    f"busy_timeout={_PATIENCE_MS}",
    "foreign_keys=on",
    "secure_delete=on",  # what a person deletes is written over
    "synchronous=full",  # what was acknowledged outlives a power cut
)


UNREACHABLE = (OperationalError, InterfaceError, NoConnection)
"""What is raised where a database does not answer, and may answer later."""

_log = logging.getLogger(__name__)

_NAMES = {  # a migration can only change what has a name, and engines make up different ones
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The root of all tables, whichever package describes them."""

    metadata = MetaData(naming_convention=_NAMES)


class UnusableDatabase(Exception):
    """A database that cannot be used: says why in one line."""


class Tables:
    """The tables of a database: brought up to date once it answers.

    The pages need no database, and somebody on the floor needs the pages: one that does not answer
    at the start is asked again by whoever needs it next.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._mutex = threading.Lock()
        self._are_ready = False
        prepare(engine)

    def start(self) -> None:
        """Bring the tables up to date if the database answers; raise UnusableDatabase."""
        try:
            self.ready()
        except UNREACHABLE as fault:
            _log.warning("The database does not answer: %s. Pages need none.", _reason(fault))

    def ready(self) -> None:
        """Return once the tables are up to date; raise UnusableDatabase or one of UNREACHABLE.

        One request at a time asks a database that may be silent for seconds: if all that come
        waited for it, they would take every thread from the pages.
        """
        if self._are_ready:
            return
        if not self._mutex.acquire(blocking=False):
            raise NoConnection("another request is asking whether the database answers")
        try:
            upgrade(self._engine)
            self._are_ready = True
        finally:
            self._mutex.release()


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


def insert_new(
    session: Session, table: type[DeclarativeBase], values: Mapping[str, object]
) -> bool:
    """Insert a row unless its key is there already; return whether it was new.

    It is not tried and caught: PostgreSQL writes an insert that fails into its log, with the key.
    """
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgresql else sqlite.insert
    statement = insert(table).values(values).on_conflict_do_nothing().returning(literal(1))
    return session.execute(statement).first() is not None


def upgrade(engine: Engine) -> str:
    """Bring the tables up to date, one process at a time; return the revision they are at.

    Raise one of UNREACHABLE if it does not answer, and UnusableDatabase if a newer release has
    changed it, or if it holds what is in the way.
    """
    try:
        with _alone_with_file(engine), engine.begin() as connection:
            return _upgrade(connection)
    except (SQLAlchemyError, OSError) as fault:
        if isinstance(fault, UNREACHABLE) and not _answers(engine):
            raise
        raise UnusableDatabase(f"the database cannot be used: {_reason(fault)}") from fault


def _reason(fault: Exception) -> str:
    return str(getattr(fault, "orig", None) or fault).strip().splitlines()[0]


def _answers(engine: Engine) -> bool:
    """Whether a fault was the statement's: engines say "operational" of both."""
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("select 1")
    except UNREACHABLE:
        return False
    return True


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
    for table in Base.metadata.sorted_tables:
        if table.info == ADDED:
            table.create(connection, checkfirst=True)
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
        query = "select file from pragma_database_list where name = 'main'"
        return str(connection.exec_driver_sql(query).scalar_one() or "")
