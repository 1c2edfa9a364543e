from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import Client

from tests.support.phone import AppLine, Phone
from tests.support.site import serving


@pytest.fixture
def vaults(database_url: str) -> Iterator[Flask]:
    """The application with a database that is empty, on each engine in turn."""
    with serving(database_url) as app:
        yield app


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
