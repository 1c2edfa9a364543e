from __future__ import annotations

import logging

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound, TooManyRequests
from werkzeug.test import Client

from tests.support.site import build
from webapp import create_app

RELEASE = build().release


@pytest.mark.parametrize(
    ("path", "accepted", "code"),
    [
        ("/ar/nowhere/", "", "ar"),
        ("/es/nowhere", "ar", "es"),
        ("/nowhere", "ar", "ar"),
        ("/nowhere", "es-MX, ar", "es"),
        ("/nowhere", "", "en"),
        ("/fr/now/", "", "en"),
        ("/fr/now/", "ar", "ar"),
        ("/assets/0/none.css", "", "en"),
        ("/release/en.0.json", "", "en"),
        ("/favicon.ico", "", "en"),
        ("/en/exercises/none/", "", "en"),
        ("/en/%00/", "", "en"),
        ("/es/%FF/", "", "es"),
        ("/ar/%2e%2e/", "", "ar"),
        ("/es/" + "x" * 8000, "", "es"),
    ],
)
def test_what_is_not_there_is_said_in_the_language_of_the_path_or_the_browser(
    path: str, accepted: str, code: str, client: Client
) -> None:
    response = client.get(path, headers={"Accept-Language": accepted})
    assert response.status_code == 404
    assert response.data == RELEASE.page(code, "not-found/")
    assert response.headers["Content-Language"] == code
    assert response.headers["Cache-Control"] == "no-cache"


def test_the_pages_for_errors_differ_by_language() -> None:
    for route in ("not-found/", "failed/"):
        pages = {RELEASE.page(code, route) for code in RELEASE.site.languages}
        assert len(pages) == len(RELEASE.site.languages)


class SecretError(Exception):
    """Something that goes wrong and that nobody outside should read."""


@pytest.fixture
def failing() -> Flask:
    """The application with addresses that fail."""
    app = create_app({"DATABASE_URL": "sqlite://"}, build())

    def fail(how: str) -> str:
        faults = {"secret": SecretError("a secret"), "busy": TooManyRequests(), "gone": NotFound()}
        raise faults[how]

    app.add_url_rule("/es/fails/<how>", view_func=fail)
    return app


def test_a_fault_shows_our_page_and_not_what_it_was(
    failing: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    response = Client(failing).get("/es/fails/secret")
    assert response.status_code == 500
    assert response.data == RELEASE.page("es", "failed/")
    assert b"secret" not in response.data
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "a secret" not in caplog.text


def test_an_error_of_the_visitor_keeps_its_status_and_is_not_logged(
    failing: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    client = Client(failing)
    assert client.get("/es/fails/busy").status_code == 429
    assert client.get("/es/fails/gone").status_code == 404
    assert not caplog.records
