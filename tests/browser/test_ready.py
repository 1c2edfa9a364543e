"""The sign "works without internet" is only shown once every part is on the phone, whole."""

from __future__ import annotations

import pytest

from tests.browser.pages.offline_ready import OfflineReady
from tests.conftest import Stage
from tests.support.browsers import Chromium
from tests.support.kept_files import KeptFiles
from tests.support.person import Person, until
from tests.support.records import StagedServer
from tests.support.worker import Worker

pytestmark = pytest.mark.whole_chromium

LANGUAGES = ["ar", "en", "es"]
FILES = sorted(["core", "deferred", *LANGUAGES, *(f"{code}-deferred" for code in LANGUAGES)])


def test_the_first_visit_gets_ready_without_a_reload(person: Person) -> None:
    person.visits()
    person.browser.run("window.stillThis = true")
    until(person.is_ready, True)
    assert person.browser.run("return window.stillThis") is True
    assert set(KeptFiles(person.browser).whole()) >= {"core", "en"}
    assert person.reads(".sign") == "Works without internet"


def test_the_other_languages_and_what_is_deferred_follow_by_themselves(ready: Person) -> None:
    until(KeptFiles(ready.browser).whole, FILES)


def test_no_file_is_fetched_twice_however_often_pages_ask(
    person: Person, server: StagedServer
) -> None:
    person.visits()
    Worker(person.browser).tells_its_status(times=10)
    person.waits_for_everything()
    fetched = [
        request.path for request in server.received() if request.path.startswith("/release/")
    ]
    assert len(fetched) == len(FILES)
    assert len(fetched) == len(set(fetched))


def test_a_page_for_reading_that_has_not_arrived_says_so_and_opens_later(
    stage: Stage, chromium: Chromium
) -> None:
    server = stage(fault="missing /release/deferred.")
    chromium.start()
    person = Person(chromium, server.url)
    person.visits()
    until(person.is_ready, True)
    person.visits("about/")
    assert person.reads("h1") == "About Easeback"
    server.kill()
    person.visits("about/")
    assert person.reads("h1") == "This page is not on your phone yet"
    person.visits("check/")
    person.answers_until("result-self-care")


@pytest.mark.scenario(1)
def test_a_phone_that_lacks_one_file_is_not_called_ready(stage: Stage, chromium: Chromium) -> None:
    server = stage(fault="silent /release/en.")
    chromium.start()
    person = Person(chromium, server.url)
    page = OfflineReady(person)
    page.opens()
    asked = lambda: any(request.path.startswith("/release/en.") for request in server.received())  # noqa: E731
    until(asked, True)
    assert not person.is_ready()
    assert page.state() == "checking"
    server.kill()
    until(page.state, "failed")
    assert not person.is_ready()
    stage(server.port)
    page.opens()
    until(page.state, "ready")


def test_a_spoilt_entry_is_noticed_and_repaired_once_the_server_answers(
    ready: Person, server: StagedServer, stage: Stage
) -> None:
    ready.waits_for_everything()
    page = OfflineReady(ready)
    page.opens()
    KeptFiles(ready.browser).spoils("en")
    server.kill()
    page.opens()
    until(page.state, "not-ready")
    assert not ready.is_ready()
    stage(server.port)
    page.opens()
    until(page.state, "ready")
    assert "en" in KeptFiles(ready.browser).whole()


@pytest.mark.scenario(30)
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_cold_worker_without_its_bundle_shows_the_danger_signs_and_the_number(
    code: str, ready: Person, server: StagedServer, stage: Stage, chromium: Chromium
) -> None:
    ready.waits_for_everything()
    KeptFiles(chromium).spoils("core")
    server.kill()
    ready.restarts()
    ready.visits(f"/{code}/now/")
    ready.waits_for("a[href='tel:112']")
    shown = [part.get_attribute("lang") for part in chromium.page.locator("div[lang]").all()]
    assert shown == (["en"] if code == "en" else [code, "en"])
    assert chromium.page.locator("a[href='tel:112']").first.bounding_box()["height"] >= 48
    stage(server.port)
    ready.visits("now/")
    until(ready.is_ready, True)


@pytest.mark.scenario(34)
def test_a_check_whose_language_is_gone_goes_on_in_another_and_comes_back(
    ready: Person, server: StagedServer, stage: Stage, chromium: Chromium
) -> None:
    ready.switches_to("es")
    ready.waits_for_everything()
    ready.visits("check/")
    ready.answers_until("second")
    answers = ready.kept()
    KeptFiles(chromium).loses("es")
    server.kill()
    tools = chromium.tools()
    tools.send("ServiceWorker.enable")
    tools.send("ServiceWorker.stopAllWorkers")
    ready.presses("none")
    assert ready.reads("lang") == "en"
    assert ready.kept().items() >= answers.items()
    ready.waits_for("[data-other-language]")
    stage(server.port)
    ready.visits("/es/check/")
    until(ready.is_ready, True)
    ready.answers_until("gates")
    assert ready.reads("lang") == "es"
    assert not ready.shows("[data-other-language]")
