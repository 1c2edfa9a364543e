"""The twin: the phone's worker and Flask give the same bytes for every form, server alive or dead.

Flask applies the rules as written; the worker walks the diagram. The worker's half is asked with
the server killed.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from itertools import islice
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests.support import forms, system
from tests.support.browsers import QUIET
from tests.support.outcomes import HEADERS, Outcome, from_flask
from tests.support.server import Server
from tests.support.site import build
from tests.support.tiers import soak
from tests.support.worker import IN_PAGE

LANGUAGES = [*build().release.site.languages]
RANDOM_FORMS = 2000
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
        page.evaluate(IN_PAGE.caller("everythingHere"), [])
        yield page
    finally:
        browser.close()


def from_worker(page: Page, path: str, bodies: Sequence[bytes]) -> list[Outcome]:
    """Return the same of each answer of the worker."""
    outcomes: list[Outcome] = []
    waiting = iter(bodies)
    while batch := [base64.b64encode(body).decode() for body in islice(waiting, 200)]:
        answers = page.evaluate(IN_PAGE.caller("post"), [path, batch, HEADERS])
        outcomes += [(status, digest, tuple(headers)) for status, digest, headers in answers]
    return outcomes


def chosen_forms() -> list[bytes]:
    """Return the forms that are there for a reason, each once."""
    made = build()
    return list(
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


@pytest.mark.scenario(14)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worker_answers_every_form_as_flask_does_with_the_server_dead(ready, server, language):
    """Each form is asked in one language: a chosen one on every page that answers, a random one on
    one page."""
    share = slice(LANGUAGES.index(language), None, len(LANGUAGES))
    chosen = chosen_forms()[share]
    chance = [*forms.random_forms(build(), RANDOM_FORMS, seed=20261122)][share]
    answering = [page.route for page in build().release.site.pages.values() if page.answers]
    asked = {
        f"/{language}/{route}": [*chosen, *chance[place :: len(answering)]]
        for place, route in enumerate(answering)
    }
    assert differences(ready.page, server, asked) == []


@pytest.mark.scenario(14)
@pytest.mark.parametrize("language", [soak(code, why="120,000 forms") for code in LANGUAGES])
def test_the_worker_answers_many_thousand_forms_as_flask_does(
    ready, server, language, chance, tally
):
    made = build()
    answering = [page.route for page in made.release.site.pages.values() if page.answers]
    bodies = [*forms.random_forms(made, LONG_RANDOM_FORMS, chance.getrandbits(64))]
    asked = {
        f"/{language}/{route}": bodies[place :: len(answering)]
        for place, route in enumerate(answering)
    }
    assert differences(ready.page, server, asked) == []
    tally["forms compared"] += len(bodies)


@pytest.mark.parametrize("rule", ["saddle", "fever-with-risk", "lump"])
def test_one_wrong_node_of_the_diagram_is_noticed(playwright, tmp_path, rule):
    server = Server(tmp_path, "tests.support.flipped:app", settings={"EASEBACK_TEST_FLIP": rule})
    try:
        with phone(playwright, server.start()) as page:
            assert differences(page, server, {"/en/check/": [*forms.nodes(build())]})
    finally:
        server.kill()


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
