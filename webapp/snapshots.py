"""Snapshots of an SQLite database: taken while a server writes, checked, and put in its place.

They are an operator's. What a phone keeps on the server is called a backup here, too.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine, func, inspect, select, table
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError

from webapp import database

_PATIENCE_S = 10.0
"""How long to wait for whoever has locked a file that is only read."""
_JOURNALS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file, and would take for a new file's if that came in its place."""
_OWN = frozenset({"alembic_version", "served_release"})
"""Tables that a start fills by itself."""


class Refused(Exception):
    """A snapshot that is not taken or not put in place: says in one line why, and what to do."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: how many bytes, at which revision, and how many rows a table."""

    size: int
    revision: str
    rows: Mapping[str, int]

    def __str__(self) -> str:
        """Return it in a few words."""
        counts = (f"{count:,} in {name}" for name, count in self.rows.items())
        return f"{self.size:,} bytes at revision {self.revision}: {', '.join(counts)}"

    @property
    def is_of_people(self) -> bool:
        """Whether there is more than a start of the server writes."""
        return any(count for name, count in self.rows.items() if name not in _OWN)


def take(source: Path, target: Path) -> Content:
    """Copy a database, in use or not, to a file that is not there yet; return what that holds.

    The file is of one moment, whole from when it has its name, and only its owner's. Raise Refused
    or OSError.
    """
    if not source.is_file():
        raise Refused(f"there is no database at {source}, so nothing to back up.")
    if target.exists():
        raise _taken(target)
    with _copy(source, "rw", beside=target) as made:
        content = _content(made)
        if not content.revision:
            raise Refused(f"{source} holds no tables of Easeback: start the server once.")
        _name(made, target)
    return content


def restore(source: Path, target: Path, *, replace: bool) -> tuple[Content, Path | None]:
    """Put a snapshot in the place of a database; return what it holds, and where the other one is.

    Raise Refused or OSError, and leave everything as it was: where the snapshot is damaged or of a
    newer release, where a server uses the database, and, unless ``replace``, where that holds
    anything.
    """
    if not source.is_file():
        raise Refused(f"there is no file {source}.")
    with _copy(source, "ro", beside=target) as made:
        content = _content(made)
        if not content.revision:
            raise Refused(f"{source} is no backup of Easeback: use another file.")
        if not database.knows(content.revision):
            raise Refused(
                f"{source} is of a newer release (it is at {content.revision}): restore it with "
                "that release, or use an older file."
            )
        claim = target.with_name(f"{target.name}-upgrade")
        with database.alone_with(target), _unused(target) as there:
            if (there is None or there.is_of_people) and not replace:
                holds = "cannot be read" if there is None else f"holds {there}"
                raise Refused(f"{target} {holds}; --replace keeps it beside, and goes on.")
            _give(made, target)
            _give(claim, target)
            kept = _set_aside(target)
            made.replace(target)
            _sync(target.parent)
    return content, kept


@contextlib.contextmanager
def _copy(source: Path, mode: str, *, beside: Path) -> Iterator[Path]:
    """Make a copy for as long as it is needed, in a file with a name of its own.

    ``mode`` is "rw" for a database in use: who only reads one cannot tidy up what lies beside it.
    """
    if not beside.parent.is_dir():
        raise Refused(f"there is no folder {beside.parent}.")
    handle, name = tempfile.mkstemp(".part", f".{beside.name}.", beside.parent)
    os.close(handle)
    made = Path(name)
    try:
        try:
            with (
                contextlib.closing(_open(source, mode)) as old,
                contextlib.closing(sqlite3.connect(made)) as new,
            ):
                old.execute("begin")
                old.execute("select count(*) from sqlite_schema")  # from here on of one moment
                old.backup(new)
                new.execute("pragma journal_mode=delete")  # so that all of it is in the file
                fault = str(new.execute("pragma integrity_check(1)").fetchone()[0])
        except sqlite3.Error as error:
            raise Refused(f"{source} cannot be copied: {error}.") from error
        if fault != "ok":
            damage = fault.splitlines()[-1]
            raise Refused(f"{source} is damaged ({damage}): use the last backup that is not.")
        _sync(made)
        yield made
    finally:
        for suffix in ("", *_JOURNALS):
            Path(f"{made}{suffix}").unlink(missing_ok=True)


def _open(file: Path, mode: str, patience_s: float = _PATIENCE_S) -> sqlite3.Connection:
    address = f"{file.absolute().as_uri()}?mode={mode}"
    if mode == "ro" and not any(Path(f"{file}{suffix}").exists() for suffix in _JOURNALS):
        address += "&immutable=1"  # it may lie where nothing can be written
    return sqlite3.connect(address, uri=True, timeout=patience_s, isolation_level=None)


def _content(file: Path) -> Content:
    engine = create_engine(URL.create("sqlite", database=str(file)), poolclass=NullPool)
    with engine.connect() as connection:
        return Content(file.stat().st_size, database.revision(connection), _rows(connection))


def _rows(connection: Connection) -> dict[str, int]:
    names = sorted({*inspect(connection).get_table_names()} - {"alembic_version"})
    counts = (select(func.count()).select_from(table(name)) for name in names)
    return {name: connection.scalar(count) or 0 for name, count in zip(names, counts, strict=True)}


@contextlib.contextmanager
def _unused(file: Path) -> Iterator[Content | None]:
    """Keep everybody from a database that nobody uses; yield what it holds, None if unreadable.

    All that was on its way into it is in it then. Raise Refused if it is in use.
    """
    if not file.exists():
        yield Content(0, "", {})
        return
    with contextlib.closing(_open(file, "rw", patience_s=0)) as held:
        content: Content | None = None
        try:
            held.execute("pragma journal_mode=delete")  # works for the only one who has it open
            content = _content(file)
            held.execute("begin exclusive")
        except (sqlite3.Error, DatabaseError) as fault:
            if database.code(fault).startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise Refused(f"{file} is in use: stop the server first.") from fault
        yield content


def _set_aside(file: Path) -> Path | None:
    """Give a database that is to be replaced a dated name beside it, and what belongs to it, too.

    Return that name, None where there was no database. It keeps its own name until it is replaced.
    """
    aside = file.with_name(f"{file.name}.replaced-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}")
    for suffix in _JOURNALS:
        with contextlib.suppress(FileNotFoundError):
            Path(f"{file}{suffix}").rename(f"{aside}{suffix}")
    if not file.exists():
        return None
    _name(file, aside)
    return aside


def _name(file: Path, name: Path) -> None:
    """Give a file a name, or one more, on the disk; raise Refused if something has it."""
    try:
        os.link(file, name)
    except FileExistsError as fault:
        raise _taken(name) from fault
    except OSError:  # not every disk can give two names to a file
        if name.exists():
            raise _taken(name) from None
        file.rename(name)
    _sync(name.parent)


def _taken(file: Path) -> Refused:
    return Refused(f"{file} is there already: name a file that is not.")


def _give(file: Path, like: Path) -> None:
    """Let a file belong to whom another one belongs to, or the folder where there is none."""
    is_there = like.exists()
    owner = (like if is_there else like.parent).stat()
    if os.geteuid() == 0:
        os.chown(file, owner.st_uid, owner.st_gid)
    if is_there:
        file.chmod(owner.st_mode & 0o666)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
