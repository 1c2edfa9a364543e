"""What somebody answered never leaves the phone, online or offline."""

from __future__ import annotations

import re

from playwright.sync_api import Request

from tests.conftest import Stage
from tests.support.browsers import Chromium
from tests.support.kept_files import KeptFiles
from tests.support.known import known
from tests.support.person import Person, until
from tests.support.records import StagedServer

ANSWER = re.compile(
    "|".join(rf"(?<![\w-]){re.escape(question.id)}=" for question in known().questions)
)
HARMLESS = re.compile(
    r"/(sw\.js|app\.webmanifest|release\.json|(assets|icons|release)/.+|[a-z]{2}/.*)?"
)
NO_QUERY = {"", "src=pwa"}


def live_a_day(person: Person) -> None:
    """Use what there is, with answers of every urgency and in two languages."""
    person.visits("/?src=pwa")
    person.visits("check/")
    person.answers_until("result-self-care")
    person.reloads()
    person.changes("gates")
    person.has_weak_legs()
    person.goes_back()
    person.switches_to("es")
    person.visits("check/")
    person.answers_until("gates")
    person.ticks("g-below")
    person.presses("next")
    person.says("unsure", "saddle-changed")
    person.presses("next")
    person.visits("settings/")
    person.switches_to("en")
    person.visits("exercises/pelvic-tilt/")


def leaks(request: Request) -> bool:
    """Return whether a request that went to the network said more than which file it wants."""
    told = f"{request.url} {request.headers} {request.post_data or ''}"
    return request.method != "GET" or bool(ANSWER.search(told))


def test_no_request_of_an_online_and_offline_day_carries_an_answer(
    person: Person, server: StagedServer, stage: Stage, chromium: Chromium
) -> None:
    person.gets_ready()
    person.waits_for_everything()
    # The worker's own requests are seen too, or what follows would prove little.
    assert any(request.service_worker for request in chromium.requests)
    server.forget()
    chromium.requests.clear()
    live_a_day(person)
    server.kill()
    live_a_day(person)
    person.restarts()
    again = stage(server.port)
    live_a_day(person)
    until(person.is_ready, True)

    until(lambda: any(request.path == "/sw.js" for request in again.received()), True)
    for request in again.received():
        assert (request.method, request.body) == ("GET", ""), request
        assert HARMLESS.fullmatch(request.path), request
        assert request.query in NO_QUERY, request
        assert not ANSWER.search(f"{request.path} {request.query} {request.headers}"), request
        assert "HTTP_COOKIE" not in request.headers
    posts = [request for request in chromium.requests if request.method == "POST"]
    assert len(posts) > 40
    # A phone that is ready need not send anything at all.
    sent = [request for request in chromium.requests if request not in chromium.answered_here]
    assert [item.url for item in sent if leaks(item)] == []


def test_nothing_about_answers_is_kept_when_the_tab_is_gone(
    offline: Person, chromium: Chromium
) -> None:
    offline.visits("check/")
    offline.answers_until("second")
    offline.restarts()
    offline.visits("check/")
    assert offline.place == "age"
    assert offline.kept() == {}
    assert chromium.context.cookies() == []
    assert not ANSWER.search(str(offline.browser.run("return {...localStorage}")))
    assert not [kept for kept in KeptFiles(chromium).addresses() if "check/" in kept]
