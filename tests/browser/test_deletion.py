"""Deleted means gone: from all that the browser keeps, from later files, from the backup."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.browser.pages.backup import Backup
from tests.browser.pages.hand_over import HandOver
from tests.browser.pages.journal import CLEAR, LOST, Journal
from tests.support.aside import comes_back, is_put_aside, tells_nothing
from tests.support.browsers import Chromium
from tests.support.in_page import InPage
from tests.support.journal import entries, fill
from tests.support.person import Person, until
from tests.support.records import StagedServer

IN_PAGE = InPage.beside(__file__)
SECRET = "He hid my crutches."
NOTE = "[data-journal-form=note] textarea"


@pytest.fixture
def writer(ready: Person, chromium: Chromium) -> Iterator[Person]:
    """Somebody with a journal, a secret in it, and a server that answers."""
    ready.waits_for_everything()
    fill(ready)
    journal = Journal(ready)
    journal.opens()
    journal.clears()
    journal.writes("note", SECRET)
    until(lambda: any(SECRET in line for line in journal.lines()), True)
    yield ready
    expected = ("Failed to load resource", "No mirror", "JournalClosed")
    assert not [line for line in chromium.console if not line.startswith(expected)]


def held(person: Person) -> str:
    return str(person.browser.call(IN_PAGE, "everything"))


def says(person: Person, where: str) -> None:
    """Wait until it says from where it is gone: everywhere, here or partly."""
    person.waits_for(f"[data-journal-deleted={where}]")


def names(folder: Path) -> set[bytes]:
    with closing(sqlite3.connect(folder / "test.sqlite3")) as database:
        return {row[0] for row in database.execute("select id from vault_entry")}


def test_a_deleted_note_is_in_no_store_of_the_browser(writer: Person, journal: Journal) -> None:
    assert SECRET in held(writer)
    journal.deletes(SECRET)
    says(writer, "everywhere")
    assert SECRET not in held(writer)
    writer.restarts()
    journal.opens()
    journal.waits_for("list")
    assert SECRET not in held(writer)
    assert not any(SECRET in line for line in journal.lines())


def test_a_deleted_note_is_gone_from_an_older_browser_as_well(
    writer: Person, journal: Journal, chromium: Chromium
) -> None:
    chromium.page.add_init_script(IN_PAGE.calling("beOlder"))
    journal.opens()
    journal.clears()
    journal.deletes(SECRET)
    says(writer, "everywhere")
    assert SECRET not in held(writer)


def test_what_a_change_replaced_is_in_no_store_either(writer: Person, journal: Journal) -> None:
    journal.changes(SECRET)
    writer.browser.page.locator("[data-journal-form=note] textarea").fill("Better.")
    journal.keeps("note")
    until(lambda: any("Better." in line for line in journal.lines()), True)
    until(lambda: SECRET in held(writer), False)


def test_what_an_older_release_only_hid_is_gone_at_the_next_opening(
    writer: Person, journal: Journal
) -> None:
    writer.browser.call(IN_PAGE, "leaveDeleted")
    assert "A secret." in held(writer)
    journal.opens()
    until(lambda: "A secret." in held(writer), False)
    assert SECRET in held(writer)


def test_a_saved_file_is_named_and_brings_nothing_back(
    writer: Person, journal: Journal, tmp_path: Path
) -> None:
    page = HandOver(writer)
    page.opens()
    before = Path(shutil.copy(page.saves("backup"), tmp_path / "before.json"))
    assert SECRET in before.read_text()
    journal.opens()
    journal.clears()
    journal.deletes(SECRET)
    says(writer, "everywhere")
    assert "Files" in writer.reads("[data-journal-deleted=everywhere]")
    page.opens()
    page.chooses_file(before)
    assert page.offered("deleted") == "1"
    assert SECRET not in held(writer)
    assert SECRET not in page.saves("backup").read_text()


def test_where_the_second_copy_cannot_be_cleared_it_says_so_and_does_it_later(
    writer: Person, journal: Journal
) -> None:
    writer.browser.call(IN_PAGE, "keepCaches")
    journal.deletes(SECRET)
    says(writer, "partly")
    journal.opens()
    until(lambda: SECRET in held(writer), False)


def test_it_goes_from_the_backup_or_the_page_says_that_it_is_there_still(
    writer: Person, journal: Journal, server: StagedServer, tmp_path: Path
) -> None:
    backup = Backup(writer)
    backup.opens()
    backup.turns_on()
    before = names(tmp_path)
    journal.opens()
    journal.clears()
    journal.deletes(SECRET)
    says(writer, "everywhere")
    assert len(before - names(tmp_path)) == 1
    server.kill()
    journal.deletes("In between.")
    says(writer, "here")
    writer.waits_for("[data-journal-backup=left]")
    assert len(before - names(tmp_path)) == 1
    server.start()
    journal.opens()
    journal.waits_for_backup("done")
    assert len(before - names(tmp_path)) == 2


def test_a_server_that_does_not_answer_is_not_waited_for_without_a_word(
    writer: Person, journal: Journal, server: StagedServer
) -> None:
    backup = Backup(writer)
    backup.opens()
    backup.turns_on()
    journal.opens()
    journal.clears()
    journal.waits_for_backup("done")
    server.freeze()
    journal.deletes(SECRET)
    says(writer, "here")
    server.kill()


def test_deleting_all_leaves_only_what_is_not_about_the_person(
    writer: Person, journal: Journal
) -> None:
    writer.browser.call(IN_PAGE, "keepEverySmallText")
    journal.erases()
    left = set(writer.browser.run("return Object.keys({...localStorage, ...sessionStorage})"))
    choices = {"easeback.country", "easeback.second-language"}
    assert left == choices | {"easeback.recalled", "easeback.recall-asked"}
    assert entries(writer) == []


@pytest.mark.parametrize("why", ["refused", "busy"])
def test_a_deletion_that_is_refused_takes_nothing_away_in_any_tab(
    writer: Person, journal: Journal, chromium: Chromium, why: str
) -> None:
    other = chromium.context.new_page()
    other.goto(chromium.page.url)
    other.locator(CLEAR).click()
    other.locator("[data-journal-fold=note] > summary").click()
    other.locator(NOTE).fill("Half a sen")
    if why == "refused":
        writer.browser.call(IN_PAGE, "keepMirror")
    else:
        writer.browser.call(IN_PAGE, "believeInABackup")
        other.evaluate(IN_PAGE.caller("work"), [])
        chromium.page.clock.install()
    journal.asks_to_erase()
    writer.browser.press("[data-journal-do=erase]")
    if why == "busy":
        until(lambda: writer.browser.call(IN_PAGE, "isWaiting"), True)
        chromium.page.clock.run_for(61_000)
    writer.waits_for(f"[data-journal-{why}]")
    assert SECRET in held(writer)
    assert other.locator(NOTE).input_value() == "Half a sen"
    assert "Half a sen" in str(journal.draft())
    assert other.locator(LOST).is_hidden()
    other.close()


def test_a_page_that_was_put_aside_shows_nothing_of_what_was_deleted_meanwhile(
    writer: Person, journal: Journal, chromium: Chromium
) -> None:
    journal.unfolds("note")
    journal.types("note", "text", "A secret draft.")
    is_put_aside(chromium.page)
    other = chromium.context.new_page()
    other.goto(chromium.page.url)
    tells_nothing(other)
    other.locator("[data-journal-do=ask]").click()
    other.locator("[data-journal-do=erase]").click()
    other.locator("[data-journal-erased]").wait_for()
    comes_back(chromium.page)
    until(lambda: journal.holds("note"), {})
    journal.waits_for("empty")
    assert not journal.says_lost()
    assert journal.draft() is None
    other.close()


def test_what_two_tabs_delete_at_once_is_gone(
    writer: Person, journal: Journal, chromium: Chromium
) -> None:
    """The first is still writing the second copy anew, as it was before the other deleted."""
    other = chromium.context.new_page()
    other.goto(chromium.page.url)
    other.locator("[data-line=delete]").first.wait_for()
    journal.takes_long_to_write(1500)
    journal.deletes("I lifted a box.")
    until(journal.is_writing, True)
    other.locator(".journal__line", has_text=SECRET).locator("[data-line=delete]").click()
    other.locator("[data-journal-deleted]").wait_for()
    says(writer, "everywhere")
    assert SECRET not in held(writer)
    other.close()


def test_a_backup_that_was_stopped_is_named_until_it_is_deleted(
    writer: Person, journal: Journal
) -> None:
    backup = Backup(writer)
    backup.opens()
    words = backup.turns_on()
    backup.stops()
    journal.opens()
    journal.clears()
    journal.deletes(SECRET)
    says(writer, "stopped")
    backup.opens()
    backup.enters(" ".join(words))
    backup.is_told("done")
    backup.deletes()
    journal.opens()
    journal.clears()
    journal.deletes("In between.")
    says(writer, "everywhere")


def test_a_tab_that_hangs_is_named_and_keeps_nothing_back(
    writer: Person, journal: Journal, chromium: Chromium
) -> None:
    other = chromium.context.new_page()
    other.goto(chromium.page.url)
    other.evaluate(IN_PAGE.caller("hold"), [])
    writer.browser.run("localStorage.setItem('easeback.walks', '[]')")
    journal.unfolds("note")
    journal.types("note", "text", "A secret draft.")
    journal.asks_to_erase()
    writer.browser.press("[data-journal-do=erase]")
    writer.waits_for("[data-journal-why=tab]")
    assert "easeback.walks" not in writer.browser.run("return Object.keys(localStorage)")
    assert journal.holds("note") == {}
    other.close()
    journal.opens()
    journal.waits_for("empty")
    assert SECRET not in held(writer)


def test_a_question_that_nobody_answers_does_not_hold_the_backup(
    ready: Person, chromium: Chromium, tmp_path: Path
) -> None:
    ready.waits_for_everything()
    backup = Backup(ready)
    backup.opens()
    backup.turns_on()
    chromium.page.add_init_script(IN_PAGE.calling("neverAnswer"))
    journal = Journal(ready)
    journal.opens()
    journal.waits_for_backup("done")  # which moves what is pressed
    journal.begins()
    until(lambda: len(names(tmp_path)), 1)
    journal.waits_for_backup("done")
