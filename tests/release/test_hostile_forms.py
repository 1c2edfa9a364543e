"""The worker, in Node and without a network, refuses what Flask refuses, with the same bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection
from random import Random

import pytest
from flask import Flask
from werkzeug.test import Client

from tests.support.hostile_requests import CANARY, hostile_forms
from tests.support.node_phone import from_flask, from_worker, worker_of
from tests.support.site import build
from webapp import create_app
from webapp.extensions import db
from webapp.web.security import HEADERS

FORMS = 1500
MANY_FORMS = 50_000
SITE = build().release.site
ANSWERING = [
    f"/{code}/{route}"
    for code in SITE.languages
    for route, page in SITE.pages.items()
    if page.answers
]
NOWHERE = (
    *("__proto__", "__proto__/", "constructor", "toString/", "hasOwnProperty", "a" * 3000),
    *("%FF", "%00", "%2e%2e%2f", "..%2fcheck/", "%E2%80%AE", "%3Cscript%3E", "check/%0d%0aX:y"),
    *(f"{CANARY}/", f"check/{CANARY}", "check/next", "null", "undefined/", "\\evil.example"),
)


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    app = create_app({"DATABASE_URL": "sqlite://"}, build())
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def worker(app: Flask) -> Iterator[HTTPConnection]:
    with worker_of(app) as connection:
        yield connection


def compare(app: Flask, worker: HTTPConnection, count: int, chance: Random) -> set[int]:
    """Return the statuses of so many forms, each of which the two answered with the same bytes."""
    client = Client(app, use_cookies=False)
    statuses = set()
    for body in hostile_forms(build(), count, chance):
        path = chance.choice(ANSWERING)
        said = from_worker(worker, path, body)
        assert said == from_flask(client, path, body), (path, body[:300])
        assert CANARY.encode() not in said[1], (path, body[:300])
        statuses.add(said[0])
    return statuses


def test_a_hostile_form_gets_the_same_answer_from_the_worker_and_nothing_of_it_back(
    app: Flask, worker: HTTPConnection
) -> None:
    assert compare(app, worker, FORMS, Random(20261130)) == {200, 400}


@pytest.mark.soak("50,000 forms")
def test_many_more_hostile_forms_get_the_same_answer_from_the_worker(
    app: Flask, worker: HTTPConnection, chance: Random, tally: Counter[str]
) -> None:
    compare(app, worker, MANY_FORMS, chance)
    tally["hostile forms compared"] += MANY_FORMS


@pytest.mark.parametrize("code", SITE.languages)
@pytest.mark.parametrize("path", NOWHERE)
def test_an_address_that_is_none_is_said_not_to_be_there_by_the_worker_too(
    worker: HTTPConnection, code: str, path: str
) -> None:
    status, body, headers = from_worker(worker, f"/{code}/{path}")
    assert (status, headers) == (404, [*HEADERS.values()])
    assert body == build().release.page(code, SITE.not_found)
