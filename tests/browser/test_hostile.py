"""A foreign page that posts to the check reaches the server as what it is, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Error

from tests.support.browsers import Chromium
from tests.support.hostile import hostile_site
from tests.support.person import Person, until
from tests.support.records import StagedServer

SHOWS_WHERE_IT_IS = ("strict-origin-when-cross-origin", "unsafe-url", "origin")

LEFT = "return [document.title !== 'hostile', document.readyState]"


@pytest.fixture
def hostile(server: StagedServer) -> Iterator[str]:
    with hostile_site(f"{server.url}/en/check/") as address:
        yield address


def lured(chromium: Chromium, address: str) -> None:
    """Visit the hostile page and press its button."""
    chromium.visit(address)
    chromium.press("button")
    until(lambda: chromium.run(LEFT), [True, "complete"])


def posts(server: StagedServer) -> list[str | None]:
    """Return from where the browser says that each post to the server came."""
    received = [request for request in server.received() if request.method == "POST"]
    return [request.headers.get("HTTP_SEC_FETCH_SITE") for request in received]


@pytest.mark.usefixtures("ready")
def test_a_foreign_form_is_seen_as_foreign(
    server: StagedServer, chromium: Chromium, hostile: str
) -> None:
    for policy in SHOWS_WHERE_IT_IS:
        server.forget()
        lured(chromium, hostile + policy)
        assert posts(server) == ["cross-site"], policy
    assert chromium.context.cookies() == []


def test_a_foreign_form_that_hides_where_it_is_gets_only_the_list_of_answers(
    ready: Person, server: StagedServer, chromium: Chromium, hostile: str
) -> None:
    server.forget()
    lured(chromium, hostile + "no-referrer")
    ready.sees("answers")
    assert ready.reads("h1") == "Your answers"
    assert posts(server) == []
    server.kill()
    lured(chromium, hostile + "no-referrer")
    ready.sees("answers")


def test_with_the_server_dead_a_foreign_form_ends_at_the_browsers_own_error(
    ready: Person, server: StagedServer, chromium: Chromium, hostile: str
) -> None:
    server.kill()
    chromium.visit(hostile + SHOWS_WHERE_IT_IS[0])
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"), chromium.page.expect_navigation():
        chromium.press("button")


@pytest.mark.parametrize("policy", [SHOWS_WHERE_IT_IS[0], "no-referrer"])
def test_a_foreign_form_leaves_no_answer_behind(
    ready: Person, chromium: Chromium, hostile: str, policy: str
) -> None:
    lured(chromium, hostile + policy)
    # Whatever the page does after it was loaded, it has done once it knows that it is ready.
    until(ready.is_ready, True)
    ready.visits("check/")
    until(ready.is_ready, True)
    assert ready.place == "danger"
    assert ready.kept() == {}
    assert not ready.shows("form[data-draft]")
    assert chromium.context.cookies() == []
