"""The same path, shorter, in Firefox, in WebKitGTK, and in Chromium 90."""

from __future__ import annotations

import pytest

from tests.browser.pages.hand_over import HandOver
from tests.browser.pages.help_card import HelpCard
from tests.browser.pages.journal import Journal
from tests.support.browsers import Browser, Firefox, WebKit
from tests.support.in_page import InPage
from tests.support.journal import entries, fill
from tests.support.oldest_chrome import RUNS_HERE
from tests.support.person import Person, until
from tests.support.records import StagedServer
from tests.support.site import build

IN_PAGE = InPage.beside(__file__)
FLOOR_STEPS = len(build().knowledge.floor)
DRAFT = "return sessionStorage.length"


OLDEST = pytest.param(
    "oldest_chrome",
    marks=pytest.mark.skipif(not RUNS_HERE, reason="Chromium 90 is there for Linux on x86-64"),
)


@pytest.fixture(params=["firefox", "webkit", OLDEST])
def browser(request: pytest.FixtureRequest) -> Browser:
    browser: Browser = request.getfixturevalue(request.param)
    browser.start()
    return browser


@pytest.fixture
def offline(browser: Browser, server: StagedServer) -> Person:
    """Somebody whose phone got ready, and whose server has just died."""
    person = Person(browser, server.url)
    person.gets_ready()
    person.waits_for_everything()
    server.kill()
    return person


@pytest.mark.scenario(13, 34)
def test_the_check_heat_or_ice_and_the_languages_answer_offline(offline: Person) -> None:
    offline.visits()
    offline.follows("Is this serious?")
    offline.answers_until("result-self-care")
    assert offline.reads("h1") == "You can look after this at home"
    offline.takes_answers_to("heat-or-ice/answer/")
    assert offline.reads("h1") == "Start with warmth"
    offline.waits_for("[data-kind=heat] button[data-minutes='10']")
    offline.browser.press("[data-kind=heat] button[data-minutes='10']")
    offline.waits_for("[data-timer-back]")
    offline.browser.press("[data-timer-back]")
    until(lambda: offline.reads("h1"), "Start with warmth")
    for code in ("es", "ar", "en"):
        offline.switches_to(code)
    offline.visits("check/")
    offline.has_weak_legs()
    offline.waits_for("main a[href^='tel:']")


def test_the_journal_is_kept_read_back_and_handed_on_offline(offline: Person) -> None:
    journal, report = Journal(offline), HandOver(offline)
    journal.opens()
    journal.begins("neck")
    journal.feels(7)
    until(lambda: any("Pain 7" in line for line in journal.lines()), True)
    report.opens()
    assert "Neck" in report.report()
    assert "1: 7" in report.report()


@pytest.mark.scenario(9)
def test_a_firefox_that_was_killed_has_what_it_kept(firefox: Firefox, server: StagedServer) -> None:
    firefox.start()
    person = Person(firefox, server.url)
    person.gets_ready()
    person.waits_for_everything()
    server.kill()
    fill(person)
    kept = entries(person)
    assert kept
    firefox.die()
    firefox.start()
    journal = Journal(person)
    journal.opens()
    journal.waits_for("list")
    assert entries(person) == kept


def test_the_help_card_and_the_search_read_other_pages(offline: Person) -> None:
    card = HelpCard(offline)
    card.opens()
    card.unfolds("card-helper")
    card.enlarges("card-no-pull")
    assert card.large() == "Please do not pull me up."
    card.closes()
    until(card.is_large, False)
    card.chooses_second("ar")
    offline.waits_for("#card-no-pull [lang=ar][dir=rtl]")
    offline.visits("learn/")
    offline.waits_for("[data-search-field]")
    offline.browser.call(IN_PAGE, "seek", "pelvic tilt")
    offline.waits_for("[data-search-results] a[href='/en/exercises/pelvic-tilt/'] mark")


def test_the_way_up_a_walk_and_its_timer_work_offline(offline: Person) -> None:
    offline.visits("now/floor/")
    offline.waits_for("[data-floor-start]")
    offline.browser.press("[data-floor-go=start]")
    for _ in range(FLOOR_STEPS - 1):
        offline.browser.press("[data-floor-go=next]")
    offline.browser.press("[data-floor-go=done]")
    offline.visits("walking/")
    offline.waits_for("[data-walks-part=gate]")
    offline.browser.press("[data-walks-part=gate] [data-walks-do=well]")
    offline.browser.press("[data-walks-part=plan] [data-timer-start] button[data-minutes]")
    offline.sees("timer/")
    until(lambda: offline.reads("[data-timer-left]").startswith("0:2"), True)
    offline.visits()
    offline.waits_for("[data-timer-bar]")
    offline.browser.press("[data-timer-bar]")
    offline.sees("timer/")
    offline.waits_for("[data-timer-do=stop]")
    offline.browser.press("[data-timer-do=stop]")
    offline.sees("")
    assert not offline.shows("[data-timer-bar]")
    offline.visits("walking/")
    offline.waits_for("[data-walks-note]")
    offline.browser.press("[data-walks-note] > summary")
    for pain in ("before", "most"):
        offline.browser.press(f".scale__point:has([name={pain}][value='3'])")
    offline.browser.press("[data-walks-form] [type=submit]")
    offline.waits_for("[data-walks-noted]")


@pytest.mark.scenario(18)
def test_back_in_the_check_loses_no_answer(offline: Person) -> None:
    offline.visits("check/")
    steps = []
    while offline.place != "how-long-now":
        steps.append((offline.place, offline.kept()))
        offline.answers()
        offline.goes_back()
        assert (offline.place, offline.kept()) == steps[-1]
        offline.answers()
    for place, kept in reversed(steps):
        offline.goes_back()
        assert (offline.place, offline.kept()) == (place, kept)
    offline.answers_until("result-self-care")


@pytest.mark.scenario(16)
def test_a_reload_in_webkit_goes_on_where_the_person_was(
    webkit: WebKit, server: StagedServer
) -> None:
    # It turns into a fresh start there, and the page posts what the tab has kept.
    webkit.start()
    person = Person(webkit, server.url)
    person.gets_ready()
    server.kill()
    person.visits("check/")
    person.answers_until("how-long-now")
    kept = person.kept()
    until(lambda: webkit.run(DRAFT), 1)
    person.reloads()
    person.sees("how-long-now")
    assert person.kept() == kept
    person.answers_until("result-self-care")
    until(lambda: webkit.run(DRAFT), 1)
    person.reloads()
    person.sees("result-self-care")


@pytest.mark.scenario(9)
def test_firefox_answers_offline_after_a_restart(firefox: Firefox, server: StagedServer) -> None:
    firefox.start()
    person = Person(firefox, server.url)
    person.gets_ready()
    person.waits_for_everything()
    person.switches_to("es")
    server.kill()
    person.restarts()
    person.visits("/")
    until(lambda: person.reads("lang"), "es")
    person.visits("check/")
    person.answers_until("result-self-care")
