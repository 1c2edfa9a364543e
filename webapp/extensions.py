"""Flask extensions, made once and bound to the app by the factory."""

from __future__ import annotations

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session

from webapp.database import Tables

db = SQLAlchemy()
_TABLES = "easeback tables"


def bind_database(app: Flask) -> None:
    """Bind the database to the app. It is not asked yet: a process may still become several."""
    db.init_app(app)
    with app.app_context():
        app.extensions[_TABLES] = Tables(db.engine)


def start_database(app: Flask) -> None:
    """Bring the tables up to date in the background; whoever needs them before does it as well."""
    tables: Tables = app.extensions[_TABLES]
    tables.start()


def session() -> Session:
    """Return this request's session of a database that is up to date.

    Raise UnusableDatabase or what SQLAlchemy raises where a database does not answer.
    """
    tables: Tables = current_app.extensions[_TABLES]
    tables.ready()
    return db.session()
