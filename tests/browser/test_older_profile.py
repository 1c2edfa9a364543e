"""A phone that holds what an earlier release has kept finds all of it in the scripts of today.

The clock of every page stands a minute after the moment at which that release was left: what it has
sealed for the backup tells its moments too, so they cannot be moved.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Playwright

from tests.browser.pages.backup import Backup
from tests.browser.pages.check import Check
from tests.browser.pages.journal import Journal
from tests.conftest import Stage
from tests.support import profiles
from tests.support.browsers import Chromium
from tests.support.in_page import InPage
from tests.support.person import Person, until
from tests.support.phone import Phone
from tests.support.profiles import FOLDER, INVENTORY, Profile
from tests.support.profiles.make import Life, lived
from tests.support.records import StagedServer

IN_PAGE = InPage.beside(__file__)
KEPT = [
    "Sin red.",
    "Sellada, no enviada.",
    "Levanté una caja pesada.",
    "Dos de las blancas",
    "Frío, 10 min · Dolor antes 6 · Dolor después 5",
    "Dolor 5 · Caminar: Con dificultad",
    "Puede cuidar esto en casa",
    "Parte baja de la espalda",
    "",
    "Dolor 8 · Caminar: No se puede",
    "Cuello",
]
"""What the journal shows on this phone, the newest first; it is over where there are no words."""

BACKED_UP = [*KEPT[:2], "Del otro teléfono.", *KEPT[2:]]
"""The same once the backup has brought what the other phone had noted."""

CHANGED = 3
"""How many entries other ones have replaced or taken away."""

STILL_ASKED = {"tearing": "no", "belly-through": "no", "region": "low-back"}
"""The answers of the check under way that today's check still knows; it asks other questions."""

LEFT = "[data-timer-left]"


@pytest.fixture(scope="module", params=sorted(file.stem for file in FOLDER.glob("*.json")))
def profile(request: pytest.FixtureRequest) -> Profile:
    """What a release has left."""
    return profiles.load(request.param)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StagedServer]:
    """A server of the release of today."""
    server = StagedServer(tmp_path_factory.mktemp("server"))
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def vault(profile: Profile, server: StagedServer) -> Phone:
    """The backup of that phone, on the server."""
    return profiles.put_on_server(profile, server.port)


@pytest.fixture(scope="module")
def owner(
    profile: Profile,
    vault: Phone,
    server: StagedServer,
    playwright: Playwright,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Person]:
    """The owner of that phone: for all tests, each of which looks at something else."""
    browser = Chromium(playwright, tmp_path_factory.mktemp("phone"))
    try:
        yield given(profile, browser, server.url)
        assert browser.console == []
    finally:
        browser.close()


def given(profile: Profile, browser: Chromium, site: str) -> Person:
    """Give a new phone what the older one kept; return its owner."""
    browser.time_zone = profile["time zone"]
    browser.start()
    turns_clock(browser, profile, seconds=60)
    profiles.put_in_browser(profile["browser"], browser, site)
    return Person(browser, site, profile["language"])


def turns_clock(browser: Chromium, profile: Profile, seconds: int) -> None:
    moment = datetime.fromisoformat(profile["moment"]) + timedelta(seconds=seconds)
    browser.context.clock.set_fixed_time(moment)


def opened_journal(person: Person) -> Journal:
    """Open the journal, say that no danger sign is there, and show all lines."""
    journal = Journal(person)
    journal.opens()
    journal.clears()
    journal.shows_all()
    return journal


# --- the promises ----------------------------------------------------------------------------


def test_the_journal_and_its_backup_go_on_and_the_code_holds(
    owner: Person, vault: Phone, profile: Profile, playwright: Playwright, tmp_path: Path
) -> None:
    before = vault.pull()
    backup = Backup(owner)
    backup.opens()
    backup.waits_for("on")
    backup.syncs()
    assert backup.pulled() == "1"
    journal = opened_journal(owner)
    journal.waits_for_backup("done")
    until(journal.told, BACKED_UP)
    after = vault.pull()
    assert {name: body for name, body in before.items() if name in after}.items() <= after.items()
    # What was changed or deleted in that release goes from the backup, too.
    assert len(before.keys() - after.keys()) == CHANGED
    assert len(after) == len(before) + 2 - CHANGED
    # What was sealed and never acknowledged is sent as it is.
    for _, sealed in profiles.meta(profile["browser"])["vault.outbox"]["$map"]:
        assert after[sealed["name"]] == base64.b64decode(sealed["body"]["$bytes"])
    other = Chromium(playwright, tmp_path / "other")
    try:
        life = Life(other, owner.site)
        turns_clock(other, profile, seconds=60)
        life.enters(profile["code"])
        until(opened_journal(life.person).told, BACKED_UP)
    finally:
        other.close()


def test_timers_that_ran_are_offered_but_for_those_that_were_left(owner: Person) -> None:
    journal = opened_journal(owner)
    journal.waits_for_offers()
    assert journal.offered() == ["Calor, 15 min"]


def test_the_second_copy_brings_the_journal_back(
    profile: Profile, chromium: Chromium, server: StagedServer
) -> None:
    without = {**profile["browser"], "databases": {}}
    person = given({**profile, "browser": without}, chromium, server.url)
    until(opened_journal(person).told, KEPT)


def test_the_timer_runs_on_and_is_as_quiet_as_before(owner: Person, profile: Profile) -> None:
    assert isinstance(owner.browser, Chromium)
    owner.visits("now/")
    owner.waits_for("[data-timer-bar]")
    owner.browser.press("[data-timer-bar]")
    owner.sees("timer/")
    until(lambda: owner.reads(LEFT), "4:00")
    assert owner.reads("[data-timer-text]") == "Aléjese caminando a un paso fácil."
    for channel in ("sound", "vibration"):
        owner.waits_for(f"[data-timer-toggle={channel}][aria-pressed=false]")
    turns_clock(owner.browser, profile, seconds=170)
    until(lambda: owner.reads(LEFT), "2:10")
    assert owner.reads("[data-timer-text]") == "Ahora dé la vuelta."
    turns_clock(owner.browser, profile, seconds=60)


def test_the_check_keeps_the_answers_that_fit_and_asks_again(owner: Person) -> None:
    assert isinstance(owner.browser, Chromium)
    owner.visits("check/")
    owner.waits_for("form[data-draft]")
    owner.browser.press("form[data-draft] button")
    # It begins where a check anew begins, too; only the note tells them apart.
    owner.waits_for(".note")
    assert (owner.place, owner.kept()) == ("age", STILL_ASKED)
    assert "responda otra vez desde aquí" in Check(owner).note()
    # The browser's own line about a form that is not of this release.
    until(lambda: ["400" in line for line in owner.browser.console], [True])
    owner.browser.console.clear()
    owner.answers_until("result-self-care")


def test_what_was_chosen_holds(owner: Person) -> None:
    owner.visits("/")
    assert owner.reads("lang") == "es"
    owner.visits("settings/")
    chosen = "return document.querySelector('select[data-country]').value"
    until(lambda: owner.browser.run(chosen), "US")
    until(lambda: owner.reads("[data-number-text]"), "911")
    owner.visits("help-card/")
    owner.waits_for("[data-second-text][lang=en]")


def test_walks_are_listed_and_their_morning_is_asked_for(owner: Person) -> None:
    owner.visits("walking/")
    owner.waits_for("[data-walks-kept]")
    owner.waits_for("[data-walks-morning]")
    owner.browser.press("[data-walks-kept] > summary")
    walks = owner.browser.call(IN_PAGE, "walks")
    assert walks == [["28 nov", "5", "2", "3"], ["27 nov", "5", "3", "5"]]


def test_what_was_said_without_a_network_is_sent(owner: Person, server: StagedServer) -> None:
    owner.visits()
    until(lambda: owner.browser.run("return localStorage['easeback.feedback'] ?? ''"), "")
    posts = [post for post in server.received() if post.path == "/es/feedback/"]
    # Who leaves the page before the answer sends the same again; the server keeps it once.
    (body,) = {post.body for post in posts}
    said = parse_qs(body)
    assert (said["helped"], said["words"]) == (["partly"], ["Me ayudó. ¿Más dibujos?"])


def test_the_worker_keeps_the_key_that_tells_our_own_forms(owner: Person, profile: Profile) -> None:
    owner.gets_ready()
    kept = profile["browser"]["caches"]["easeback-memory"]["/key"]["text"]
    read = "return (await caches.match('/key', { cacheName: 'easeback-memory' })).text()"
    assert owner.browser.run(read) == kept


# --- the names -------------------------------------------------------------------------------


def test_an_older_release_kept_nothing_under_a_name_that_is_forgotten(profile: Profile) -> None:
    assert profiles.names(profile["browser"]) <= set(INVENTORY)


def test_the_scripts_of_today_keep_what_the_inventory_names(
    chromium: Chromium, playwright: Playwright, stage: Stage, tmp_path: Path
) -> None:
    other = Chromium(playwright, tmp_path / "other")
    try:
        profile = lived(chromium, other, stage)
    finally:
        other.close()
    assert profiles.names(profile["browser"]) == set(INVENTORY)
