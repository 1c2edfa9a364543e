"""A newer release waits until the person wants it; a broken one never gets in."""

from __future__ import annotations

import pytest

from tests.browser.pages.journal import Journal
from tests.browser.pages.update_offer import UpdateOffer
from tests.conftest import Stage
from tests.support.browsers import Chromium
from tests.support.person import Person, until
from tests.support.records import NEWER_TEXT, OLDER_TEXT, StagedServer
from tests.support.worker import Worker

pytestmark = pytest.mark.whole_chromium


@pytest.mark.scenario(20)
def test_a_newer_release_waits_for_the_persons_word(
    ready: Person, server: StagedServer, stage: Stage
) -> None:
    old = ready.reads("release")
    ready.visits("check/")
    ready.answers_until("second")
    server.kill()
    newer = stage(server.port, newer=True)
    ready.answers_until("result-self-care")
    assert ready.reads("release") == old
    ready.visits()
    UpdateOffer(ready).waits()
    assert OLDER_TEXT in ready.reads()
    newer.kill()
    ready.visits("check/")
    ready.answers_until("how-long-now")
    ready.visits()
    UpdateOffer(ready).waits()
    assert ready.reads("release") == old
    ready.takes_the_update()
    assert NEWER_TEXT in ready.reads()
    assert ready.reads("release") != old
    assert not UpdateOffer(ready).is_shown()
    until(ready.is_ready, True)


@pytest.mark.scenario(21)
def test_a_check_that_is_under_way_in_another_tab_goes_on_after_the_update(
    ready: Person, server: StagedServer, stage: Stage, chromium: Chromium
) -> None:
    ready.visits("check/")
    ready.answers_until("second")
    kept = ready.kept()
    second = chromium.context.new_page()
    server.kill()
    newer = stage(server.port, newer=True)
    second.goto(f"{server.url}/en/")
    second.locator(UpdateOffer.CSS).wait_for()
    newer.kill()
    second.locator(UpdateOffer.TAKE).click()
    second.get_by_text(NEWER_TEXT).wait_for()
    assert (ready.place, ready.kept()) == ("second", kept)
    ready.answers_until("result-self-care")
    assert ready.kept().items() >= kept.items()


def test_what_was_there_offline_is_there_after_an_update_that_came_unseen(
    ready: Person, server: StagedServer, stage: Stage
) -> None:
    Journal(ready).opens()
    old = ready.reads("release")
    server.kill()
    newer = stage(server.port, newer=True)
    ready.visits()
    UpdateOffer(ready).waits()
    newer.kill()
    ready.restarts()
    Journal(ready).opens()
    assert ready.reads("release") != old
    ready.visits("/ar/exercises/pelvic-tilt/")
    assert ready.reads("lang") == "ar"


def test_an_update_of_one_sentence_fetches_its_language_and_nothing_else(
    ready: Person, server: StagedServer, stage: Stage
) -> None:
    ready.waits_for_everything()
    server.kill()
    newer = stage(server.port, newer=True, EASEBACK_TEST_SENTENCE="1")
    assert Worker(ready.browser).is_updated() == "installed"
    fetched = [request.path for request in newer.received() if "/release/" in request.path]
    assert [path.partition(".")[0] for path in fetched] == ["/release/en"]
    newer.kill()
    ready.restarts()
    ready.visits()
    assert NEWER_TEXT in ready.reads()
    until(ready.is_ready, True)
    until(lambda: Worker(ready.browser).status()["complete"], True)


@pytest.mark.scenario(22)
def test_a_release_that_was_skipped_leaves_nothing_behind(offline: Person, stage: Stage) -> None:
    offline.visits()
    worker, port = Worker(offline.browser), port_of(offline)
    for deploys in (1, 2, 3):
        newer = stage(port, newer=deploys)
        assert worker.is_updated() == "installed"
        newer.kill()
    until(worker.releases_here, 2)
    offline.restarts()
    offline.visits("check/")
    offline.has_weak_legs()


@pytest.mark.scenario(3, 4, 5)
@pytest.mark.parametrize(
    "fault",
    [
        "altered /release/en.",
        "html /release/core.",
        "missing /release/en.",
        "redirected /release/core.",
    ],
)
def test_a_release_that_arrives_broken_never_replaces_the_old_one(
    offline: Person, stage: Stage, fault: str
) -> None:
    offline.visits()
    old = offline.reads("release")
    broken = stage(port_of(offline), newer=True, fault=fault)
    assert Worker(offline.browser).is_updated() == "redundant"
    broken.kill()
    assert_still(offline, old)


@pytest.mark.scenario(7)
def test_a_worker_script_that_is_none_never_replaces_the_old_one(
    offline: Person, stage: Stage
) -> None:
    offline.visits()
    old = offline.reads("release")
    for fault in ("html", "missing", "redirected"):
        broken = stage(port_of(offline), newer=True, fault=f"{fault} /sw.js")
        assert Worker(offline.browser).is_updated() == "refused", fault
        broken.kill()
    assert_still(offline, old)


@pytest.mark.scenario(2)
def test_a_server_that_dies_in_the_middle_of_an_update_leaves_the_old_release(
    offline: Person, stage: Stage
) -> None:
    offline.visits()
    old = offline.reads("release")
    dying = stage(port_of(offline), newer=True, fault="silent /release/en.")
    worker = Worker(offline.browser)
    worker.begins_an_update()
    until(
        lambda: any(request.path.startswith("/release/en.") for request in dying.received()), True
    )
    dying.kill()
    assert worker.outcome() == "redundant"
    assert_still(offline, old)


def port_of(person: Person) -> int:
    """Return the port at which the person's site was served."""
    return int(person.site.rpartition(":")[2])


def assert_still(person: Person, release: str) -> None:
    """Fail unless this release answers pages and the check, now and after a restart."""
    person.visits()
    until(person.is_ready, True)
    assert not UpdateOffer(person).is_shown()
    person.visits("check/")
    person.has_weak_legs()
    assert person.reads("release") == release
    person.restarts()
    person.visits()
    until(person.is_ready, True)
    assert person.reads("release") == release
