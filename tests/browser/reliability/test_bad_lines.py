"""Networks that hang, servers that fail, and a browser that stops or breaks what answers."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.browser.reliability.conftest import Engines, Line, Lines
from tests.support import faults
from tests.support.browsers import Browser, Chromium
from tests.support.forms import encode
from tests.support.in_page import InPage
from tests.support.outcomes import from_flask, from_phone
from tests.support.person import Person, until
from tests.support.tiers import soak

IN_PAGE = InPage.beside(__file__)
BROKEN_WORKER = Path(__file__).with_name("broken_worker.js").read_text("utf-8")
WRONG_CLOCK = Path(__file__).with_name("wrong_clock.js").read_text("utf-8")
AT_ONCE_S = 1.5
"""Less than any wait for a network would take, more than a slow test machine does."""
ROUTES = ("", "now/", "heat-or-ice/", "learn/", "about/", "check/")
STOPS_AT_ONCE = {"dom.serviceWorkers.idle_timeout": 0}


def headings(person: Person) -> dict[str, str]:
    """Return the heading of each page."""
    seen = {}
    for route in ROUTES:
        person.visits(route)
        seen[route] = person.reads("h1")
    return seen


def quickest(person: Person, route: str) -> float:
    """Return how long a page took; of up to three times the best, as the machine may be busy."""
    best = float("inf")
    for _ in range(3):
        begun = time.monotonic()
        person.visits(route)
        best = min(best, time.monotonic() - begun)
        if best < AT_ONCE_S:
            break
    return best


@pytest.mark.scenario(11)
def test_a_network_that_brings_nothing_keeps_nobody_waiting(home: Line) -> None:
    person = home.person
    home.proxy.meets("/", faults.stall())
    slow = [route for route in (*ROUTES, "/") if quickest(person, route) > AT_ONCE_S]
    assert slow == []
    person.visits("check/")
    person.has_weak_legs()


@pytest.mark.scenario(12)
@pytest.mark.parametrize(
    "number", [*(soak(status, why="as the last") for status in (429, 502)), 503]
)
def test_a_server_that_fails_changes_no_page(home: Line, number: int) -> None:
    before = headings(home.person)
    home.proxy.meets("/", faults.status(number))
    assert headings(home.person) == before
    home.person.visits()
    until(home.person.is_ready, True)


@pytest.mark.scenario(24)
def test_a_clock_that_is_wrong_by_years_changes_no_advice(engines: Engines, lines: Lines) -> None:
    line = lines(engines.opens(every={"before_pages": WRONG_CLOCK}))
    person = line.gets_ready()
    before = headings(person)
    line.dies()
    for years in (-9, 9):
        ahead = round(years * 365.25 * 864e5)
        person.browser.run(f"localStorage.setItem('test.ahead', '{ahead}')")
        assert headings(person) == before
        told = person.browser.run("return new Date().getFullYear()")
        assert abs(told - datetime.now(UTC).year) in (8, 9)
        person.visits("check/")
        person.has_weak_legs()


@pytest.mark.scenario(30)
def test_a_cache_that_fails_leaves_the_network_and_then_the_danger_signs(line: Line) -> None:
    line.proxy.meets("/sw.js", faults.prefix(BROKEN_WORKER))
    person = line.person
    person.gets_ready()
    person.visits()
    person.browser.call(IN_PAGE, "breakWorker", "cache")
    person.visits("now/")
    assert "/en/now/" in line.proxy.paths()
    heading = person.reads("h1")
    line.dies()
    person.browser.visit(f"{person.site}/en/now/")
    person.waits_for("a[href='tel:112']")
    assert heading


@pytest.mark.scenario(10)
@pytest.mark.parametrize("engines", ["chromium", "firefox"], indirect=True)
def test_a_worker_that_stops_between_two_steps_changes_no_page(
    engines: Engines, lines: Lines
) -> None:
    line = lines(engines.opens(firefox={"preferences": STOPS_AT_ONCE}))
    line.proxy.meets("/sw.js", faults.prefix(BROKEN_WORKER))
    person = line.person
    person.gets_ready()
    line.dies()
    runs, workers = [], set()
    for stops in (False, True):
        pages = []
        person.visits("now/")
        person.browser.run("sessionStorage.clear()")
        person.visits("check/")
        while not person.place.startswith("result"):
            pages.append(person.reads())
            if stops:
                workers.add(stop_worker(person.browser))
            person.answers()
        person.waits_until_started()  # one of them shows a button
        runs.append([*pages, person.reads()])
    assert runs[0] == runs[1]
    assert len(workers) > 3


@pytest.mark.scenario(10)
@pytest.mark.parametrize("engines", ["webkit"], indirect=True)
def test_a_worker_that_begins_anew_for_each_step_gives_the_same_bytes(
    engines: Engines, lines: Lines
) -> None:
    # WebKitGTK stops a worker only together with the browser.
    line = lines(engines.opens())
    person = line.gets_ready()
    line.dies()
    steps = []
    person.visits("check/")
    while not person.place.startswith("result"):
        steps.append(encode(person.kept() | {"at": person.place, "go": "none"}))
        person.answers()
    told = from_flask(line.servers.gives(), "/en/check/", steps)
    for step, outcome in zip(steps, told, strict=True):
        person.restarts()
        person.visits("now/")
        assert from_phone(person.browser, "/en/check/", [step]) == [outcome]


def stop_worker(browser: Browser) -> float:
    """Stop the worker by the browser's tools, or let it end by itself; return which one it was."""
    born = browser.call(IN_PAGE, "breakWorker", "nothing")
    if type(browser) is Chromium:
        tools = browser.tools()
        tools.send("ServiceWorker.enable")
        tools.send("ServiceWorker.stopAllWorkers")
    return float(born)
