"""Flask extensions, made once and bound to the app by the factory."""

from __future__ import annotations

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session

from webapp.database import Tables

db = SQLAlchemy()
_TABLES = "easeback tables"


def start_database(app: Flask) -> None:
    """Bind the database to the app, and bring its tables up to date if it answers.

    Raise UnusableDatabase.
    """
    db.init_app(app)
    with app.app_context():
        tables = app.extensions[_TABLES] = Tables(db.engine)
        tables.start()


def session() -> Session:
    """Return this request's session of a database that is up to date.

    Raise UnusableDatabase or what SQLAlchemy raises where a database does not answer.
    """
    tables: Tables = current_app.extensions[_TABLES]
    tables.ready()
    return db.session()
