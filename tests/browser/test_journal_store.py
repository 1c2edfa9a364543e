"""The journal's store: what it says is kept is kept, once, whatever happens to the browser."""

from __future__ import annotations

import time
from collections import Counter
from random import Random
from typing import Any

import pytest

from tests.browser.pages.journal import Journal
from tests.support.browsers import Chromium
from tests.support.in_page import InPage
from tests.support.journal import add_record
from tests.support.person import Person, until
from tests.support.tiers import soak

pytestmark = pytest.mark.whole_chromium

IN_PAGE = InPage.beside(__file__)
KILLS = [(0, 5), *(soak(part, 25, why="100 kills") for part in range(4))]
"""Parts of the run, and how often the browser is killed in each while it writes."""


@pytest.fixture
def page(offline: Person) -> Person:
    offline.visits("journal/")
    return offline


def ask(page: Person, name: str, *values: object) -> Any:
    """Return what a function gives that has the store of this page."""
    return page.browser.call(IN_PAGE, name, *values)


def pains(page: Person) -> list[int]:
    """Return the pain of each entry that is kept."""
    return list(ask(page, "pains"))


def test_the_same_entry_twice_is_one(page: Person) -> None:
    ask(page, "keepTwice")
    assert pains(page) == [3]


def test_an_id_with_other_content_is_refused_and_nothing_is_written(page: Person) -> None:
    assert ask(page, "contradict") is True
    assert pains(page) == [3]


def test_what_is_no_entry_is_never_written(page: Person) -> None:
    assert ask(page, "keepNoEntry") is True
    assert pains(page) == []


def test_ids_are_unique_and_sorted_however_many_are_made_at_once(page: Person) -> None:
    ids = ask(page, "makeIds", 10_000)
    assert len({*ids}) == 10_000
    assert ids == sorted(ids)
    back = ask(page, "makeIdsAt", [2 * 10**12, 10**12, 10**12])
    assert back == sorted(back)


def test_a_full_phone_keeps_all_of_a_write_or_nothing(page: Person) -> None:
    assert ask(page, "overfill") == "full"
    page.visits("journal/")
    assert pains(page) == []


def test_a_connection_that_died_is_opened_anew(page: Person) -> None:
    ask(page, "loseConnection")
    assert pains(page) == [1, 2]


def test_broken_records_are_left_out_counted_and_left_alone(page: Person) -> None:
    ask(page, "keep", 1)
    add_record(page, {"id": "odd", "at": "now"})
    assert pains(page) == [1]
    assert ask(page, "unreadable") == 1
    page.visits("journal/")
    Journal(page).waits_until_refused("unreadable")


def test_a_key_that_cannot_be_read_out_lasts_through_a_restart(page: Person) -> None:
    ask(page, "keepKey")
    page.restarts()
    page.visits("journal/")
    assert ask(page, "useKey") == [19, False]


def test_what_a_backup_lacks_is_known(page: Person) -> None:
    assert ask(page, "send") == [[1, 3], 2, 3]


def test_what_may_be_on_its_way_to_a_backup_leaves_a_tombstone_when_it_is_taken_out(
    page: Person,
) -> None:
    """Else the backup would bring it back."""
    ids, tombstones, left = ask(page, "takeOutSealed")
    assert tombstones == [ids[1]]
    assert left == {"sealed": 0, "removals": [ids[1]]}


def test_deleting_waits_for_no_other_tab_and_leaves_nothing(
    page: Person, chromium: Chromium
) -> None:
    other = chromium.context.new_page()
    other.goto(chromium.page.url)
    other.locator("[data-journal]").wait_for()
    ask(page, "keep", 1)
    ask(page, "erase")
    assert pains(page) == []
    other.close()


def test_where_only_the_copy_cannot_be_kept_the_journal_is(
    page: Person, chromium: Chromium
) -> None:
    chromium.page.add_init_script(IN_PAGE.calling("closeCaches"))
    page.visits("journal/")
    ask(page, "keep", 1)
    page.visits("journal/")
    assert pains(page) == [1]
    ask(page, "erase")
    assert pains(page) == []
    assert {line.split(" ")[0] for line in chromium.console} == {"No"}


def test_a_database_that_is_damaged_on_the_disk_comes_back(
    page: Person, chromium: Chromium
) -> None:
    ask(page, "keep", *range(9))
    chromium.close()
    (folder,) = (chromium.profile / "Default" / "IndexedDB").glob("*.leveldb")
    for file in (*folder.glob("*.log"), *folder.glob("*.ldb"), *folder.glob("MANIFEST-*")):
        file.write_bytes(bytes(byte ^ 0x55 for byte in file.read_bytes()))
    chromium.start()
    page.visits("journal/")
    assert pains(page) == [*range(9)]


@pytest.mark.parametrize(("part", "kills"), KILLS)
def test_no_acknowledged_entry_is_lost_when_the_browser_is_killed(
    page: Person, part: int, kills: int, chance: Random, tally: Counter[str]
) -> None:
    chromium = page.browser
    acknowledged: set[str] = set()
    for _ in range(kills):
        ask(page, "writeOn")
        until(lambda: page.browser.run("return window.told > 0"), True)
        time.sleep(chance.uniform(0, 0.4))
        chromium.die()
        tally["kills"] += 1
        acknowledged |= {line[5:] for line in chromium.console if line.startswith("kept ")}
        chromium.start()
        page.visits("journal/")
        kept = set(ask(page, "ids"))
        assert acknowledged <= kept
    assert len(acknowledged) >= kills
