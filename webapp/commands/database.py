"""``flask database``: the tables of what the server keeps, and what an operator keeps of them."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.engine import URL

from webapp import database, snapshots
from webapp.extensions import db
from webapp.web.site import Build

# The whole path, because run.py works in the checkout, wherever it was begun.
_FILE = click.argument("file", type=click.Path(path_type=Path, resolve_path=True))
_SECRETS = ("password", "sslpassword")
_DUMP = ("pg_dump", "--format=custom", "--no-owner")
_LOAD = ("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction")
_OVER = ("--clean", "--if-exists")


def group(_build: Build) -> AppGroup:
    """Return the commands about the database."""
    commands = AppGroup("database", help="What the server keeps.")

    @commands.command("upgrade")
    def upgrade() -> None:
        """Bring the tables up to date, as each start does; say which revision they are at."""
        try:
            revision = database.upgrade(db.engine)
        except (database.UnusableDatabase, *database.UNREACHABLE) as fault:
            raise click.ClickException(database.reason(fault)) from fault
        click.echo(f"The database is at revision {revision}.")

    @commands.command("backup")
    @_FILE
    def backup(file: Path) -> None:
        """Copy the database to FILE, as it is at one moment, while the server goes on."""
        place = _place((*_DUMP, f"--file={file}"))
        with _told():
            content = snapshots.take(place, file)
        click.echo(f"{file} holds {content}.")

    @commands.command("restore")
    @_FILE
    @click.option("--replace", is_flag=True, help="Also if the database holds something.")
    def restore(file: Path, *, replace: bool) -> None:
        """Put FILE in the place of the database; what was there stays beside it."""
        place = _place((*_LOAD, *(_OVER if replace else ())), str(file))
        with _told():
            content, kept = snapshots.restore(file, place, replace=replace)
        click.echo(f"The database holds {content}.")
        if kept:
            click.echo(f"What was there before is kept as {kept}.")

    return commands


def _place(command: tuple[str, ...], *rest: str) -> Path:
    """Return where the database lies; for PostgreSQL, refuse with what to run in place of this.

    Its programs have to be of the server's version, and whoever runs it mostly has a way already.
    """
    url = db.engine.url
    if place := database.file_of(url):
        return place
    if url.get_backend_name() == "sqlite":
        raise click.ClickException("the database is in memory, and ends with the server.")
    line = shlex.join((*command, f"--dbname={_without_secrets(url)}", *rest))
    raise click.ClickException(
        f"PostgreSQL has a program of its own for that. Run: {line} "
        "(the password is read from PGPASSFILE, ~/.pgpass or PGPASSWORD)"
    )


def _without_secrets(url: URL) -> str:
    """Return an address as PostgreSQL's programs take it: what they are told, others can see."""
    plain = URL.create(
        "postgresql",
        url.username,
        host=url.host,
        port=url.port,
        database=url.database,
        query=url.query,
    )
    return plain.difference_update_query(_SECRETS).render_as_string()


@contextmanager
def _told() -> Iterator[None]:
    """Say in one line why it cannot be done."""
    try:
        yield
    except (snapshots.Refused, OSError) as fault:
        raise click.ClickException(str(fault)) from fault
