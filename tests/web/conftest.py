from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import Client

from tests.support.site import build
from webapp import create_app
from webapp.extensions import db


@pytest.fixture(scope="session")
def app() -> Iterator[Flask]:
    """The application with the whole site and a database in memory."""
    app = create_app({"DATABASE_URL": "sqlite://"}, build())
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> Client:
    """A browser that keeps no cookies."""
    return Client(app, use_cookies=False)
