"""The private backup as people have it: real browsers, the real server, a real database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright
from sqlalchemy import NullPool, create_engine, text

from tests.support.browsers import Chromium, Firefox
from tests.support.person import Person, until
from tests.support.postgres import Postgres
from tests.support.records import Received, StagedServer
from tests.support.tiers import soak
from tests.support.traces import forms, forms_of_number, found_in
from tests.support.vault_device import MANY, Device

Entry = dict[str, Any]
MIDDLE = 30


BREAK = {
    "sqlite": [
        """
        create trigger broken before insert on vault_entry when new.position > 60
        begin select raise(abort, 'broken'); end
    """
    ],
    "postgresql": [
        """
        create or replace function broken() returns trigger language plpgsql
        as $$ begin raise exception 'broken'; end $$
        """,
        """
        create trigger broken before insert on vault_entry for each row
        when (new.position > 60) execute function broken()
        """,
    ],
}
MEND = {"sqlite": "drop trigger broken", "postgresql": "drop trigger broken on vault_entry"}


@dataclass
class Site:
    """A server, and what it keeps as its database tells it."""

    engine: str
    address: str
    folder: Path
    server: StagedServer
    cluster: Postgres | None

    @property
    def settings(self) -> dict[str, str]:
        return {"DATABASE_URL": self.address}

    def asks(self, query: str, **values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a question to the database, or none of what is no question."""
        engine = create_engine(self.address, poolclass=NullPool)
        with engine.begin() as connection:
            found = connection.execute(text(query), values)
            return [tuple(row) for row in found] if found.returns_rows else []

    def names(self, vault: str) -> list[str]:
        """Return the names of the entries of a backup, one for each row."""
        query = "select id from vault_entry where vault = :vault order by position"
        return [row[0].hex() for row in self.asks(query, vault=bytes.fromhex(vault))]

    def counted(self, vault: str) -> int:
        """Return how many entries the server believes that a backup has."""
        query = "select entries from vault where id = :vault"
        return int(self.asks(query, vault=bytes.fromhex(vault))[0][0])

    def everything(self) -> list[list[tuple[Any, ...]]]:
        """Return every row of every backup."""
        order = ("select * from vault order by id", "select * from vault_entry order by vault, id")
        return [self.asks(query) for query in order]

    def bytes(self) -> bytes:
        """Return all that lies on the disk, or all that the database gives out."""
        if self.cluster:
            return self.cluster.dump(self.address)
        files = sorted(self.folder.glob("kept.sqlite3*"))
        return b"".join(file.read_bytes() for file in files)

    def logs(self) -> str:
        """Return what the server and its database have printed."""
        return self.server.log() + (self.cluster.log() if self.cluster else "")

    def asked(self) -> list[Received]:
        """Return the requests about backups."""
        return [request for request in self.server.received() if request.path.startswith("/vault/")]


# --- what the tests share --------------------------------------------------------------------


@pytest.fixture(
    scope="module", params=["sqlite", soak("postgresql", why="the same phones once more")]
)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A server on each engine in turn, with one database for all tests."""
    folder = tmp_path_factory.mktemp(request.param)
    cluster: Postgres | None = None
    address = f"sqlite:///{folder / 'kept.sqlite3'}"
    if request.param == "postgresql":
        cluster = request.getfixturevalue("postgres")
        assert cluster
        address = cluster.new_database()
    server = StagedServer(folder, settings={"DATABASE_URL": address})
    server.start()
    yield Site(request.param, address, folder, server, cluster)
    server.kill()


@pytest.fixture(scope="module")
def firefox(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    browser = Firefox(playwright, tmp_path_factory.mktemp("firefox"))
    browser.start()
    yield browser
    browser.close()


@pytest.fixture
def first(open_chromium: Chromium, site: Site) -> Device:
    """Somebody's phone, with an empty journal."""
    device = Device(open_chromium, site.server.url)
    device.starts_empty()
    return device


@pytest.fixture
def second(firefox: Firefox, site: Site) -> Device:
    """Their other device, another browser."""
    device = Device(firefox, site.server.url)
    device.starts_empty()
    return device


@pytest.fixture
def code(first: Device) -> str:
    """The code of a backup that the first device has just made."""
    code = first.gets_a_code()
    assert first.turns_on(code, fresh=True) == "done"
    return code


def has_each_once(site: Site, device: Device, code: str, ids: list[str]) -> None:
    """Check that the server has these entries, and the device too; each once, and no other."""
    vault, _ = device.keys(code)
    assert sorted(site.names(vault)) == sorted(device.names(code, ids))
    assert site.counted(vault) == len(ids)
    assert sorted(device.holds()) == sorted(ids)
    assert device.waits_to_send() == set()


def interrupted(site: Site, device: Device, code: str, interrupt: Callable[[], None]) -> None:
    """Interrupt a sync when some entries have arrived."""
    vault, _ = device.keys(code)
    device.begins_to_sync()
    until(lambda: len(site.names(vault)) >= MIDDLE, True)
    interrupt()


def kept_of(made: list[Entry]) -> dict[str, Entry]:
    """Return what a journal keeps of entries: of what others replace, only that it is gone."""
    replaced = {old for entry in made for old in entry.get("supersedes", [])}
    grave = {"at": 0, "zone": 0, "data": {}, "gone": True}
    return {entry["id"]: {**entry, **(grave if entry["id"] in replaced else {})} for entry in made}


# --- the promises ----------------------------------------------------------------------------


@pytest.mark.scenario(41)
def test_two_devices_that_were_offline_at_the_same_entry_keep_both_versions(
    site: Site, first: Device, second: Device, code: str
) -> None:
    old = first.writes("note", {"text": "old"})
    assert first.syncs() == "done"
    assert second.turns_on(code) == "done"
    assert second.shows() == {old["id"]}
    site.server.kill()
    own = first.writes("note", {"text": "by the first"}, supersedes=[old["id"]])
    other = second.writes("note", {"text": "by the second"}, supersedes=[old["id"]])
    assert (first.syncs(), second.syncs()) == ("later", "later")
    site.server.start()
    assert [device.syncs() for device in (first, second, first)] == ["done"] * 3
    assert first.holds() == second.holds() == kept_of([old, own, other])
    assert first.shows() == second.shows() == {own["id"], other["id"]}


@pytest.mark.scenario(42)
def test_a_wrong_code_sends_nothing_and_changes_nothing(
    site: Site, first: Device, second: Device, code: str
) -> None:
    first.writes("note", {"text": "of the first"})
    assert first.syncs() == "done"
    own = second.writes("note", {"text": "of the second"})
    before = site.everything()
    site.server.forget()
    assert second.turns_on(second.gets_a_code()) == "wrong-code"
    assert second.syncs() == "off"
    assert not second.is_on()
    assert {item.method for item in site.asked()} == {"GET"}
    assert site.everything() == before
    assert second.holds() == {own["id"]: own}
    assert second.turns_on(code) == "done"
    assert first.syncs() == "done"
    assert first.holds() == second.holds()


def test_a_server_killed_in_the_middle_has_each_entry_once_after_the_next_sync(
    site: Site, first: Device, code: str
) -> None:
    ids = first.writes_many()
    interrupted(site, first, code, site.server.kill)
    assert first.ends() == "later"
    assert MIDDLE <= len(site.names(first.keys(code)[0])) < MANY
    assert len(first.holds()) == MANY
    site.server.start()
    assert first.syncs() == "done"
    has_each_once(site, first, code, ids)


def test_a_server_that_fails_in_the_middle_loses_nothing(
    site: Site, first: Device, code: str
) -> None:
    ids = first.writes_many()
    for statement in BREAK[site.engine]:
        site.asks(statement)
    try:
        assert first.syncs() == "later"
    finally:
        site.asks(MEND[site.engine])
    vault, token = first.keys(code)
    assert len(site.names(vault)) == 60
    # What has arrived counts as sent once it was read back.
    assert MANY - 60 <= len(first.waits_to_send()) < MANY
    log = site.logs().encode()
    assert b"The vault failed" in log
    assert not found_in([log], [*forms_of_number(vault), *forms_of_number(token), b"127.0.0.1"])
    assert first.syncs() == "done"
    has_each_once(site, first, code, ids)


@pytest.mark.parametrize("site", ["postgresql"], indirect=True)
def test_a_database_that_stops_in_the_middle_loses_nothing(
    site: Site, first: Device, code: str
) -> None:
    assert site.cluster
    ids = first.writes_many()
    try:
        interrupted(site, first, code, site.cluster.stop)
        assert first.ends() == "later"
    finally:
        site.cluster.start()
    assert MIDDLE <= len(site.names(first.keys(code)[0])) < MANY
    first.lets_time_pass()
    assert first.syncs() == "done"
    has_each_once(site, first, code, ids)


def test_a_full_backup_is_said_and_can_still_be_read(
    site: Site, open_chromium: Chromium, firefox: Firefox
) -> None:
    tight = StagedServer(site.folder, settings={**site.settings, "EASEBACK_TEST_QUOTA": "5"})
    wide = StagedServer(site.folder, tight.port, settings=site.settings)
    first, second = Device(open_chromium, tight.url), Device(firefox, tight.url)
    try:
        tight.start()
        first.starts_empty()
        second.starts_empty()
        ids = [first.writes("feel", {"pain": n, "can": {}})["id"] for n in range(8)]
        code = first.gets_a_code()
        assert first.turns_on(code, fresh=True) == "full"
        vault, _ = first.keys(code)
        there = site.names(vault)
        assert len(there) == 5
        assert sorted(first.holds()) == ids
        assert len(first.waits_to_send()) == 3
        own = second.writes("note", {"text": "of the second"})["id"]
        assert second.turns_on(code) == "full"
        restored = [hold for hold in second.holds() if hold != own]
        assert sorted(second.names(code, restored)) == sorted(there)
        assert second.waits_to_send() == {own}
        assert first.syncs() == "full"
        assert site.names(vault) == there
        tight.kill()
        wide.start()
        assert [device.syncs() for device in (first, second, first)] == ["done"] * 3
        assert first.holds() == second.holds()
        has_each_once(site, first, code, [*ids, own])
    finally:
        tight.kill()
        wide.kill()


def test_a_browser_killed_in_the_middle_goes_on_where_it_was(
    site: Site, playwright: Playwright, tmp_path: Path
) -> None:
    phone = Chromium(playwright, tmp_path / "phone")
    phone.start()
    try:
        device = Device(phone, site.server.url)
        device.starts_empty()
        code = device.gets_a_code()
        assert device.turns_on(code, fresh=True) == "done"
        vault, _ = device.keys(code)
        ids = device.writes_many()
        interrupted(site, device, code, phone.die)
        assert MIDDLE <= len(site.names(vault)) < MANY
        phone.start()
        device.opens()
        assert device.is_on()
        assert device.syncs() == "done"
        has_each_once(site, device, code, ids)
    finally:
        phone.close()


# --- what the server knows -------------------------------------------------------------------

NOTE = "Quendresal under the left shoulder"
EDITED = "Quendresal again, and zylquat by night"
MEDICINE = "Brivoxane 40, two of them"
FOREIGN = "وجع زلقوط في الظهر"
REASON = "odd-rule-of-numbness"
DELETED = "Ulvendra, which nobody is to read"
FEEDBACK = "Fjordquist says thank you."
SHAPES = ('"pain"', '"kind"', '"data"', '"urgency"', '"reasons"', '"walk"', '"supersedes"')
SHAPES += ("low-back", "medicine", "emergency", "recovered", "exercise")
AGENTS = ("Mozilla", "AppleWebKit", "Chrome/", "Firefox/", "Headless")


def live_through_everything(first: Device, second: Device, code: str) -> list[Entry]:
    """Let two devices do all that there is to do; return every entry that was made."""
    note = first.writes("note", {"text": NOTE})
    taken = first.writes("medicine", {"text": MEDICINE})
    checked = {"urgency": "emergency", "reasons": [REASON], "release": "0f1e2d3c4b5a"}
    made = [
        note,
        taken,
        first.writes("begin", {"region": "low-back"}),
        first.writes("feel", {"pain": 9, "can": {"walk": 2, "sleep": 1}}),
        first.writes("check", checked),
        first.writes("note", {"text": DELETED}),
    ]
    assert first.syncs() == "done"
    assert second.turns_on(code) == "done"
    assert second.shows() == {item["id"] for item in made}
    made += [
        second.writes("note", {"text": EDITED}, supersedes=[note["id"]]),
        second.writes("note", {}, supersedes=[made[-1]["id"]], gone=True),
        second.writes("note", {"text": FOREIGN}),
        second.writes("recovered", {}),
    ]
    assert second.syncs() == "done"
    assert first.syncs() == "done"
    assert first.holds() == second.holds() == kept_of(made)
    return made


def gives_feedback(browser: Chromium, site: Site) -> None:
    person = Person(browser, site.server.url)
    person.visits("feedback/?page=/walking/")
    until(lambda: browser.run("return document.querySelector('[name=id]').value !== ''"), True)
    browser.press("label.row:has([value='yes'])")
    browser.page.locator("textarea").fill(FEEDBACK)
    browser.press("[data-feedback] button")
    until(lambda: site.asks("select words from feedback"), [(FEEDBACK,)])


def test_the_server_keeps_nothing_that_tells_what_was_written_or_who_wrote_it(
    site: Site, first: Device, second: Device, code: str
) -> None:
    site.server.forget()
    made = live_through_everything(first, second, code)
    vault, token = first.keys(code)
    raw = first.bytes_of(code)
    ids = [item["id"] for item in made]
    names = first.names(code, ids)
    agents = [str(device.browser.run("return navigator.userAgent")) for device in (first, second)]
    gives_feedback(first.browser, site)

    words = [*NOTE.split(), *EDITED.split(), *MEDICINE.split(), *FOREIGN.split(), *DELETED.split()]
    written = {word for word in words if len(word.encode()) >= 6}
    moments = {str(item["at"]) for item in made}
    plain = [*written, REASON, "0f1e2d3c4b5a", *SHAPES, *moments, code]
    secrets = [form for text in [*plain, raw] for form in forms(text)]
    secrets += [form for entry in ids for form in forms_of_number(entry)]
    senders = [form for text in ("127.0.0.1", *AGENTS, *agents) for form in forms(text)]
    keys = [form for text in (token, raw.hex()) for form in forms_of_number(text)]

    kept = [site.bytes()]
    assert not found_in(kept, [*secrets, *senders, *keys])
    logs = [site.logs().encode()]
    printed = [form for text in (vault, *names) for form in forms_of_number(text)]
    assert not found_in(logs, [*secrets, *senders, *keys, *printed, *forms(FEEDBACK)])
    received = [json.dumps(vars(item), ensure_ascii=False).encode() for item in site.asked()]
    received += [item.body.encode("latin-1") for item in site.asked()]
    assert not found_in(received, secrets)

    # The search can find: what is there in words, what is there in bytes, and what was only sent.
    assert FEEDBACK.encode() in kept[0]
    assert all(found_in(kept, forms_of_number(number)) for number in (vault, *names))
    for name in [*names[:1], token, *agents]:
        looked = forms(name) if name in agents else [*forms_of_number(name), *dashed(name)]
        assert found_in(received, looked)


def dashed(digits: str) -> list[bytes]:
    ends = (8, 12, 16, 20, 32)
    parts = [digits[start:end] for start, end in zip((0, *ends), ends, strict=False)]
    return ["-".join(parts).encode()]
