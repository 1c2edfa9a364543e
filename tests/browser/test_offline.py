"""With the server dead or silent, every page answers, in every language, also after a restart."""

from __future__ import annotations

import time

import pytest

from tests.support.person import Person, until
from tests.support.records import StagedServer

pytestmark = pytest.mark.whole_chromium

ROUTES = (
    "",
    "now/",
    "heat-or-ice/",
    "walking/",
    "exercises/",
    "exercises/pelvic-tilt/",
    "learn/",
    "help-card/",
    "about/",
    "settings/",
    "offline/",
    "check/",
)
AT_ONCE_S = 1.5
"""Less than any wait for a network would take, more than a slow test machine does."""


def titles(person: Person) -> dict[str, str]:
    """Return the heading of each page."""
    seen = {}
    for route in ROUTES:
        person.visits(route)
        seen[route] = person.reads("h1")
    return seen


def test_every_page_is_the_one_that_the_server_had(ready: Person, server: StagedServer) -> None:
    online = titles(ready)
    assert len(set(online.values())) == len(ROUTES)
    server.kill()
    assert titles(ready) == online


@pytest.mark.scenario(13)
def test_the_check_leads_to_advice_for_this_person(offline: Person) -> None:
    offline.visits()
    offline.follows("Is this serious?")
    offline.answers_until("result-self-care")
    assert offline.reads("h1") == "You can look after this at home"
    assert "Walking" in offline.reads()
    offline.takes_answers_to("heat-or-ice/answer/")
    assert offline.reads("h1") == "Start with warmth"


def test_an_emergency_is_four_taps_away(offline: Person) -> None:
    offline.visits("check/")
    offline.answers_until("gates")
    offline.ticks("g-limb")
    offline.presses("next")
    offline.says("yes", "legs-numb")
    offline.sees("result-emergency")
    offline.waits_for("main a[href='tel:112']")
    assert "both legs or feet newly tingle or feel numb" in offline.reads(".reasons")
    assert "Exercises" not in offline.reads()


def test_the_check_answers_in_each_language(offline: Person) -> None:
    results = set()
    for code in ("es", "ar", "en"):
        offline.visits()
        offline.switches_to(code)
        offline.visits("check/")
        offline.answers_until("result-self-care")
        assert offline.reads("lang") == code
        direction = offline.browser.run("return getComputedStyle(document.body).direction")
        assert direction == ("rtl" if code == "ar" else "ltr")
        results.add(offline.reads("h1"))
    assert len(results) == 3


def test_a_page_that_does_not_exist_says_so_in_its_language(offline: Person) -> None:
    offline.visits("nonsense/")
    assert offline.reads("h1") == "This page is not here"
    offline.visits("/es/nonsense/")
    assert offline.reads("lang") == "es"


@pytest.mark.scenario(9)
def test_after_a_restart_the_first_page_opens_in_the_last_language(offline: Person) -> None:
    offline.visits()
    offline.switches_to("ar")
    offline.restarts()
    offline.visits("/")
    until(lambda: offline.reads("lang"), "ar")
    offline.visits("check/")
    offline.answers_until("result-self-care")
    offline.visits("/?src=pwa")
    assert offline.reads("lang") == "ar"
    assert titles(offline)


@pytest.mark.scenario(11)
def test_a_server_that_hangs_keeps_nobody_waiting(ready: Person, server: StagedServer) -> None:
    ready.waits_for_everything()
    server.forget()
    server.freeze()
    slow = []
    for route in (*ROUTES, "/"):
        begun = time.monotonic()
        ready.visits(route)
        if time.monotonic() - begun > AT_ONCE_S:
            slow.append(route)
    ready.visits("check/")
    ready.answers_until("result-self-care")
    assert not slow
    server.thaw()
    server.get("/healthz")
    assert {request.path for request in server.received()} <= {"/sw.js", "/release.json"}
