"""What only a browser shows of a private backup: engine, locks, network and journal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import in_page
from tests.support.backup_server import BackupServer, backup_server
from tests.support.browsers import Browser, Chromium, Firefox
from tests.support.synced import PhonesInPage, SyncedPhone, counts

IN_PAGE = in_page.InPage.beside(__file__)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[BackupServer]:
    with backup_server(tmp_path) as server:
        yield server


def phones_in(browser: Browser, server: BackupServer) -> PhonesInPage:
    browser.visit(server.url)
    phones = PhonesInPage(browser)
    phones.begin(server.url)
    return phones


@pytest.fixture
def phones(open_chromium: Chromium, server: BackupServer) -> Iterator[PhonesInPage]:
    yield phones_in(open_chromium, server)
    open_chromium.context.set_offline(False)


@pytest.fixture
def first(phones: PhonesInPage) -> SyncedPhone:
    """A phone that has made a backup, with nothing in it yet."""
    phone = SyncedPhone(phones, "first")
    assert phone.turns_on(fresh=True)["why"] == "done"
    return phone


def test_it_works_in_firefox(firefox: Firefox, server: BackupServer) -> None:
    firefox.start()
    phones = phones_in(firefox, server)
    first, second = SyncedPhone(phones, "first"), SyncedPhone(phones, "second")
    first.writes("numb")
    assert counts(first.turns_on(fresh=True)) == ("done", 1, 0)
    assert counts(second.turns_on()) == ("done", 0, 1)
    assert first.holds() == second.holds()


def test_without_a_network_it_is_later_and_nothing_is_tried_in_vain(
    open_chromium: Chromium, phones: PhonesInPage, first: SyncedPhone
) -> None:
    open_chromium.context.set_offline(True)
    first.writes("stiff")
    assert counts(first.syncs()) == ("later", 0, 0)
    assert phones.waited() == []
    second = SyncedPhone(phones, "second")
    assert second.turns_on()["why"] == "later"
    assert not second.is_on()
    open_chromium.context.set_offline(False)
    assert counts(first.syncs()) == ("done", 1, 0)


def test_two_tabs_do_not_race(
    phones: PhonesInPage, first: SyncedPhone, server: BackupServer
) -> None:
    for n in range(60):
        first.writes(f"note {n}")
    assert phones.syncInTabs("first", 3) == ["done"] * 3
    assert len(server.puts()) == 60


def test_the_phone_itself_has_the_same_in_its_module(
    open_chromium: Chromium, server: BackupServer
) -> None:
    open_chromium.visit(server.url)
    assert open_chromium.call(IN_PAGE, "live") == ["off", False, 1, True, "done", "done", "done"]
    assert not server.headers()
