"""A private backup brings phones together, loses nothing on the way, and says what went wrong."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.support.backup_server import BackupServer, backup_server
from tests.support.scripts import Node, Script
from tests.support.synced import PHONES, SyncedPhone, counts, new_id
from tests.support.tiers import soak
from tests.support.traces import forms_of_number, found_in
from webapp.backup import store
from webapp.web.visitor import limiter

ENDS = ("lost", "cut", "500", "502", "503", "429", "page")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[BackupServer]:
    with backup_server(tmp_path) as server:
        yield server


@pytest.fixture
def phones(node: Node, server: BackupServer) -> Script:
    """Phones with nothing in them, whose code has no backup yet."""
    phones = node.load(PHONES)
    phones.begin(server.url)
    return phones


@pytest.fixture
def first(phones: Script) -> SyncedPhone:
    """A phone that has made a backup, with nothing in it yet."""
    phone = SyncedPhone(phones, "first")
    assert phone.turns_on(fresh=True)["why"] == "done"
    return phone


@pytest.fixture
def second(phones: Script, first: SyncedPhone) -> SyncedPhone:
    """Another phone with the same backup."""
    phone = SyncedPhone(phones, "second")
    assert phone.turns_on()["why"] == "done"
    return phone


def test_a_second_phone_with_the_code_gets_everything(phones: Script, first: SyncedPhone) -> None:
    for n in range(250):
        first.writes(f"note {n}")
    assert counts(first.syncs()) == ("done", 250, 0)
    second = SyncedPhone(phones, "second")
    own = second.writes("from the second")
    assert counts(second.turns_on()) == ("done", 1, 250)
    assert counts(first.syncs()) == ("done", 0, 1)
    assert first.holds() == second.holds()
    assert own in first.holds()
    assert first.waits_to_send() == second.waits_to_send() == set()
    assert counts(first.syncs()) == counts(second.syncs()) == ("done", 0, 0)


def test_two_phones_offline_at_the_same_entry_keep_both(
    first: SyncedPhone, second: SyncedPhone
) -> None:
    old = first.writes("old")
    first.syncs()
    second.syncs()
    edits = {
        first.writes("by the first", supersedes=[old]),
        second.writes("by the second", supersedes=[old]),
    }
    for phone in (first, second, first):
        assert phone.syncs()["why"] == "done"
    assert set(first.holds()) == {old, *edits}
    assert first.holds() == second.holds()


def test_the_server_learns_nothing_of_what_was_written(
    phones: Script, first: SyncedPhone, second: SyncedPhone, server: BackupServer
) -> None:
    ids = [first.writes("numbness between my legs"), first.writes("Ibuprofen", kind="medicine")]
    first.syncs()
    ids.append(second.writes("worse", supersedes=[ids[0]]))
    second.syncs()
    first.syncs()
    code = bytes(phones.codeBytes())
    names = first.names_of(*ids)
    said = [
        part
        for asked in server.asked
        for part in (asked.path.encode(), asked.body, json.dumps(asked.headers).encode())
    ]
    secrets = [b"between my legs", b"Ibuprofen", b"medicine", b"note", b'"at"']
    secrets += [form for number in (code.hex(), *ids) for form in forms_of_number(number)]
    kept = server.on_disk()
    assert not found_in([kept, *said], secrets)
    assert all(found_in([kept], forms_of_number(name)) for name in names)  # it is the right file
    assert found_in(said, [name.encode() for name in names]) == {name.encode() for name in names}
    assert set(server.rows()) == set(names[1:])  # the first was replaced
    assert len({len(body) for _, body in server.rows().values()}) == 1
    assert all("cookie" not in asked.headers for asked in server.asked)


def test_an_entry_has_the_same_name_on_all_phones_with_the_code(
    phones: Script, first: SyncedPhone, second: SyncedPhone, server: BackupServer
) -> None:
    name = first.writes("restored from a file")
    second.writes("restored from a file", id=name)
    first.syncs()
    (there,) = server.rows()
    second.syncs()
    assert list(server.rows()) == [there]
    server.forget()
    phones.changeCode()
    assert counts(first.turns_on(fresh=True)) == ("done", 1, 0)
    assert list(server.rows()) != [there]


def test_what_has_anothers_name_is_not_taken_for_it(
    phones: Script, first: SyncedPhone, second: SyncedPhone, server: BackupServer
) -> None:
    """Also where it was sealed for that place: by a phone that is broken, not by the server."""
    good = first.writes("good")
    first.syncs()
    foreign, own = first.writes("foreign"), first.names_of(new_id())[0]
    assert phones.sendFor("first", foreign, own) == 201
    assert own in server.rows()
    server.asked.clear()
    outcome = second.syncs()
    assert counts(outcome) == ("unreadable", 0, 1)
    assert outcome["unreadable"] == 1
    assert set(second.holds()) == {good}
    assert not server.writes()


@pytest.mark.parametrize("kind", ENDS)
@pytest.mark.parametrize("part", ["/entries/", "/entries?"])
def test_what_went_wrong_once_is_sent_again_in_the_same_bytes(
    first: SyncedPhone, server: BackupServer, kind: str, part: str
) -> None:
    server.fails(kind, part=part)
    name = first.writes("stiff")
    assert counts(first.syncs()) == ("done", 1, 0)
    assert list(server.rows()) == first.names_of(name)
    assert len({(put.body, put.headers["x-sequence"]) for put in server.puts()}) == 1
    assert first.waits_to_send() == set()


def test_what_was_sent_in_vain_is_sent_in_the_same_bytes_another_day(
    first: SyncedPhone, server: BackupServer
) -> None:
    ids = {first.writes(f"note {n}") for n in range(5)}
    server.fails("503", part="/entries/", times=99)
    assert counts(first.syncs()) == ("later", 0, 0)
    server.works()
    assert counts(first.syncs()) == ("done", 5, 0)
    assert len({(put.path, put.body, put.headers["x-sequence"]) for put in server.puts()}) == 5
    assert set(server.rows()) == set(first.names_of(*ids))


def test_a_backup_whose_making_was_not_answered_is_made_once(
    phones: Script, server: BackupServer
) -> None:
    phone = SyncedPhone(phones, "first")
    name = phone.writes("stiff")
    server.fails("lost", method="PUT", times=99)
    assert phone.turns_on(fresh=True)["why"] == "later"
    assert phone.is_on()
    server.works()
    assert counts(phone.syncs()) == ("done", 1, 0)
    assert list(server.rows()) == phone.names_of(name)
    headers = [made.body for made in server.writes() if "/entries/" not in made.path]
    assert len(headers) >= 5
    assert len(set(headers)) == 1


def test_an_answer_that_never_comes_is_waited_for_in_vain_only_so_long(
    first: SyncedPhone, server: BackupServer
) -> None:
    server.mute_s = 60
    server.fails("mute", part="/entries/")
    first.writes("stiff")
    assert counts(first.syncs()) == ("done", 1, 0)


def test_a_busy_server_is_asked_less_and_less_and_by_no_two_phones_at_once(
    phones: Script, first: SyncedPhone, server: BackupServer
) -> None:
    rounds = []
    for _ in range(8):
        phones.waited()
        server.fails("503", times=4)
        assert first.syncs()["why"] == "later"
        rounds.append(phones.waited())
    for turn, waits in enumerate(zip(*rounds, strict=True)):
        assert len(set(waits)) == 8
        assert all(500 * 2**turn <= wait <= 1500 * 2**turn for wait in waits)
    assert len(rounds[0]) == 3
    assert first.syncs()["why"] == "done"


def test_a_server_that_names_a_time_is_left_alone_until_then(
    phones: Script, first: SyncedPhone, server: BackupServer
) -> None:
    server.fails("429", retry_after="7")
    assert first.syncs()["why"] == "done"
    assert 7500 <= phones.waited()[0] <= 8500
    server.fails("429", retry_after="600")
    assert first.syncs()["why"] == "later"
    asked = len(server.asked)
    assert first.syncs()["why"] == "later"
    assert len(server.asked) == asked
    phones.letTimePass(601_000)
    assert first.syncs()["why"] == "done"


def test_a_full_backup_is_said_and_loses_nothing(
    first: SyncedPhone, server: BackupServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_ENTRIES", 3)
    ids = [first.writes(f"note {n}") for n in range(8)]
    names = dict(zip(first.names_of(*ids), ids, strict=True))
    full = first.syncs()
    assert full["why"] == "full"
    assert full["pushed"] == len(server.rows()) == 3
    assert first.waits_to_send() == set(ids) - {names[row] for row in server.rows()}
    monkeypatch.setattr(store, "MOST_ENTRIES", 20)
    assert first.syncs()["why"] == "done"
    assert set(server.rows()) == set(names)


def test_a_wrong_code_uploads_nothing_and_keeps_nothing(
    phones: Script, first: SyncedPhone, server: BackupServer
) -> None:
    first.writes("first")
    first.syncs()
    phones.changeCode()
    server.asked.clear()
    stranger = SyncedPhone(phones, "stranger")
    stranger.writes("mine")
    assert counts(stranger.turns_on()) == ("wrong-code", 0, 0)
    assert not stranger.is_on()
    assert not server.writes()
    assert stranger.syncs()["why"] == "off"
    assert len(server.rows()) == 1


def test_a_header_of_another_code_uploads_nothing(
    phones: Script, first: SyncedPhone, server: BackupServer
) -> None:
    code = phones.codeBytes()
    (mine,) = server.headers()
    phones.changeCode()
    SyncedPhone(phones, "other").turns_on(fresh=True)
    headers = server.headers()
    (other,) = set(headers) - {mine}
    server.put_header(mine, headers[other])
    phones.setCode(code)
    server.asked.clear()
    assert SyncedPhone(phones, "second").turns_on()["why"] == "wrong-code"
    server.put_header(mine, b"{}")
    assert SyncedPhone(phones, "second").turns_on()["why"] == "unreadable"
    assert not server.writes()


def test_no_backup_is_made_where_there_is_another(
    phones: Script, first: SyncedPhone, server: BackupServer
) -> None:
    second = SyncedPhone(phones, "second")
    second.writes("mine")
    before = server.headers()
    assert second.turns_on(fresh=True)["why"] == "wrong-code"
    server.change_token()
    assert second.syncs()["why"] == "wrong-code"
    assert server.headers() == before
    assert not server.rows()


def test_a_backup_that_is_gone_is_said_and_never_made_again(
    phones: Script, first: SyncedPhone, second: SyncedPhone, server: BackupServer
) -> None:
    assert first.deletes()["why"] == "done"
    assert not first.is_on()
    second.writes("still here")
    assert second.syncs()["why"] == "gone"
    assert second.syncs()["why"] == "gone"
    assert not server.headers()
    assert len(second.holds()) == 1
    phones.changeCode()
    assert counts(second.turns_on(fresh=True)) == ("done", 1, 0)


def test_one_wrong_404_stops_nothing(first: SyncedPhone, server: BackupServer) -> None:
    name = first.writes("stiff")
    server.fails("404")
    assert first.syncs()["why"] == "gone"
    assert first.is_on()
    assert counts(first.syncs()) == ("done", 1, 0)
    assert list(server.rows()) == first.names_of(name)


def test_the_page_of_another_network_does_not_mean_that_it_is_gone(
    first: SyncedPhone, server: BackupServer
) -> None:
    server.fails("page", times=4)
    assert first.syncs()["why"] == "later"
    assert first.syncs()["why"] == "done"


def alter(server: BackupServer, name: str) -> None:
    sequence, body = server.rows()[name]
    server.put(name, (sequence, body[:-1] + bytes([body[-1] ^ 1])))


def swap(server: BackupServer, name: str) -> None:
    server.put(name, next(row for other, row in server.rows().items() if other != name))


def renumber(server: BackupServer, name: str) -> None:
    sequence, body = server.rows()[name]
    server.put(name, (sequence + 1, body))


def empty(server: BackupServer, name: str) -> None:
    server.put(name, (server.rows()[name][0], b""))


@pytest.mark.parametrize("change", [alter, swap, renumber, empty])
def test_what_cannot_be_read_is_said_and_holds_up_nothing_else(
    phones: Script,
    first: SyncedPhone,
    server: BackupServer,
    change: Callable[[BackupServer, str], None],
) -> None:
    ids = [first.writes(f"note {n}") for n in range(3)]
    first.syncs()
    before = server.rows()
    (name,) = first.names_of(ids[1])
    change(server, name)
    changed = server.rows()
    server.asked.clear()
    second = SyncedPhone(phones, "second")
    own = second.writes("mine")
    outcome = second.turns_on()
    assert counts(outcome) == ("unreadable", 1, 2)
    assert outcome["unreadable"] == 1
    assert set(second.holds()) == {ids[0], ids[2], own}
    assert second.waits_to_send() == set()
    assert second.syncs()["why"] == "unreadable"
    assert [put.path.rsplit("/")[-1] for put in server.puts()] == second.names_of(own)
    assert first.syncs(whole=True)["why"] == "unreadable"
    assert {name: server.rows()[name] for name in changed} == changed
    server.put(name, before[name])
    assert counts(second.syncs()) == ("done", 0, 1)


def test_nothing_is_added_to_a_backup_of_which_nothing_opens(
    phones: Script, first: SyncedPhone, server: BackupServer
) -> None:
    ids = [first.writes(f"note {n}") for n in range(3)]
    first.syncs()
    for name in first.names_of(*ids):
        alter(server, name)
    server.asked.clear()
    second = SyncedPhone(phones, "second")
    second.writes("mine")
    assert counts(second.turns_on()) == ("unreadable", 0, 0)
    assert not server.writes()


def test_a_server_that_was_restored_from_an_older_copy_gets_back_what_it_lost(
    phones: Script, first: SyncedPhone, server: BackupServer
) -> None:
    ids = [first.writes(f"note {n}") for n in range(3)]
    first.syncs()
    copy = server.copied()
    ids += [first.writes(f"note {n}") for n in range(3, 7)]
    assert first.syncs()["why"] == "done"
    server.restores(copy)
    assert counts(first.syncs()) == ("done", 4, 0)
    second = SyncedPhone(phones, "second")
    assert counts(second.turns_on()) == ("done", 0, 7)
    assert set(second.holds()) == set(ids)


def test_what_is_lost_in_the_middle_is_found_when_all_is_looked_at(
    phones: Script, first: SyncedPhone, server: BackupServer
) -> None:
    ids = [first.writes(f"note {n}") for n in range(5)]
    first.syncs()
    # Some are sent at once, so the server says which of them lie in the middle.
    lost = list(server.rows())[1:3]
    for name in lost:
        server.remove(name)
    assert counts(first.syncs()) == ("done", 0, 0)  # not looked at each time
    assert counts(first.syncs(whole=True)) == ("done", 2, 0)
    assert set(server.rows()) == set(first.names_of(*ids))
    server.remove(lost[0])
    phones.letTimePass(7 * 86_400_000)
    assert counts(first.syncs()) == ("done", 1, 0)


def test_a_server_that_takes_and_does_not_give_back_is_said(
    first: SyncedPhone, server: BackupServer
) -> None:
    kept, hidden = first.writes("kept"), first.writes("hidden")
    server.withheld = set(first.names_of(hidden))
    for _ in range(2):
        assert first.syncs()["why"] == "withheld"
        assert first.waits_to_send() == {hidden}
    assert kept in first.holds()
    server.withheld = set()
    assert first.syncs()["why"] == "done"
    assert first.waits_to_send() == set()


def test_what_is_deleted_leaves_the_phone_the_queue_and_the_backup(
    first: SyncedPhone, second: SyncedPhone, server: BackupServer
) -> None:
    sent, stays = first.writes("a secret"), first.writes("stays")
    first.syncs()
    second.syncs()
    unsent = first.writes("another secret")
    for name in (sent, unsent):
        first.removes(name)
        assert first.traces(name) == ""
    outcome = first.syncs()
    assert (outcome["why"], outcome["left"]) == ("done", 0)
    assert not set(server.rows()) & set(first.names_of(sent, unsent))
    assert second.syncs()["why"] == "done"
    assert second.traces(sent) == ""
    assert first.shows() == second.shows() == {stays}


def test_what_a_change_replaces_is_gone_as_well(
    phones: Script, first: SyncedPhone, second: SyncedPhone, server: BackupServer
) -> None:
    old = first.writes("old")
    first.syncs()
    second.syncs()
    new = first.writes("new", supersedes=[old])
    newest = first.writes("newest", supersedes=[new])
    first.syncs()
    second.syncs()
    for phone in (first, second):
        assert (phone.traces(old), phone.traces(new)) == ("", "")
        assert phone.shows() == {newest}
    assert not set(server.rows()) & set(first.names_of(old, new))
    third = SyncedPhone(phones, "third")
    assert third.turns_on()["why"] == "done"
    assert third.shows() == {newest}


def test_a_phone_that_was_away_brings_nothing_back(
    first: SyncedPhone, second: SyncedPhone, server: BackupServer
) -> None:
    name = first.writes("a secret")
    first.syncs()
    second.syncs()
    second.turns_off()
    first.removes(name)
    first.syncs()
    assert second.turns_on()["why"] == "done"  # as if it had never sent anything
    assert second.traces(name) == ""
    assert not set(server.rows()) & set(first.names_of(name))


def test_a_phone_that_missed_a_change_does_not_show_what_was_before_it(
    first: SyncedPhone, second: SyncedPhone
) -> None:
    old = first.writes("old")
    first.syncs()
    second.syncs()
    new = first.writes("new", supersedes=[old])
    first.syncs()
    first.removes(new)
    first.syncs()
    second.syncs()
    assert second.shows() == set()
    assert second.traces(old) == ""


def test_what_a_copy_brings_of_the_deleted_stays_deleted_everywhere(
    first: SyncedPhone, second: SyncedPhone, server: BackupServer
) -> None:
    name = first.writes("a secret")
    first.syncs()
    second.syncs()
    first.removes(name)
    first.syncs()
    first.writes("a secret", id=name)
    assert first.traces(name) == ""
    second.syncs()
    second.writes("a secret", id=name)
    assert second.syncs(whole=True)["why"] == "done"
    assert second.traces(name) == ""
    assert not set(server.rows()) & set(first.names_of(name))


def test_a_restored_server_is_rid_once_more_of_what_was_deleted(
    phones: Script, first: SyncedPhone, server: BackupServer
) -> None:
    name, stays = first.writes("a secret"), first.writes("stays")
    first.syncs()
    copy = server.copied()
    first.removes(name)
    first.syncs()
    server.restores(copy)
    assert first.syncs()["why"] == "done"
    assert not set(server.rows()) & set(first.names_of(name))
    second = SyncedPhone(phones, "second")
    second.turns_on()
    assert second.shows() == {stays}


@pytest.mark.parametrize("kind", ["503", "lost", "cut"])
def test_what_could_not_be_taken_out_of_the_backup_is_said_and_done_later(
    first: SyncedPhone, server: BackupServer, kind: str
) -> None:
    name = first.writes("a secret")
    first.syncs()
    first.removes(name)
    server.fails("503", times=99)
    outcome = first.syncs()
    assert (outcome["why"], outcome["left"]) == ("later", 1)
    assert first.removals() == {name}
    server.works()
    server.fails(kind, method="DELETE")
    outcome = first.syncs()
    assert (outcome["why"], outcome["left"]) == ("done", 0)
    assert not set(server.rows()) & set(first.names_of(name))


def test_what_a_full_backup_still_holds_of_the_deleted_is_said(
    first: SyncedPhone, server: BackupServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = first.writes("a secret")
    first.syncs()
    monkeypatch.setattr(store, "MOST_ENTRIES", 1)
    first.removes(name)
    outcome = first.syncs()
    assert (outcome["why"], outcome["left"]) == ("full", 1)
    assert set(server.rows()) == set(first.names_of(name))
    monkeypatch.setattr(store, "MOST_ENTRIES", 20)
    outcome = first.syncs()
    assert (outcome["why"], outcome["left"]) == ("done", 0)


def test_a_server_of_the_release_before_is_told_that_it_holds_it_still(
    first: SyncedPhone, server: BackupServer
) -> None:
    name = first.writes("a secret")
    first.syncs()
    first.removes(name)
    server.is_of_release_before = True
    outcome = first.syncs()
    assert (outcome["why"], outcome["left"]) == ("done", 1)
    server.is_of_release_before = False
    assert first.syncs()["left"] == 0
    assert not set(server.rows()) & set(first.names_of(name))


def test_what_replaces_is_in_the_backup_before_what_was_replaced_goes(
    first: SyncedPhone, server: BackupServer
) -> None:
    old = first.writes("old")
    first.syncs()
    first.writes("new", supersedes=[old])
    server.fails("503", method="PUT", part="/entries/", times=99)
    assert first.syncs()["why"] == "later"
    assert list(server.rows()) == first.names_of(old)
    server.works()
    server.withheld = set()
    assert first.syncs()["why"] == "done"
    assert old not in first.shows()


def test_a_new_code_moves_everything_and_the_old_one_opens_nothing(
    phones: Script, first: SyncedPhone, second: SyncedPhone, server: BackupServer
) -> None:
    theirs = second.writes("from the second")
    second.syncs()
    ids = {first.writes(f"note {n}") for n in range(60)} | {theirs}
    (before,) = server.headers()
    assert first.changes_code()["why"] == "done"
    (after,) = server.headers()
    assert after != before
    assert len(server.rows()) == len(ids)
    assert set(first.holds()) == ids
    assert second.syncs()["why"] == "gone"
    assert SyncedPhone(phones, "thief").turns_on()["why"] == "wrong-code"


@pytest.mark.parametrize("spared", [0, 1, 5, 30])
def test_the_old_backup_stays_until_the_new_one_is_whole(
    first: SyncedPhone, server: BackupServer, spared: int
) -> None:
    ids = {first.writes(f"note {n}") for n in range(20)}
    first.syncs()
    (before,) = server.headers()
    server.fails("503", method="PUT", spared=spared, times=99)
    server.fails("503", method="DELETE", times=99)
    assert first.changes_code()["why"] == "later"
    assert before in server.headers()
    server.works()
    assert first.syncs()["why"] == "done"
    assert before not in server.headers()
    assert len(server.rows()) == len(ids)


def test_what_only_a_newer_app_knows_is_not_thrown_away(
    phones: Script, first: SyncedPhone, server: BackupServer
) -> None:
    first.writes("later", kind=7)
    first.syncs()
    second = SyncedPhone(phones, "second")
    assert counts(second.turns_on()) == ("unreadable", 0, 0)
    assert second.holds() == {}
    assert len(server.rows()) == 1


def test_the_same_entry_from_two_phones_has_one_row(
    phones: Script, first: SyncedPhone, second: SyncedPhone, server: BackupServer
) -> None:
    name = first.writes("restored from a file")
    second.writes("restored from a file", id=name)
    server.fails("lost", part="/entries/", times=99)
    assert first.syncs()["why"] == "later"
    server.works()
    phones.listNothingOnce()  # sends its own before it can learn of the first's
    assert second.syncs()["why"] == "done"
    assert first.syncs()["why"] == "done"
    assert first.waits_to_send() == second.waits_to_send() == set()
    assert list(server.rows()) == first.names_of(name)


def test_other_bytes_under_a_name_are_not_taken_for_ours(
    first: SyncedPhone, second: SyncedPhone, server: BackupServer
) -> None:
    other = first.writes("other")
    first.syncs()
    mine = first.writes("mine")
    other_name, mine_name = first.names_of(other, mine)
    server.add(mine_name, server.rows()[other_name])
    assert first.syncs()["why"] == "unreadable"
    second.writes("another text", id=other)
    server.remove(mine_name)
    good = first.writes("good")
    assert first.syncs()["why"] == "done"
    assert second.syncs()["why"] == "unreadable"
    assert good in second.holds()
    assert second.holds()[other]["data"] == {"text": "another text"}
    assert set(server.rows()) == {other_name, mine_name, *first.names_of(good)}


def test_a_server_that_is_killed_in_the_middle_gets_the_rest_later(
    first: SyncedPhone, second: SyncedPhone, server: BackupServer
) -> None:
    ids = {first.writes(f"note {n}") for n in range(120)}
    server.fails("dies", part="/entries/", method="PUT", spared=60)
    assert first.syncs()["why"] == "later"
    assert 0 < len(server.rows()) < 120
    server.start()
    assert first.syncs()["why"] == "done"
    assert set(server.rows()) == set(first.names_of(*ids))
    assert counts(second.syncs()) == ("done", 0, 120)


@pytest.fixture
def without_locks(phones: Script) -> Iterator[None]:
    phones.withoutLocks()
    yield
    phones.withLocks()


@pytest.mark.usefixtures("without_locks")
def test_two_tabs_do_not_race_where_the_browser_has_no_locks(
    phones: Script, first: SyncedPhone, server: BackupServer
) -> None:
    for n in range(60):
        first.writes(f"note {n}")
    assert phones.syncInTabs("first", 3) == ["done", "later", "later"]
    assert len(server.puts()) == 60
    assert first.syncs()["why"] == "done"
    phones.leaveLease("first")
    assert first.syncs()["why"] == "done"


def test_a_phone_that_turns_off_leaves_the_backup_and_its_journal(
    phones: Script, first: SyncedPhone, second: SyncedPhone, server: BackupServer
) -> None:
    name = first.writes("stiff")
    first.syncs()
    assert first.turns_off()["why"] == "done"
    assert first.syncs()["why"] == "off"
    assert not phones.remembers("first")
    assert set(first.holds()) == {name}
    assert counts(second.syncs()) == ("done", 0, 1)
    server.asked.clear()
    assert counts(first.turns_on()) == ("done", 0, 0)
    assert not server.writes()


@pytest.mark.parametrize("part", ["/entries?", "/entries/"])
def test_a_journal_that_is_erased_meanwhile_stays_empty(
    phones: Script, first: SyncedPhone, second: SyncedPhone, server: BackupServer, part: str
) -> None:
    for n in range(120):
        second.writes(f"note {n}")
    second.syncs()
    for n in range(120):
        first.writes(f"mine {n}")
    phones.eraseAt("first", part)
    assert first.syncs()["why"] == "off"
    assert first.holds() == {}
    assert not phones.remembers("first")


def test_a_backup_that_could_not_be_deleted_stays_on(
    first: SyncedPhone, server: BackupServer
) -> None:
    server.fails("500", times=4)
    assert first.deletes()["why"] == "later"
    assert first.is_on()
    server.fails("lost")
    assert first.deletes()["why"] == "done"
    assert not server.headers()


def test_a_server_that_forgot_how_far_a_phone_had_read_is_read_anew(
    phones: Script, first: SyncedPhone, server: BackupServer
) -> None:
    first.writes("stiff")
    first.syncs()
    phones.forgetCursor("first")
    assert counts(first.syncs()) == ("done", 0, 0)


def test_what_is_too_long_for_a_backup_stays_and_holds_up_nothing(
    first: SyncedPhone, server: BackupServer
) -> None:
    long = {first.writes("\u0001" * 2000, id=f"00000000-0000-7000-8000-{n:012}") for n in range(60)}
    name = first.writes("stiff", id="ffffffff-0000-7000-8000-000000000000")
    outcome = first.syncs()
    assert counts(outcome) == ("done", 1, 0)
    assert outcome["long"] == 60
    assert list(server.rows()) == first.names_of(name)
    assert first.waits_to_send() == long


def test_the_longest_notes_of_any_script_fit(first: SyncedPhone, server: BackupServer) -> None:
    for letter in 'aع漢"\n':
        first.writes(letter * 2000)
    first.writes("😀" * 1000)
    assert counts(first.syncs()) == ("done", 6, 0)


steps = st.lists(
    st.one_of(
        st.tuples(st.just("writes"), st.sampled_from(["first", "second"])),
        st.tuples(st.just("syncs"), st.sampled_from(["first", "second"])),
        st.tuples(st.just("dies"), st.sampled_from(["first", "second"]), st.integers(0, 12)),
        st.tuples(st.just("fails"), st.sampled_from(ENDS), st.integers(0, 6), st.integers(1, 5)),
        st.tuples(st.just("removes"), st.sampled_from(["first", "second"]), st.integers(0, 99)),
        st.tuples(st.just("changes"), st.sampled_from(["first", "second"]), st.integers(0, 99)),
        st.tuples(st.just("copies")),
        st.tuples(st.just("restores")),
        st.tuples(st.just("withholds"), st.integers(0, 99)),
    ),
    max_size=20,
)


@dataclass
class World:
    """Two phones and their server, and beside them what has to come of it all."""

    phones: Script
    server: BackupServer
    tally: Counter[str]
    written: set[str] = field(default_factory=set)
    buried: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        limiter.reset()
        self.server.works()
        self.server.forget()
        self.server.withheld = set()
        self.phones.begin(self.server.url)
        self.first, self.second = (SyncedPhone(self.phones, name) for name in ("first", "second"))
        self.first.turns_on(fresh=True)
        self.second.turns_on()
        self.copy = self.server.copied()

    def phone(self, name: str) -> SyncedPhone:
        return SyncedPhone(self.phones, name)

    def writes(self, name: str, **more: object) -> None:
        self.written.add(self.phone(name).writes(f"note {len(self.written)}", **more))

    def removes(self, name: str, nth: int) -> None:
        for old in self._buries(name, nth):
            self.phone(name).removes(old)
            assert self.phone(name).traces(old) == ""

    def changes(self, name: str, nth: int) -> None:
        for old in self._buries(name, nth):
            self.writes(name, supersedes=[old])
            assert self.phone(name).traces(old) == ""

    def _buries(self, name: str, nth: int) -> set[str]:
        """Choose one of what a phone shows, if it shows any."""
        shown = sorted(self.phone(name).shows())
        chosen = {shown[nth % len(shown)]} if shown else set()
        self.buried |= chosen
        return chosen

    def syncs(self, name: str) -> None:
        how = self.phones.tryToSync(name)
        assert how in ("done", "later", "dead", "withheld")
        self.tally[how] += 1
        self.phones.startAnew(name)

    def dies(self, name: str, writes: int) -> None:
        self.phones.dieAt(name, writes)
        self.syncs(name)

    def fails(self, kind: str, spared: int, times: int) -> None:
        self.server.fails(kind, spared=spared, times=times)

    def copies(self) -> None:
        self.copy = self.server.copied()

    def restores(self) -> None:
        self.server.restores(self.copy)

    def withholds(self, nth: int) -> None:
        self.server.withheld = set(list(self.server.rows())[nth % 5 :: 3])

    def ends_well(self) -> None:
        """Let all work, and compare everything with what has to come of it."""
        self.server.works()
        self.server.withheld = set()
        both = (self.first, self.second)
        for phone in both * 2:
            outcome = phone.syncs(whole=True)
            assert (outcome["why"], outcome["left"]) == ("done", 0)
        alive = self.written - self.buried
        for phone in both:
            assert phone.shows() == alive
            assert not [name for name in self.buried if phone.traces(name)]
            assert not phone.waits_to_send()
        held = self.first.holds().items()
        marks = {name for name, entry in held if entry.get("gone") and entry["at"]}
        assert set(self.server.rows()) == set(self.first.names_of(*alive, *marks))
        third = SyncedPhone(self.phones, "third")
        assert third.turns_on()["why"] == "done"
        assert third.shows() == alive


@pytest.mark.parametrize("days", [15, soak(400, why="400 random days")])
def test_whatever_happens_on_the_way_all_phones_end_with_what_was_not_deleted(
    phones: Script, server: BackupServer, days: int, tally: Counter[str]
) -> None:
    fixtures = [HealthCheck.function_scoped_fixture]

    @settings(max_examples=days, deadline=None, suppress_health_check=fixtures)
    @given(steps)
    @example([("writes", "first"), ("dies", "first", 3), ("removes", "first", 0)])
    @example(
        [("writes", "first"), ("dies", "first", 3), ("writes", "second"), ("changes", "first", 0)]
    )
    @example(
        [
            *[("writes", "first"), ("writes", "first"), ("changes", "first", 0)],
            *[("writes", "second"), ("dies", "second", 3), ("copies",), ("writes", "first")],
            *[("removes", "first", 35), ("removes", "second", 53)],
        ]
    )
    def end_well(steps: list[tuple[Any, ...]]) -> None:
        tally["days"] += 1
        world = World(phones, server, tally)
        for what, *which in steps:
            getattr(world, what)(*which)
        world.ends_well()

    end_well()
