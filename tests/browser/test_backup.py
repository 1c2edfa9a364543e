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
