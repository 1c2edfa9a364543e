"""The twin: the phone's worker and Flask give the same bytes for every form, server alive or dead.

Flask's half is compiled to Python, and held against the rules as written by test_compiled_pages.py;
the worker walks the diagram, and is asked with the server killed.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from itertools import islice
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright
from werkzeug.test import Client

from tests.support import forms, node_phone, system
from tests.support.browsers import QUIET
from tests.support.flipped import flipped
from tests.support.outcomes import HEADERS, Outcome, from_flask
from tests.support.server import Server
from tests.support.site import build
from tests.support.tiers import soak
from tests.support.worker import IN_PAGE
from webapp import create_app

LANGUAGES = [*build().release.site.languages]
CHECK = "/en/check/"
RANDOM_FORMS = 900
LONG_RANDOM_FORMS = 40_000


@contextmanager
def phone(playwright: Playwright, server: Server) -> Iterator[Page]:
    """Give a page of a real browser whose worker holds everything."""
    browser = playwright.chromium.launch(
        executable_path=system.headless_shell(), chromium_sandbox=False, args=[*QUIET]
    )
    try:
        page = browser.new_page()
        page.goto(f"{server.url}/en/")
        page.evaluate(IN_PAGE.caller("everythingHere"), [LANGUAGES])
        yield page
    finally:
        browser.close()


def from_worker(page: Page, path: str, bodies: Sequence[bytes]) -> list[Outcome]:
    """Return the same of each answer of the worker."""
    outcomes: list[Outcome] = []
    for batch in batches(bodies):
        coded = [base64.b64encode(body).decode() for body in batch]
        answers = page.evaluate(IN_PAGE.caller("post"), [path, coded, HEADERS])
        outcomes += [(status, digest, tuple(headers)) for status, digest, headers in answers]
    return outcomes


def batches(bodies: Iterable[bytes]) -> Iterator[tuple[bytes, ...]]:
    waiting = iter(bodies)
    while batch := tuple(islice(waiting, 200)):
        yield batch


@cache
def chosen_forms() -> tuple[bytes, ...]:
    """Return the forms that are there for a reason, each once."""
    made = build()
    return tuple(
        dict.fromkeys(
            (
                *forms.dishonest(made),
                *forms.walks(made),
                *forms.boundary(made),
                *forms.nodes(made),
            )
        )
    )


def differences(page: Page, server: Server, asked: Mapping[str, Sequence[bytes]]) -> list[bytes]:
    """Return the forms, of those asked by path, that the two answer differently.

    The server is dead afterwards.
    """
    told = {path: from_flask(server, path, bodies) for path, bodies in asked.items()}
    server.kill()
    return [
        body
        for path, bodies in asked.items()
        for body, flask, worker in zip(
            bodies, told[path], from_worker(page, path, bodies), strict=True
        )
        if flask != worker
    ]


@dataclass(frozen=True)
class Ready:
    """A phone whose worker holds everything, and where it looks for the server, which is dead."""

    page: Page
    port: int


@pytest.fixture(scope="module")
def ready(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ready]:
    """One phone for a module: what it answers changes nothing that it holds."""
    server = Server(tmp_path_factory.mktemp("first")).start()
    try:
        with phone(playwright, server) as page:
            server.kill()
            yield Ready(page, server.port)
    finally:
        server.kill()


@pytest.fixture
def server(ready: Ready, tmp_path: Path) -> Iterator[Server]:
    """The server of the phone, there once more."""
    server = Server(tmp_path, port=ready.port).start()
    yield server
    server.kill()


def answering() -> list[str]:
    """Return the pages that answer forms, the check itself first."""
    routes = [page.route for page in build().release.site.pages.values() if page.answers]
    assert routes[0] == "check/"
    return routes


@pytest.mark.scenario(14)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worker_answers_every_form_as_flask_does_with_the_server_dead(ready, server, language):
    """Each form is asked in one language: a chosen one by the check and by one page more, a random
    one by one page. The long test asks all pages."""
    share = slice(LANGUAGES.index(language), None, len(LANGUAGES))
    chosen = chosen_forms()[share]
    chance = [*forms.random_forms(build(), RANDOM_FORMS, seed=20261122)][share]
    check, *others = answering()
    asked = {f"/{language}/{check}": [*chosen, *chance[:: len(others) + 1]]}
    for place, route in enumerate(others):
        random = chance[place + 1 :: len(others) + 1]
        asked[f"/{language}/{route}"] = [*chosen[place :: len(others)], *random]
    assert differences(ready.page, server, asked) == []


@pytest.mark.scenario(14)
@pytest.mark.parametrize("language", [soak(code, why="220,000 forms") for code in LANGUAGES])
def test_the_worker_answers_many_thousand_forms_as_flask_does(
    ready, server, language, chance, tally
):
    """Each language and page is asked all chosen forms, and its share of random ones."""
    bodies = [*forms.random_forms(build(), LONG_RANDOM_FORMS, chance.getrandbits(64))]
    routes = answering()
    asked = {
        f"/{language}/{route}": [*chosen_forms(), *bodies[place :: len(routes)]]
        for place, route in enumerate(routes)
    }
    assert differences(ready.page, server, asked) == []
    tally["forms compared"] += sum(map(len, asked.values()))


@pytest.mark.parametrize("rule", ["saddle", "fever-with-risk", "lump"])
def test_one_wrong_node_of_the_diagram_is_noticed(rule):
    """The first form that shows it is enough; the worker is asked in Node."""
    app = create_app({"DATABASE_URL": "sqlite://"}, flipped(rule))
    flask = Client(app, use_cookies=False)
    with node_phone.worker_of(app) as worker:
        assert any(
            node_phone.from_flask(flask, CHECK, body) != node_phone.from_worker(worker, CHECK, body)
            for body in forms.nodes(build())
        )


def test_every_page_is_the_same_from_flask_and_from_the_worker(ready, server):
    site = build().release.site
    good = [route for route, page in site.pages.items() if page.status == HTTPStatus.OK]
    paths = [f"/{code}/{route}" for code in site.languages for route in good]
    told = {path: server.get(path) for path in paths}
    server.kill()
    for path, body in told.items():
        response = ready.page.goto(server.url + path)
        assert response is not None
        assert response.from_service_worker
        assert response.body() == body, path
