"""A foreign page that posts to the check reaches the server as what it is, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Error

from tests.browser.pages.check import Check
from tests.support.browsers import Chromium
from tests.support.hostile import HostileSite, hostile_site
from tests.support.person import Person, until
from tests.support.records import StagedServer

HEADING = "return document.querySelector('h1').innerText"
SHOWS_WHERE_IT_IS = ("strict-origin-when-cross-origin", "unsafe-url", "origin")


@pytest.fixture
def hostile(server: StagedServer) -> Iterator[HostileSite]:
    with hostile_site(f"{server.url}/en/check/") as site:
        yield site


def posts(server: StagedServer) -> list[str | None]:
    """Return from where the browser says that each post to the server came."""
    received = [request for request in server.received() if request.method == "POST"]
    return [request.headers.get("HTTP_SEC_FETCH_SITE") for request in received]


@pytest.mark.scenario(37)
@pytest.mark.usefixtures("ready")
def test_a_foreign_form_is_seen_as_foreign(
    server: StagedServer, chromium: Chromium, hostile: HostileSite
) -> None:
    for policy in SHOWS_WHERE_IT_IS:
        server.forget()
        hostile.lures(chromium, policy)
        assert posts(server) == ["cross-site"], policy
        assert chromium.run(HEADING) == "My answers", policy
    assert chromium.context.cookies() == []


@pytest.mark.usefixtures("ready")
def test_a_foreign_form_gets_no_advice_about_warmth_either(
    server: StagedServer, chromium: Chromium
) -> None:
    with hostile_site(f"{server.url}/en/heat-or-ice/answer/") as site:
        for policy in (SHOWS_WHERE_IT_IS[0], "no-referrer"):
            site.lures(chromium, policy)
            assert chromium.run(HEADING) == "My answers", policy


@pytest.mark.scenario(37)
def test_a_foreign_form_that_hides_where_it_is_gets_only_the_list_of_answers(
    ready: Person, server: StagedServer, chromium: Chromium, hostile: HostileSite
) -> None:
    server.forget()
    hostile.lures(chromium, "no-referrer")
    ready.sees("answers")
    assert ready.reads("h1") == "My answers"
    assert posts(server) == []
    server.kill()
    hostile.lures(chromium, "no-referrer")
    ready.sees("answers")


@pytest.mark.scenario(37)
def test_with_the_server_dead_a_foreign_form_ends_at_the_browsers_own_error(
    ready: Person, server: StagedServer, chromium: Chromium, hostile: HostileSite
) -> None:
    server.kill()
    hostile.opens(chromium, SHOWS_WHERE_IT_IS[0])
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"), chromium.page.expect_navigation():
        hostile.wins_a_prize(chromium)


@pytest.mark.scenario(37)
@pytest.mark.parametrize("policy", [SHOWS_WHERE_IT_IS[0], "no-referrer"])
def test_a_foreign_form_leaves_no_answer_behind(
    ready: Person, chromium: Chromium, hostile: HostileSite, policy: str
) -> None:
    hostile.lures(chromium, policy)
    # Whatever the page does after it was loaded, it has done once it knows that it is ready.
    until(ready.is_ready, True)
    ready.visits("check/")
    until(ready.is_ready, True)
    assert ready.place == "age"
    assert ready.kept() == {}
    assert not Check(ready).offers_the_draft()
    assert chromium.context.cookies() == []
