from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import Client

from tests.support.phone import AppLine, Phone
from tests.support.site import build
from webapp import create_app
from webapp.extensions import db


@pytest.fixture
def vaults(database_url: str) -> Iterator[Flask]:
    """The application with a database that is empty, on each engine in turn."""
    app = create_app({"DATABASE_URL": database_url, "EASEBACK_LANGUAGES": "en"}, build())
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def stranger(vaults: Flask) -> Phone:
    """A phone whose vault does not exist."""
    return Phone(AppLine(Client(vaults, use_cookies=False)))


@pytest.fixture
def phone(vaults: Flask) -> Phone:
    """A phone whose vault is there, and empty."""
    phone = Phone(AppLine(Client(vaults, use_cookies=False)))
    assert phone.create().status == 201
    return phone
