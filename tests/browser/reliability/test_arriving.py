"""The first visits, on a network that is none or lies; what the phone has afterwards."""

from __future__ import annotations

from contextlib import suppress

import pytest

from tests.browser.pages.check import Check
from tests.browser.pages.offline_ready import OfflineReady
from tests.browser.reliability.conftest import Engines, Line, Lines, is_unreachable
from tests.support import faults
from tests.support.browsers import FAULTS
from tests.support.in_page import InPage
from tests.support.journal import add_note, said
from tests.support.kept_files import KeptFiles
from tests.support.losses import lose_databases, lose_store, lose_worker
from tests.support.person import Person, until
from tests.support.tiers import soak
from tests.support.worker import Worker

IN_PAGE = InPage.beside(__file__)
SHARES = [0.62]
"""Of all bytes that make a phone ready: how many come before the network dies."""
NO_WORKER = "Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined })"


@pytest.fixture(scope="module")
def whole(settled: Line) -> int:
    """How many bytes make a phone ready."""
    assert settled.proxy.sent > 100_000
    return settled.proxy.sent


@pytest.mark.scenario(1)
@pytest.mark.parametrize(
    "share", [*SHARES, *(soak(n / 20, why="20 cut points") for n in range(20))]
)
def test_a_network_that_dies_on_the_first_visit_leaves_no_half_app(
    whole: int, line: Line, share: float
) -> None:
    line.proxy.breaks_after(whole * share)
    with suppress(*FAULTS, AssertionError):
        line.person.visits()
    line.proxy.waits_until_dead()
    if not is_unreachable(line.person):
        assert line.person.reads("h1")
        line.person.visits("check/")
        line.person.has_weak_legs()
    line.returns()
    line.gets_ready()
    line.person.waits_for_everything()
    kept = [
        address for address in KeptFiles(line.person.browser).addresses() if "/release/" in address
    ]
    assert len(kept) == len(KeptFiles(line.person.browser).whole())


@pytest.mark.scenario(3)
def test_a_hotels_page_makes_no_phone_ready(line: Line) -> None:
    line.proxy.meets("/sw.js", faults.portal())
    page = OfflineReady(line.person)
    page.opens()
    until(page.state, "failed")
    line.proxy.works()
    line.proxy.meets("/release/", faults.portal())
    page.opens()
    until(page.state, "failed")
    assert not line.person.is_ready()
    assert KeptFiles(line.person.browser).whole() == []
    line.proxy.works()
    line.gets_ready()


@pytest.mark.scenario(9)
def test_the_app_opens_offline_after_a_restart_in_its_language(line: Line) -> None:
    person = line.gets_ready()
    person.waits_for_everything()
    person.switches_to("es")
    line.dies()
    person.restarts()
    person.visits("/")
    until(lambda: person.reads("lang"), "es")
    person.visits("check/")
    person.has_weak_legs()


@pytest.mark.scenario(9)
def test_the_app_opens_offline_after_the_browser_was_killed(line: Line) -> None:
    person = line.gets_ready()
    # A phone whose battery dies a second after its first visit may have nothing yet on its disk.
    person.restarts()
    person.visits()
    line.dies()
    person.browser.die()
    person.browser.start()
    person.visits()
    person.visits("check/")
    person.has_weak_legs()


@pytest.mark.scenario(26)
def test_without_its_worker_the_phone_is_not_ready_and_has_its_journal(line: Line) -> None:
    person = line.gets_ready()
    kept = [add_note(person, "Before the worker went")]
    lose_worker(person.browser)
    line.dies()
    assert is_unreachable(person)
    line.returns()
    line.gets_ready()
    assert said(person) == kept


@pytest.mark.scenario(26)
def test_without_its_database_the_phone_is_ready_and_the_second_copy_brings_the_journal(
    line: Line,
) -> None:
    person = line.gets_ready()
    kept = [add_note(person, "Before the database went")]
    # Not under the page that has it open, which would hold the deletion up.
    person.visits("offline/")
    lose_databases(person.browser)
    line.dies()
    person.visits("journal/")
    person.waits_for("[data-journal-part=list]")
    assert said(person) == kept
    assert Worker(person.browser).status()["ready"]


@pytest.mark.scenario(25)
def test_a_phone_that_lost_everything_has_the_browsers_error_and_then_the_app_again(
    line: Line,
) -> None:
    person = line.gets_ready()
    person.visits("offline/")
    lose_store(person.browser)
    lose_worker(person.browser)
    line.dies()
    assert is_unreachable(person)
    line.returns()
    line.gets_ready()
    line.dies()
    person.visits("check/")
    assert person.place == "age"


@pytest.mark.scenario(28)
def test_without_a_worker_every_page_and_the_check_come_from_the_server(
    engines: Engines, lines: Lines
) -> None:
    line = lines(engines.opens(every={"before_pages": NO_WORKER}))
    person = line.person
    OfflineReady(person).opens()
    until(OfflineReady(person).state, "unsupported")
    person.visits("check/")
    person.answers_until("gates")
    person.presses("next")
    assert "Nothing is ticked" in Check(person).note()
    person.has_weak_legs()
    assert len(line.proxy.posts()) > 3
    assert not [path for path in line.proxy.paths() if path.startswith(("/sw.js", "/release/"))]


@pytest.mark.scenario(29)
def test_a_second_place_on_the_same_phone_is_ready_only_once_it_is_itself(
    engines: Engines, lines: Lines
) -> None:
    line = lines(engines.opens("tab"))
    first = line.gets_ready()
    add_note(first, "Only in the first place")
    second = Person(engines.opens("installed"), line.proxy.url)
    line.dies()
    assert is_unreachable(second)
    line.returns()
    second.gets_ready()
    second.visits("journal/")
    second.waits_for("[data-journal]")
    assert said(second) == []
    line.dies()
    second.visits("check/")
    assert second.place == "age"


@pytest.mark.scenario(45)
def test_what_the_home_screen_needs_is_there_and_its_name_for_the_app_never_changes(
    home: Line,
) -> None:
    shown = home.person.browser.call(IN_PAGE, "manifest")
    assert shown["id"] == "/?app"
    assert shown["start"] == "/?src=pwa"
    assert shown["icons"]
    for said_size, real in shown["icons"]:
        assert said_size in ("any", real)
    home.proxy.kill()
    home.person.visits(shown["start"])
    assert home.person.reads("h1")
