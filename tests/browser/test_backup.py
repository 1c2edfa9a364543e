"""The private backup as a person uses it: on two phones, with typing errors, with a dead server."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.support.browsers import Chromium
from tests.support.journal import RECORDS, fill
from tests.support.person import Person, until
from tests.support.records import StagedServer

SAID = "return [...document.querySelectorAll('[data-backup-say]')].find((one) => !one.hidden)"
SHOWN = "return [...document.querySelectorAll('[data-backup-words] li')].map((a) => a.innerText)"
HELD = """
    const found = [JSON.stringify({ ...localStorage, ...sessionStorage }), window.name];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((done) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => done(request.result);
      });
      for (const part of database.objectStoreNames) {
        found.push(await new Promise((done) => {
          const request = database.transaction(part).objectStore(part).getAll();
          request.onsuccess = () => done(JSON.stringify(request.result));
        }));
      }
      database.close();
    }
    return found.join();
"""


@pytest.fixture
def owner(person: Person, chromium: Chromium) -> Iterator[Person]:
    """Somebody with a journal who has opened the page of the backup."""
    fill(person)
    person.visits("journal/backup/")
    person.waits_for("[data-backup]")
    yield person
    assert not [line for line in chromium.console if "Failed to load resource" not in line]


@pytest.fixture
def other(owner: Person, playwright: Playwright, tmp_path: Path) -> Iterator[Person]:
    """The same person's other phone, with an empty journal."""
    browser = Chromium(playwright, tmp_path / "other")
    browser.start()
    second = Person(browser, owner.site)
    second.visits("journal/backup/")
    second.waits_for("[data-backup]")
    yield second
    browser.close()


def turns_on(person: Person) -> list[str]:
    """Make a backup; return the words of its code."""
    person.browser.press("[data-backup-do=new]")
    person.waits_for("[data-backup-qr] svg")
    words = list(person.browser.run(SHOWN))
    person.browser.press("label:has([data-backup-sure])")
    person.browser.press("[data-backup-do=on]")
    is_told(person, "done")
    return words


def enters(person: Person, code: str) -> None:
    person.browser.page.locator("[name=code]").fill(code)
    person.browser.press("[data-backup-form] [type=submit]")


def is_told(person: Person, what: str) -> None:
    until(lambda: person.browser.run(f"{SAID}?.dataset.backupSay"), what, patience=60)


def rows(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "test.sqlite3")) as database:
        return int(database.execute("select count(*) from vault_entry").fetchone()[0])


def test_nothing_is_sent_before_the_code_is_written_down(
    owner: Person, server: StagedServer, tmp_path: Path
) -> None:
    owner.browser.press("[data-backup-do=new]")
    owner.waits_for("[data-backup-qr] svg")
    assert len(owner.browser.run(SHOWN)) == 14
    assert owner.browser.run("return document.querySelector('[data-backup-do=on]').disabled")
    assert not [request for request in server.received() if request.path.startswith("/vault")]
    assert rows(tmp_path) == 0


def test_the_code_brings_the_journal_to_another_phone_and_both_ways(
    owner: Person, other: Person, tmp_path: Path
) -> None:
    words = turns_on(owner)
    mine = owner.browser.run(RECORDS)
    assert rows(tmp_path) == len(mine)
    enters(other, " ".join(words).upper())
    is_told(other, "done")
    assert other.reads("[data-backup-count=pulled] bdi") == str(len(mine))
    assert other.browser.run(RECORDS) == mine
    other.visits("journal/")
    other.browser.press("[data-journal-do=clear]")
    other.browser.press("[data-journal-fold=note] > summary")
    other.browser.page.locator("[data-journal-form=note] textarea").fill("From the other phone.")
    other.browser.press("[data-journal-form=note] [type=submit]")
    until(lambda: rows(tmp_path), len(mine) + 1)
    owner.visits("journal/")
    until(lambda: len(owner.browser.run(RECORDS)), len(mine) + 1)
    until(lambda: owner.shows("[data-journal-backup=done]"), True)


def test_an_error_in_a_code_is_found_before_anything_is_asked(
    owner: Person, other: Person, server: StagedServer
) -> None:
    words = turns_on(owner)
    server.forget()
    swapped = [words[1], words[0], *words[2:]]
    for code, fault in [
        (" ".join(words[:-1]), "count"),
        (" ".join([*words[:-1], "house"]), "words"),
        (" ".join(swapped), "order"),
    ]:
        enters(other, code)
        other.waits_for(f"[data-backup-fault={fault}]")
        assert other.browser.page.locator("[name=code]").input_value() == code
    assert "house" not in other.reads("[data-backup-fault=order]")
    assert not [request for request in server.received() if request.path.startswith("/vault")]


def test_a_code_without_a_backup_changes_nothing(owner: Person, tmp_path: Path) -> None:
    owner.browser.press("[data-backup-do=new]")
    owner.waits_for("[data-backup-qr] svg")
    unused = owner.browser.run(SHOWN)
    owner.visits("journal/backup/")
    owner.waits_for("[data-backup-part=have]")
    before = owner.browser.run(RECORDS)
    enters(owner, " ".join(unused))
    is_told(owner, "wrong-code")
    assert owner.browser.run(RECORDS) == before
    assert owner.shows("[data-backup-part=off]")
    assert rows(tmp_path) == 0


def test_neither_the_server_nor_the_phone_keeps_the_code(
    owner: Person, server: StagedServer
) -> None:
    words = turns_on(owner)
    sent = json.dumps(
        [request.body + request.path + request.query for request in server.received()]
    )
    held = owner.browser.run(HELD)
    assert "I lifted a box." in held
    for text in ("".join(words), " ".join(words), "I lifted a box.", "low-back"):
        assert text not in sent
    assert not [text for text in ("".join(words), " ".join(words)) if text in held]
    owner.visits("journal/backup/")
    owner.waits_for("[data-backup-part=on]")
    assert not owner.browser.run(SHOWN)


def test_a_dead_server_is_waited_for_and_nothing_is_lost(
    ready: Person, server: StagedServer, tmp_path: Path
) -> None:
    owner = ready
    owner.waits_for_everything()
    fill(owner)
    owner.visits("journal/backup/")
    owner.waits_for("[data-backup]")
    turns_on(owner)
    kept = rows(tmp_path)
    server.kill()
    owner.visits("journal/")
    owner.waits_for("[data-journal-part=flags]")
    owner.browser.press("[data-journal-do=clear]")
    owner.browser.press("[data-journal-fold=note] > summary")
    owner.browser.page.locator("[data-journal-form=note] textarea").fill("Offline.")
    owner.browser.press("[data-journal-form=note] [type=submit]")
    owner.waits_for("[data-journal-kept]")
    until(lambda: owner.shows("[data-journal-backup=later]"), True, patience=60)
    server.start()
    owner.visits("journal/")
    until(lambda: rows(tmp_path), kept + 1, patience=60)


def test_stopping_here_leaves_the_backup_and_deleting_does_not(
    owner: Person, tmp_path: Path
) -> None:
    words = turns_on(owner)
    kept = owner.browser.run(RECORDS)
    owner.browser.press("[data-backup-do=off]")
    is_told(owner, "stopped")
    assert rows(tmp_path) == len(kept)
    enters(owner, " ".join(words))
    is_told(owner, "done")
    owner.browser.press("[data-backup-do=ask]")
    owner.browser.press("[data-backup-do=delete]")
    is_told(owner, "deleted")
    assert rows(tmp_path) == 0
    assert owner.browser.run(RECORDS) == kept
    assert owner.shows("[data-backup-part=off]")


def test_deleting_the_journal_stops_the_backup_and_brings_nothing_back(
    owner: Person, tmp_path: Path
) -> None:
    turns_on(owner)
    kept = rows(tmp_path)
    owner.visits("journal/")
    owner.waits_for("[data-journal-part=list]")
    owner.browser.press("[data-journal-do=ask]")
    owner.waits_for("[data-journal-part=backed]")
    owner.browser.press("[data-journal-do=erase]")
    owner.waits_for("[data-journal-erased]")
    owner.visits("journal/")
    owner.waits_for("[data-journal-part=empty]")
    assert owner.browser.run(RECORDS) == []
    assert rows(tmp_path) == kept
