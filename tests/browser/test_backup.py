"""The private backup as a person uses it: on two phones, with typing errors, with a dead server."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser.pages.backup import Backup
from tests.browser.pages.journal import Journal
from tests.support.browsers import Chromium
from tests.support.in_page import InPage
from tests.support.journal import entries, fill
from tests.support.person import Person, until
from tests.support.records import StagedServer

IN_PAGE = InPage.beside(__file__)


@pytest.fixture
def owner(person: Person, chromium: Chromium) -> Iterator[Person]:
    """Somebody with a journal who has opened the page of the backup."""
    fill(person)
    Backup(person).opens()
    yield person
    assert not [line for line in chromium.console if "Failed to load resource" not in line]


@pytest.fixture
def other(owner: Person, playwright: Playwright, tmp_path: Path) -> Iterator[Person]:
    """The same person's other phone, with an empty journal."""
    browser = Chromium(playwright, tmp_path / "other")
    browser.start()
    second = Person(browser, owner.site)
    Backup(second).opens()
    yield second
    browser.close()


@pytest.fixture
def backup(owner: Person) -> Backup:
    """The page that the owner has opened."""
    return Backup(owner)


def rows(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "test.sqlite3")) as database:
        return int(database.execute("select count(*) from vault_entry").fetchone()[0])


def test_nothing_is_sent_before_the_code_is_written_down(
    backup: Backup, server: StagedServer, tmp_path: Path
) -> None:
    assert len(backup.asks_for_code()) == 14
    assert not backup.can_be_turned_on()
    assert not [request for request in server.received() if request.path.startswith("/vault")]
    assert rows(tmp_path) == 0


def test_the_code_brings_the_journal_to_another_phone_and_both_ways(
    owner: Person, backup: Backup, other: Person, tmp_path: Path
) -> None:
    words = backup.turns_on()
    mine = entries(owner)
    assert rows(tmp_path) == len(mine)
    theirs = Backup(other)
    theirs.enters(" ".join(words).upper())
    theirs.is_told("done")
    assert theirs.pulled() == str(len(mine))
    assert entries(other) == mine
    journal = Journal(other)
    journal.opens()
    journal.clears()
    journal.writes("note", "From the other phone.")
    until(lambda: rows(tmp_path), len(mine) + 1)
    journal = Journal(owner)
    journal.opens()
    until(lambda: len(entries(owner)), len(mine) + 1)
    journal.waits_for_backup("done")


def test_what_a_backup_brings_while_something_is_deleted_is_drawn(
    owner: Person, backup: Backup, other: Person
) -> None:
    words = backup.turns_on()
    theirs = Backup(other)
    theirs.enters(" ".join(words))
    theirs.is_told("done")
    journal = Journal(other)
    journal.opens()
    journal.clears()
    journal.waits_for_backup("done")
    mine = Journal(owner)
    mine.opens()
    mine.clears()
    mine.writes("note", "From the first phone.")
    mine.waits_until_kept()
    mine.waits_for_backup("done")
    until(lambda: owner.browser.call(IN_PAGE, "unsent"), 0)
    journal.deletes("In between.")
    journal.waits_until_deleted()
    assert any("From the first phone." in line for line in journal.lines())


def test_the_picture_of_a_code_fills_in_the_words_and_only_a_tap_does_more(
    owner: Person, backup: Backup, other: Person, server: StagedServer
) -> None:
    words = backup.turns_on()
    server.forget()
    theirs = Backup(other)
    other.browser.visit("about:blank")
    other.browser.visit(theirs.address_of(words))
    other.waits_for("[data-backup-linked=off]")
    assert theirs.typed().split() == words
    assert "code=" not in other.browser.run("return location.href")
    assert not [request for request in server.received() if request.path.startswith("/vault")]
    other.browser.press("[data-backup-form] [type=submit]")
    theirs.is_told("done")
    assert entries(other) == entries(owner)
    assert not theirs.has_any_code()
    sent = json.dumps([request.path + request.query for request in server.received()])
    assert not [word for word in words if word in sent]


def test_the_picture_of_a_code_changes_nothing_where_the_backup_is_on(
    owner: Person, backup: Backup
) -> None:
    words = backup.turns_on()
    owner.browser.run(f"location.hash = 'code={'-'.join(words)}'")
    owner.waits_for("[data-backup-linked=on]")
    assert not backup.has_any_code()
    assert "code=" not in owner.browser.run("return location.href")


def test_the_picture_holds_an_address_of_this_site(owner: Person, backup: Backup) -> None:
    words = backup.asks_for_code()
    squares = owner.browser.call(IN_PAGE, "squaresOf", backup.address_of(words))
    drawn = owner.browser.run(
        "return document.querySelector('[data-backup-qr] path').getAttribute('d')"
    )
    assert drawn == squares


def test_each_code_is_asked_for_and_ticked_anew_and_leaves_the_page(backup: Backup) -> None:
    first = backup.turns_on()
    assert not backup.has_any_code()
    backup.stops()
    assert not backup.has_any_code()
    second = backup.asks_for_code()
    assert second != first
    assert not backup.can_be_turned_on()


def test_a_code_can_be_changed_and_the_old_one_opens_nothing(
    owner: Person, backup: Backup, other: Person, tmp_path: Path
) -> None:
    old = backup.turns_on()
    kept = rows(tmp_path)
    new = backup.changes_code()
    assert new != old
    assert rows(tmp_path) == kept
    assert not backup.has_any_code()
    theirs = Backup(other)
    theirs.enters(" ".join(old))
    theirs.is_told("wrong-code")
    theirs.enters(" ".join(new))
    theirs.is_told("done")
    assert entries(other) == entries(owner)


def test_up_to_date_is_never_said_of_what_is_too_long(owner: Person, backup: Backup) -> None:
    owner.browser.call(IN_PAGE, "keepLong")
    backup.asks_for_code()
    owner.browser.press("label:has([data-backup-sure])")
    owner.browser.press("[data-backup-do=on]")
    backup.is_told("long")
    assert owner.reads("[data-backup-count=long] bdi") == "1"
    journal = Journal(owner)
    journal.opens()
    journal.waits_for_backup("long")


def test_the_words_are_corrected_by_no_keyboard(owner: Person) -> None:
    field = "return document.querySelector('[name=code]')"
    for name, value in (
        ("autocomplete", "off"),
        ("autocorrect", "off"),
        ("autocapitalize", "none"),
        ("spellcheck", "false"),
    ):
        assert owner.browser.run(f"{field}.getAttribute('{name}')") == value


def test_an_error_in_a_code_is_found_before_anything_is_asked(
    backup: Backup, other: Person, server: StagedServer
) -> None:
    words = backup.turns_on()
    server.forget()
    swapped = [words[1], words[0], *words[2:]]
    theirs = Backup(other)
    for code, fault in [
        (" ".join(words[:-1]), "count"),
        (" ".join([*words[:-1], "house"]), "words"),
        (" ".join(swapped), "order"),
    ]:
        theirs.enters(code)
        theirs.is_told_fault(fault)
        assert theirs.typed() == code
    assert "house" not in other.reads("[data-backup-fault=order]")
    assert not [request for request in server.received() if request.path.startswith("/vault")]


def test_a_code_without_a_backup_changes_nothing(
    owner: Person, backup: Backup, tmp_path: Path
) -> None:
    unused = backup.asks_for_code()
    backup.opens()
    backup.waits_for("have")
    before = entries(owner)
    backup.enters(" ".join(unused))
    backup.is_told("wrong-code")
    assert entries(owner) == before
    assert backup.shows("off")
    assert rows(tmp_path) == 0


def test_neither_the_server_nor_the_phone_keeps_the_code(
    owner: Person, backup: Backup, server: StagedServer
) -> None:
    words = backup.turns_on()
    sent = json.dumps(
        [request.body + request.path + request.query for request in server.received()]
    )
    held = owner.browser.call(IN_PAGE, "held")
    assert "I lifted a box." in held
    for text in ("".join(words), " ".join(words), "I lifted a box.", "low-back"):
        assert text not in sent
    assert not [text for text in ("".join(words), " ".join(words)) if text in held]
    backup.opens()
    backup.waits_for("on")
    assert not backup.words()


def test_a_dead_server_is_waited_for_and_nothing_is_lost(
    ready: Person, server: StagedServer, tmp_path: Path
) -> None:
    ready.waits_for_everything()
    fill(ready)
    backup = Backup(ready)
    backup.opens()
    backup.turns_on()
    kept = rows(tmp_path)
    server.kill()
    journal = Journal(ready)
    journal.opens()
    journal.clears()
    journal.writes("note", "Offline.")
    journal.waits_until_kept()
    journal.waits_for_backup("later")
    server.start()
    journal.opens()
    until(lambda: rows(tmp_path), kept + 1)


def test_stopping_here_leaves_the_backup_and_deleting_does_not(
    owner: Person, backup: Backup, tmp_path: Path
) -> None:
    words = backup.turns_on()
    kept = entries(owner)
    backup.stops()
    assert rows(tmp_path) == len(kept)
    backup.enters(" ".join(words))
    backup.is_told("done")
    backup.deletes()
    assert rows(tmp_path) == 0
    assert entries(owner) == kept
    assert backup.shows("off")


def test_deleting_the_journal_stops_the_backup_and_brings_nothing_back(
    owner: Person, backup: Backup, tmp_path: Path
) -> None:
    backup.turns_on()
    kept = rows(tmp_path)
    journal = Journal(owner)
    journal.opens()
    journal.waits_for("list")
    journal.asks_to_erase()
    journal.waits_for("backed")
    journal.confirms()
    journal.opens()
    journal.waits_for("empty")
    assert entries(owner) == []
    assert rows(tmp_path) == kept
