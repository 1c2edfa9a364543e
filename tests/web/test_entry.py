from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client

from tests.support.known import known
from tests.support.site import build
from webapp import create_app

RELEASE = build().release


@pytest.mark.parametrize(
    ("accepted", "code"),
    [
        ("ar", "ar"),
        ("ar-EG, en;q=0.5", "ar"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("en;q=0.2, es;q=0.8", "es"),
        ("fr, de", "en"),
        ("fr, es;q=0.1", "es"),
        ("ES-mx", "es"),
        ("es;q=0, en;q=0.1", "en"),
        ("*", "en"),
        ("", "en"),
        (";;;q=,", "en"),
        ("x" * 10_000, "en"),
        ("ar;q=banana", "en"),
    ],
)
def test_the_door_leads_to_the_language_of_the_browser(
    accepted: str, code: str, client: Client
) -> None:
    response = client.get("/", headers={"Accept-Language": accepted})
    assert response.status_code == 302
    assert response.headers["Location"] == f"/{code}/"
    assert response.headers["Vary"] == "Accept-Language"
    assert response.headers["Cache-Control"] == "no-cache"


def test_the_door_needs_no_header_and_takes_head(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/en/"
    assert client.head("/").status_code == 302


@pytest.mark.parametrize("code", RELEASE.site.languages)
def test_an_address_without_its_last_slash_leads_to_the_page(code: str, client: Client) -> None:
    for route in RELEASE.site.pages:
        path = f"/{code}/{route}"
        response = client.get(path.rstrip("/"))
        assert (response.status_code, response.headers["Location"]) == (308, path)


@pytest.mark.parametrize(
    "path",
    [
        "/fr",
        "/en/nowhere",
        "/en//",
        "/en/now//",
        "/en/NOW",
        "/check",
        "//elsewhere.example/en",
        "/en/../es",
        "/en/now/x",
        "/en\\now",
    ],
)
def test_an_address_that_lacks_more_than_a_slash_is_not_found(path: str, client: Client) -> None:
    response = client.get("/", base_url="http://localhost/", environ_overrides={"PATH_INFO": path})
    assert response.status_code == 404
    assert "Location" not in response.headers


def test_a_sign_of_life_names_the_release_and_is_kept_nowhere(client: Client) -> None:
    response = client.get("/livez")
    assert response.status_code == 200
    assert response.json == {"status": "ok", "release": RELEASE.id}
    assert response.headers["Cache-Control"] == "no-store"
    assert client.head("/livez").status_code == 200


def test_the_card_of_the_release_names_what_must_not_be_used() -> None:
    revoked = "0123456789ab"
    app = create_app({"DATABASE_URL": "sqlite://", "EASEBACK_REVOKED": revoked}, build())
    response = Client(app).get("/release.json")
    day = max(statement.checked for statement in known().sourced).isoformat()
    number, edition = RELEASE.site.version
    assert response.json == {
        "release": RELEASE.id,
        "number": number,
        "edition": edition,
        "date": day,
        "revoked": [revoked],
        "rollback": False,
    }
    assert response.headers["Cache-Control"] == "no-cache"


@pytest.fixture
def broken(tmp_path: Path) -> Flask:
    """The application with a database that cannot be opened."""
    return create_app({"DATABASE_URL": f"sqlite:///{tmp_path / 'none' / 'none.db'}"}, build())


def test_without_its_database_a_process_is_alive(broken: Flask) -> None:
    assert Client(broken).get("/livez").status_code == 200


def test_without_its_database_the_pages_still_answer(broken: Flask) -> None:
    client = Client(broken)
    assert client.get("/ar/now/").data == RELEASE.page("ar", "now/")
    assert client.post("/en/check/", data=b"chest-tight=yes").status_code == 200
    assert client.get("/nowhere").status_code == 404
    assert client.get("/").status_code == 302
