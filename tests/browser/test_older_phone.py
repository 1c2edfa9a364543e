"""A phone as old as docs/phones.md allows, which lacks every API that one of its browsers lacks.

Chromium 90 itself walks in test_engines.py; Safari 15.4 and Firefox 91 cannot be had here, so what
they lack is taken from a newer browser, in pages and in the worker.
"""

from __future__ import annotations

import pytest

from tests.browser.pages.feedback import FeedbackPage
from tests.browser.pages.help_card import HelpCard
from tests.browser.pages.journal import Journal
from tests.browser.pages.offline_ready import OfflineReady
from tests.browser.pages.timer import Timer
from tests.conftest import Stage
from tests.support import older
from tests.support.browsers import Chromium
from tests.support.oldest_chrome import RUNS_HERE, OldestChrome
from tests.support.person import Person, until
from tests.support.records import StagedServer


@pytest.fixture
def server(stage: Stage) -> StagedServer:
    """A server whose worker finds an older browser."""
    return stage(fault="older /sw.js")


@pytest.fixture
def old(chromium: Chromium, server: StagedServer) -> Person:
    """Somebody with an old phone."""
    chromium.start()
    older.grows_old(chromium)
    return Person(chromium, server.url)


def test_an_old_phone_does_everything_without_a_network(
    old: Person, server: StagedServer, chromium: Chromium
) -> None:
    old.gets_ready()
    old.waits_for_everything()
    (worker,) = chromium.context.service_workers
    assert worker.evaluate("typeof structuredClone") == "undefined"
    server.kill()
    old.visits()
    old.follows("Is this serious?")
    old.answers_until("result-self-care")
    old.takes_answers_to("heat-or-ice/answer/")
    old.waits_for("[data-kind=heat] button[data-minutes='10']")
    chromium.press("[data-kind=heat] button[data-minutes='10']")
    timer = Timer(old)
    timer.waits()
    timer.stops()
    journal = Journal(old)
    journal.opens()
    journal.begins()
    journal.feels(7)
    journal.notes("It began on the stairs.")
    assert any("on the stairs" in line for line in journal.lines())
    journal.opens()
    assert any("Pain 7" in line for line in journal.lines())
    feedback = FeedbackPage(old)
    feedback.says("yes", "Kept on an old phone.")
    feedback.is_told("kept")
    assert not [line for line in chromium.console if "Not started" in line or "TypeError" in line]


def test_an_old_phone_sends_what_somebody_says(old: Person, server: StagedServer) -> None:
    FeedbackPage(old).says("yes", "Sent from an old phone.")
    old.sees("feedback/thanks/")
    assert any("Sent+from" in request.body for request in server.received())


def test_on_an_old_phone_only_what_is_ticked_is_shown(old: Person) -> None:
    card = HelpCard(old)
    old.visits("help-card/")
    old.waits_for("#card-helper")
    card.unfolds("card-helper")
    old.waits_for("#card-no-pull label")
    card.ticks("card-no-pull")
    card.shows_only_ticked()
    assert card.shown() == ["card-no-pull"]


def test_a_journal_whose_database_hangs_says_so_and_all_else_goes_on(
    chromium: Chromium, server: StagedServer
) -> None:
    chromium.start()
    older.hangs(chromium)
    person = Person(chromium, server.url)
    person.gets_ready()
    chromium.page.clock.install()
    person.visits("journal/")
    until(lambda: chromium.run("return window.hangs"), True)
    chromium.page.clock.run_for(10_000)
    Journal(person).waits_until_refused("closed")
    person.visits("check/")
    person.answers_until("result-self-care")


def test_where_a_part_of_the_journal_does_not_come_it_says_so(
    chromium: Chromium, server: StagedServer
) -> None:
    chromium.start()
    older.loses_its_worker(chromium)
    person = Person(chromium, server.url)
    journal = Journal(person)
    journal.opens()
    server.kill()
    journal.chooses("begin", "region", "neck")
    journal.keeps("begin")
    journal.waits_until_refused("broken")
    assert journal.holds("begin")["region"] == "neck"


@pytest.mark.skipif(not RUNS_HERE, reason="Chromium 90 is there for Linux on x86-64")
def test_below_the_floor_the_servers_pages_work_and_say_why_the_phone_is_not_ready(
    oldest_chrome: OldestChrome, server: StagedServer
) -> None:
    oldest_chrome.start()
    older.cannot_read_our_scripts(oldest_chrome)
    person = Person(oldest_chrome, server.url, "ar")
    page = OfflineReady(person)
    page.opens()
    assert "Chrome 90" in page.why_not()
    assert page.state() is None
    person.visits("check/")
    person.answers_until("result-self-care")
    assert not person.is_ready()


def test_a_phone_without_a_worker_says_so_and_does_the_rest(
    chromium: Chromium, server: StagedServer
) -> None:
    chromium.start()
    older.loses_its_worker(chromium)
    person = Person(chromium, server.url)
    page = OfflineReady(person)
    page.opens()
    until(page.state, "unsupported")
    person.visits("check/")
    person.answers_until("result-self-care")
    person.takes_answers_to("heat-or-ice/answer/")
    person.waits_for("[data-kind=heat] button[data-minutes='10']")
    chromium.press("[data-kind=heat] button[data-minutes='10']")
    Timer(person).waits()
