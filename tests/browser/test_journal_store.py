"""The journal's store: what it says is kept is kept, once, whatever happens to the browser."""

from __future__ import annotations

import json
import random
import time
from typing import Any

import pytest

from tests.support.browsers import Chromium
from tests.support.person import Person, until
from tests.support.tiers import soak

pytestmark = pytest.mark.whole_chromium

KILLS = [(0, 5), *(soak(seed, 25, why="100 kills") for seed in range(4))]
"""Seeds, and how often the browser is killed while it writes."""

LOAD = """
    const app = document.querySelector("script[type=module]").src;
    window.own ??= await import(app.replace("app.js", "journal/store.js"));
"""
WRITE = """
    window.told = 0;
    (async () => {
      for (;;) {
        const one = own.newEntry("feel", { pain: window.told % 11, can: {} });
        await own.append([one]);
        window.told += 1;
        console.warn(`kept ${one.id}`);
      }
    })();
"""
SHUT = """
    const refuse = async () => { throw new DOMException("Insecure.", "SecurityError"); };
    Object.assign(CacheStorage.prototype, { has: refuse, open: refuse, delete: refuse });
"""
FULL = """
    const add = IDBObjectStore.prototype.add;
    let left = 1;
    IDBObjectStore.prototype.add = function (one) {
      if (left-- > 0) return add.call(this, one);
      throw new DOMException("full", "QuotaExceededError");
    };
"""


@pytest.fixture
def page(offline: Person) -> Person:
    offline.visits("journal/")
    return offline


def ask(page: Person, script: str, **values: Any) -> Any:
    """Return what a script gives that has the store as `own`."""
    names = "".join(f"const {name} = {json.dumps(value)};" for name, value in values.items())
    return page.browser.run(f"{LOAD} {names} {script}")


def pains(page: Person) -> list[int]:
    """Return the pain of each entry that is kept."""
    return list(ask(page, "return (await own.readAll()).map(({ data }) => data.pain);"))


def test_the_same_entry_twice_is_one(page: Person) -> None:
    ask(
        page,
        """
        const one = own.newEntry("feel", { pain: 3, can: { walk: 1, sit: 0 } });
        await own.append([one]);
        await own.append([{ ...one, data: { can: { sit: 0, walk: 1 }, pain: 3 } }, one]);
        """,
    )
    assert pains(page) == [3]


def test_an_id_with_other_content_is_refused_and_nothing_is_written(page: Person) -> None:
    refused = ask(
        page,
        """
        const one = own.newEntry("feel", { pain: 3, can: {} });
        await own.append([one]);
        const other = { ...one, data: { pain: 4, can: {} } };
        const more = own.newEntry("feel", { pain: 5, can: {} });
        return own.append([more, other]).catch((fault) => fault instanceof own.EntryConflict);
        """,
    )
    assert refused is True
    assert pains(page) == [3]


def test_what_is_no_entry_is_never_written(page: Person) -> None:
    refused = ask(
        page,
        """
        const one = own.newEntry("feel", { pain: 11, can: {} });
        return own.append([one]).catch((fault) => fault instanceof TypeError);
        """,
    )
    assert refused is True
    assert pains(page) == []


def test_ids_are_unique_and_sorted_however_many_are_made_at_once(page: Person) -> None:
    ids = ask(page, "return Array.from({ length: 10_000 }, () => own.newId());")
    assert len({*ids}) == 10_000
    assert ids == sorted(ids)
    back = ask(page, "return [own.newId(2e12), own.newId(1e12), own.newId(1e12)];")
    assert back == sorted(back)


def test_a_full_phone_keeps_all_of_a_write_or_nothing(page: Person) -> None:
    why = ask(
        page,
        FULL
        + """
        const some = [1, 2].map((pain) => own.newEntry("feel", { pain, can: {} }));
        return own.append(some).catch((fault) => fault.why);
        """,
    )
    assert why == "full"
    page.visits("journal/")
    assert pains(page) == []


def test_a_connection_that_died_is_opened_anew(page: Person) -> None:
    ask(
        page,
        """
        let database;
        const transaction = IDBDatabase.prototype.transaction;
        IDBDatabase.prototype.transaction = function (...more) {
          database = this;
          return transaction.apply(this, more);
        };
        await own.append([own.newEntry("feel", { pain: 1, can: {} })]);
        database.close();
        await own.append([own.newEntry("feel", { pain: 2, can: {} })]);
        """,
    )
    assert pains(page) == [1, 2]


def test_broken_records_are_left_out_counted_and_left_alone(page: Person) -> None:
    ask(page, 'await own.append([own.newEntry("feel", { pain: 1, can: {} })]);')
    put = """
        const database = await new Promise((done) => {
          const request = indexedDB.open("easeback.journal");
          request.onsuccess = () => done(request.result);
        });
        const store = database.transaction("entries", "readwrite").objectStore("entries");
        await new Promise((done) => { store.put({ id: "odd", at: "now" }).onsuccess = done; });
        database.close();
    """
    ask(page, put)
    assert pains(page) == [1]
    assert ask(page, "await own.readAll(); return own.unreadable();") == 1
    page.visits("journal/")
    page.waits_for("[data-journal-why=unreadable]")


def test_a_key_that_cannot_be_read_out_lasts_through_a_restart(page: Person) -> None:
    usable = """
        const key = await own.getMeta("key");
        const iv = new Uint8Array(12);
        const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new Uint8Array(3));
        return [sealed.byteLength, key.extractable];
    """
    ask(
        page,
        """
        const way = { name: "AES-GCM", length: 256 };
        await own.setMeta("key", await crypto.subtle.generateKey(way, false, ["encrypt"]));
        """,
    )
    page.restarts()
    page.visits("journal/")
    assert ask(page, usable) == [19, False]


def test_what_a_backup_lacks_is_known(page: Person) -> None:
    told = ask(
        page,
        """
        const some = [1, 2, 3].map((pain) => own.newEntry("feel", { pain, can: {} }));
        await own.append(some);
        await own.markSent([some[1].id]);
        const left = (await own.pending(10)).map(({ data }) => data.pain);
        await own.markAllPending();
        return [left, (await own.pending(2)).length, (await own.pending(10)).length];
        """,
    )
    assert told == [[1, 3], 2, 3]


def test_deleting_waits_for_no_other_tab_and_leaves_nothing(
    page: Person, chromium: Chromium
) -> None:
    other = chromium.context.new_page()
    other.goto(chromium.page.url)
    other.locator("[data-journal]").wait_for()
    ask(
        page,
        'await own.append([own.newEntry("feel", { pain: 1, can: {} })]); await own.eraseAll();',
    )
    assert pains(page) == []
    other.close()


def test_where_only_the_copy_cannot_be_kept_the_journal_is(
    page: Person, chromium: Chromium
) -> None:
    chromium.page.add_init_script(SHUT)
    page.visits("journal/")
    ask(page, 'await own.append([own.newEntry("feel", { pain: 1, can: {} })]);')
    page.visits("journal/")
    assert pains(page) == [1]
    ask(page, "await own.eraseAll();")
    assert pains(page) == []
    assert {line.split(" ")[0] for line in chromium.console} == {"No"}


def test_a_database_that_is_damaged_on_the_disk_comes_back(
    page: Person, chromium: Chromium
) -> None:
    ask(
        page,
        """
        for (let pain = 0; pain < 9; pain += 1) {
          await own.append([own.newEntry("feel", { pain, can: {} })]);
        }
        """,
    )
    chromium.close()
    (folder,) = (chromium.profile / "Default" / "IndexedDB").glob("*.leveldb")
    for file in (*folder.glob("*.log"), *folder.glob("*.ldb"), *folder.glob("MANIFEST-*")):
        file.write_bytes(bytes(byte ^ 0x55 for byte in file.read_bytes()))
    chromium.start()
    page.visits("journal/")
    assert pains(page) == [*range(9)]


@pytest.mark.parametrize(("seed", "kills"), KILLS)
def test_no_acknowledged_entry_is_lost_when_the_browser_is_killed(
    page: Person, chromium: Chromium, seed: int, kills: int
) -> None:
    chance = random.Random(seed)
    acknowledged: set[str] = set()
    for _ in range(kills):
        ask(page, WRITE)
        until(lambda: page.browser.run("return window.told > 0"), True)
        time.sleep(chance.uniform(0, 0.4))
        chromium.die()
        acknowledged |= {line[5:] for line in chromium.console if line.startswith("kept ")}
        chromium.start()
        page.visits("journal/")
        kept = set(ask(page, "return (await own.readAll()).map(({ id }) => id);"))
        assert acknowledged <= kept
    assert len(acknowledged) >= kills
