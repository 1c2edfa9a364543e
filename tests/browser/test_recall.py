"""A release that was called back gives way, or says so; the kill switch takes it all away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.browser.pages.journal import Journal
from tests.browser.pages.notices import Notices
from tests.conftest import Stage
from tests.support.browsers import Chromium
from tests.support.journal import said
from tests.support.person import Person, until
from tests.support.records import StagedServer
from tests.support.worker import Worker

pytestmark = pytest.mark.whole_chromium

RELEASE_CARD = "/release.json"
HAS_ASKED = "return localStorage.getItem('easeback.recall-asked')"


@pytest.fixture
def later(ready: Person, chromium: Chromium) -> Person:
    """The person two hours after they were last online; the page was closed meanwhile."""
    until(lambda: bool(ready.browser.run(HAS_ASKED)), True)
    passes(chromium, timedelta(hours=2))
    return ready


def passes(chromium: Chromium, time: timedelta) -> None:
    """Let the phone's clock go on."""
    chromium.context.clock.install(time=datetime.now(UTC) + time)


@pytest.mark.scenario(23)
def test_a_recalled_release_gives_way_to_a_newer_one_unasked(
    later: Person, server: StagedServer, stage: Stage
) -> None:
    old = later.reads("release")
    server.kill()
    stage(server.port, newer=True, EASEBACK_REVOKED=old)
    later.visits()
    until(lambda: later.reads("release") != old, True)
    assert not Notices(later).says_it_was_recalled()


def test_a_result_of_a_recalled_release_is_asked_for_again_with_the_same_answers(
    ready: Person, server: StagedServer, stage: Stage, chromium: Chromium
) -> None:
    old = ready.reads("release")
    ready.visits("check/")
    ready.answers_until("result-self-care")
    answers = ready.kept()
    server.kill()
    stage(server.port, newer=True, EASEBACK_REVOKED=old)
    passes(chromium, timedelta(hours=2))
    ready.comes_back_to_the_page()
    until(lambda: ready.reads("release") != old, True)
    assert (ready.place, ready.kept()) == ("result-self-care", answers)


@pytest.mark.scenario(23)
def test_a_recall_is_remembered_without_a_network_and_stands_above_every_result(
    later: Person, server: StagedServer, stage: Stage
) -> None:
    own = later.reads("release")
    server.kill()
    same = stage(server.port, EASEBACK_REVOKED=own)
    later.visits()
    Notices(later).waits_for_the_recall()
    same.kill()
    later.visits("check/")
    later.has_weak_legs()
    Notices(later).waits_for_the_recall()
    later.visits("/ar/now/")
    Notices(later).waits_for_the_recall()


def test_a_recall_that_is_taken_back_is_forgotten(
    later: Person, server: StagedServer, stage: Stage, chromium: Chromium
) -> None:
    server.kill()
    same = stage(server.port, EASEBACK_REVOKED=later.reads("release"))
    later.visits()
    Notices(later).waits_for_the_recall()
    same.kill()
    stage(server.port)
    passes(chromium, timedelta(hours=4))
    later.visits("about/")
    until(Notices(later).says_it_was_recalled, False)


def test_the_server_is_asked_at_most_once_an_hour(later: Person, server: StagedServer) -> None:
    server.forget()
    later.visits("now/")
    until(lambda: asked(server), 1)
    for _ in range(3):
        later.comes_back_to_the_page()
    later.visits("/healthz")
    assert asked(server) == 1


def test_a_page_seen_again_before_the_answer_came_asks_only_once(
    later: Person, server: StagedServer
) -> None:
    server.forget()
    server.freeze()
    later.visits("now/")
    for _ in range(3):
        later.comes_back_to_the_page()
    server.thaw()
    until(lambda: asked(server), 1)
    later.visits("/healthz")
    assert asked(server) == 1


def asked(server: StagedServer) -> int:
    """Return how often a phone asked which releases no phone may use."""
    return [request.path for request in server.received()].count(RELEASE_CARD)


def test_advice_that_is_older_than_a_year_says_so(ready: Person, chromium: Chromium) -> None:
    assert not Notices(ready).says_the_advice_is_old()
    passes(chromium, timedelta(days=400))
    ready.visits("now/")
    until(Notices(ready).says_the_advice_is_old, True)


@pytest.mark.scenario(8)
def test_the_kill_switch_takes_the_worker_and_leaves_the_journal(
    ready: Person, server: StagedServer, stage: Stage
) -> None:
    journal = Journal(ready)
    journal.opens()
    journal.begins("neck")
    journal.notes("Before the switch")
    server.kill()
    switched = stage(server.port, EASEBACK_KILL="1")
    ready.visits()
    until(Worker(ready.browser).is_gone, True)
    switched.kill()
    stage(server.port)
    journal.opens()
    assert ("note", "Before the switch") in said(ready)
    ready.gets_ready()
