"""The whole site, built once for all tests of a run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from flask import Flask

from webapp import config, create_app
from webapp.extensions import db
from webapp.i18n import catalogues
from webapp.web import site


@cache
def build() -> site.Build:
    """Return the site in every language that is offered."""
    return site.build(catalogues.load(config.from_environment(os.environ).languages))


@contextmanager
def serving(database_url: str) -> Iterator[Flask]:
    """The application with a database; its connections are closed at the end."""
    app = create_app({"DATABASE_URL": database_url, "EASEBACK_LANGUAGES": "en"}, build())
    yield app
    with app.app_context():
        db.engine.dispose()
