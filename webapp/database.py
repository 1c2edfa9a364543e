"""The database: how a connection is made, and how its tables get up to date."""

from __future__ import annotations

import contextlib
import fcntl
import logging
import sqlite3
import threading
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from time import monotonic
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, event, literal, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import DeclarativeBase, Session

MIGRATIONS = Path(__file__).parent / "migrations"
ADDED = {"added": True}
"""What a table tells that no revision makes: one that a release adds beside those it found.

A process of the release before starts on it, which refuses a revision that it does not know.
"""

SLOTS = 8
"""How many requests of a process ask the database at once. The next one is told to come later: one
that waited for its turn would take a thread from those who need no database."""

_CLAIM = 0x6561736562  # any number that no other program on the same PostgreSQL uses
_PATIENCE_MS = 5_000
_SILENCE_S = 6
"""How long a statement may take, as the client counts: a server that hangs counts nothing."""
_TURN_S = 2.0
_WAITING = 6

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


class MissingFile(NoConnection):
    """The file of an SQLite database, which was there, is gone."""


def is_trouble(fault: Exception) -> bool:
    """Whether it is the database that cannot do what it was asked, and not we who asked wrongly."""
    # SQLite says just "DatabaseError" of a file that is damaged.
    return isinstance(fault, (*UNREACHABLE, UnusableDatabase)) or type(fault) is DatabaseError


class Tables:
    """The tables of a database: brought up to date once it answers.

    The pages need no database, and somebody on the floor needs the pages: one that does not answer
    at the start is asked again by whoever needs it next.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = threading.Lock()
        self._waiting = threading.BoundedSemaphore(_WAITING)
        self._file = file_of(engine.url)
        self._made: tuple[int, int] | None = None
        self._are_ready = False
        prepare(engine)

    def start(self) -> threading.Thread:
        """Bring the tables up to date in a thread, which logs in one line why that cannot be."""
        thread = threading.Thread(target=self._start, name="tables", daemon=True)
        thread.start()
        return thread

    def _start(self) -> None:
        try:
            self.ready()
        except UNREACHABLE as fault:
            _log.warning("The database does not answer: %s. Pages need none.", reason(fault))
        except UnusableDatabase as fault:
            _log.warning("Pages answer, but %s", fault)

    def ready(self) -> None:
        """Return once the tables are up to date; raise UnusableDatabase or one of UNREACHABLE.

        One request at a time asks a database that may be silent for seconds, and a few wait for a
        moment: if all that come did, they would take every thread from what needs no database.
        """
        if self._are_ready and self._made == _identity(self._file):
            return
        if not self._waiting.acquire(blocking=False):
            raise NoConnection("others are asking whether the database answers")
        try:
            if not self._turn.acquire(timeout=_TURN_S):
                raise NoConnection("another request is asking whether the database answers")
            try:
                self._make()
            finally:
                self._turn.release()
        finally:
            self._waiting.release()

    def _make(self) -> None:
        found = _identity(self._file)
        if self._are_ready:
            if self._made == found:
                return  # made by the one before
            if found is None:
                # A new one in its place would take over what the old one had in its journal, and
                # tell phones that their backups are gone.
                raise MissingFile("the file of the database is gone")
            self._are_ready = False
            self._engine.dispose()
        try:
            upgrade(self._engine)
        except Exception:
            self._engine.dispose()  # what it has open may be a file that somebody replaces
            raise
        self._made = _identity(self._file)
        self._are_ready = True


def file_of(url: URL) -> Path | None:
    """Return where an SQLite database lies; None for one in memory, and for PostgreSQL."""
    is_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(str(url.database)) if is_file else None


def _identity(file: Path | None) -> tuple[int, int] | None:
    """Return what stays the same as long as it is the same file; None if there is none."""
    if file is None:
        return None
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def engine_options(address: str) -> dict[str, Any]:
    """Return how to make the engine of a database address."""
    url = make_url(address)
    options: dict[str, Any] = {"hide_parameters": True}  # an error that is logged shows no values
    is_postgresql = url.get_backend_name() == "postgresql"
    if is_postgresql or file_of(url):
        options |= {"pool_size": SLOTS, "max_overflow": 0, "pool_timeout": 0}
    if is_postgresql:
        options["pool_pre_ping"] = True
        options["connect_args"] = _postgresql_arguments(url)
    return options


def _postgresql_arguments(url: URL) -> dict[str, Any]:
    """Return how a connection notices that nobody is there; what the address says goes first."""
    limits = f"-c statement_timeout={_PATIENCE_MS} -c lock_timeout={_PATIENCE_MS}"
    wanted = {
        "connect_timeout": 5,
        "keepalives_idle": 30,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000,  # milliseconds
    }
    more = {name: value for name, value in wanted.items() if name not in url.query}
    return {**more, "options": f"{url.query.get('options', '')} {limits}".strip()}


def prepare(engine: Engine) -> None:
    """Make every connection keep its promises; it has to be told each time."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "do_connect", _connect)


def _connect(dialect: Any, _record: object, arguments: Any, named: Any) -> Any:
    """Connect to PostgreSQL so that no statement waits for a server that has fallen silent.

    One that is stopped, or hangs, lets its machine acknowledge what arrives: the network notices
    nothing, and the server's own limits stand still with it.
    """

    class Bounded(dialect.loaded_dbapi.Connection):  # type: ignore[misc]
        patience_s: float | None = _SILENCE_S

        def wait(self, generator: Any, *rest: Any, **options: Any) -> Any:
            if self.patience_s is not None:
                generator = self._bounded(generator, monotonic() + self.patience_s)
            return super().wait(generator, *rest, **options)

        def _bounded(self, generator: Any, end: float) -> Generator[Any, Any, Any]:
            """Go on as the driver does, which says ten times a second that nothing came."""
            try:
                wanted = next(generator)
                while True:
                    came = yield wanted
                    if not came and monotonic() > end:
                        self.pgconn.finish()
                        raise dialect.loaded_dbapi.OperationalError("the server is silent")
                    wanted = generator.send(came)
            except StopIteration as done:
                return done.value

    return Bounded.connect(*arguments, **named)


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
        with _alone_with_file(engine), engine.begin() as connection, _patiently(connection):
            return _upgrade(connection)
    except (SQLAlchemyError, OSError, sqlite3.Error) as fault:
        if isinstance(fault, UNREACHABLE) and not _answers(engine):
            raise
        raise UnusableDatabase(f"the database cannot be used: {reason(fault)}") from fault


def reason(fault: Exception) -> str:
    """Return the first line of what a database or its driver says."""
    return str(getattr(fault, "orig", None) or fault).strip().splitlines()[0]


def kind(fault: Exception) -> str:
    """Return what kind of fault it is, in words that hold no value: its class, and its code."""
    return f"{type(fault).__name__} {code(fault)}".rstrip()


def code(fault: Exception) -> str:
    """Return the engine's code for a fault: SQLSTATE, or SQLite's name; empty where there is none.

    Unlike its text it holds no value.
    """
    found: BaseException | None = fault
    while found:
        raised = getattr(found, "orig", None) or found
        if said := getattr(raised, "sqlstate", None) or getattr(raised, "sqlite_errorname", None):
            return str(said)
        found = found.__cause__
    return ""


def _answers(engine: Engine) -> bool:
    """Whether a fault was the statement's: engines say "operational" of both."""
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("select 1")
    except UNREACHABLE:
        return False
    return True


@contextlib.contextmanager
def _patiently(connection: Connection) -> Iterator[None]:
    """Let statements take as long as a large table needs, or the process that has it first."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name != "postgresql":
        yield
        return
    driver.patience_s, usual = None, driver.patience_s
    try:
        yield
    finally:
        driver.patience_s = usual


def _upgrade(connection: Connection) -> str:
    if connection.dialect.name == "postgresql":
        connection.execute(text("set local lock_timeout = 0"))
        connection.execute(text("set local statement_timeout = 0"))
        connection.execute(text(f"select pg_advisory_xact_lock({_CLAIM})"))
    found = revision(connection)
    if found and not knows(found):
        raise UnusableDatabase(
            f"the database is newer than this release (it is at {found}): "
            "run the newer release, or restore an older copy of the database."
        )
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    for table in Base.metadata.sorted_tables:
        if table.info == ADDED:
            table.create(connection, checkfirst=True)
    return str(ScriptDirectory.from_config(config).get_current_head())


def revision(connection: Connection) -> str:
    """Return the revision that the tables are at, empty where nobody has made them."""
    return ", ".join(MigrationContext.configure(connection).get_current_heads())


def knows(revision: str) -> bool:
    """Whether this release can work on tables of a revision: it knows no newer one."""
    script = ScriptDirectory.from_config(_config())
    return revision in {known.revision for known in script.walk_revisions()}


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


@contextlib.contextmanager
def _alone_with_file(engine: Engine) -> Iterator[None]:
    """Wait until no other process makes this SQLite file, and let readers pass writers in it."""
    file = _file(engine) if engine.dialect.name == "sqlite" else ""
    if not file:
        yield
        return
    with alone_with(Path(file)):
        # Lasts, so it is set here only: processes that set it at once disturb each other.
        with engine.connect() as connection:
            connection.connection.cursor().execute("pragma journal_mode=wal")
        yield


@contextlib.contextmanager
def alone_with(file: Path) -> Iterator[None]:
    """Wait until no other process makes or replaces an SQLite file; raise OSError."""
    with file.with_name(f"{file.name}-upgrade").open("w") as claim:
        fcntl.flock(claim, fcntl.LOCK_EX)
        yield


def _file(engine: Engine) -> str:
    """Return the path of an SQLite database, empty for one in memory."""
    with engine.connect() as connection:
        query = "select file from pragma_database_list where name = 'main'"
        return str(connection.exec_driver_sql(query).scalar_one() or "")
