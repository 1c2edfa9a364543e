"""``flask database``: the tables of what the server keeps."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from webapp import database
from webapp.extensions import db
from webapp.web.site import Build


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

    return commands
