"""A private backup brings phones together, loses nothing on the way, and says what went wrong."""

from __future__ import annotations

import itertools
import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.browsers import Chromium, Firefox
from tests.support.traces import forms_of_number, found_in
from tests.support.vault_server import VaultServer, vault_server

PHONES = """
    const { syncWith } = await import("/js/backup/sync.js");
    const { Store } = await import("/js/journal/store.js");
    const { isEntry } = await import("/js/journal/entry.js");
    window.codes = await import("/js/backup/recovery-code.js");
    window.nameOf = (await import("/js/backup/sealing.js")).nameOf;
    window.stores = {};
    window.waits = [];
    window.store = (name) => (stores[name] ??= new Store());
    window.phone = (name) => syncWith({ store: store(name), isEntry, line: {
      fetch: (...request) => fetch(...request),
      wait: async (ms) => waits.push(ms),
      patience: 2500,
    } });
"""
CLEAN = "stores = {}; waits.length = 0; window.code = codes.newCode().bytes;"
ENDS = ("lost", "cut", "500", "502", "503", "429", "page")


@dataclass
class Phone:
    """A journal and its backup, in a page that they share with other phones."""

    browser: Chromium
    name: str

    def turns_on(self, *, fresh: bool = False) -> dict[str, Any]:
        return self._does(f"turnOn(code, {json.dumps(fresh)})")

    def syncs(self) -> dict[str, Any]:
        return self._does("sync()")

    def turns_off(self) -> dict[str, Any]:
        return self._does("turnOff()")

    def deletes(self) -> dict[str, Any]:
        return self._does("deleteVault()")

    def is_on(self) -> bool:
        return bool(self._does("isOn()"))

    def writes(self, text: str, **more: object) -> str:
        """Append a note and return its id."""
        entry = {
            "id": str(uuid.uuid4()),
            "at": 1,
            "zone": 0,
            "kind": "note",
            "data": {"text": text},
        }
        self.browser.run(f"await {self._store}.append([{json.dumps(entry | more)}])")
        return str((entry | more)["id"])

    def holds(self) -> dict[str, dict[str, Any]]:
        entries = self.browser.run(f"return {self._store}.readAll()")
        return {entry["id"]: entry for entry in entries}

    def names_of(self, *ids: str) -> list[str]:
        """Return under which names the server sees entries."""
        script = f"Promise.all({json.dumps(ids)}.map((id) => nameOf(names, id)))"
        return list(
            self.browser.run(f"const {{ names }} = await codes.derive(code); return {script}")
        )

    def waits_to_send(self) -> set[str]:
        return set(self.browser.run(f"return [...{self._store}.unsent]"))

    def dies_at(self, write: int) -> None:
        """Let the phone end when it is about to write for so many more times."""
        self.browser.run(f"""
            let left = {write};
            for (const name of ["append", "markSent", "markAllPending", "setMeta"]) {{
              {self._store}[name] = function (...all) {{
                if (left-- <= 0) throw new Error("dead");
                return Object.getPrototypeOf(this)[name].apply(this, all);
              }};
            }}
        """)

    def starts_anew(self) -> None:
        self.browser.run(f"""
            for (const name of ["append", "markSent", "markAllPending", "setMeta"])
              delete {self._store}[name];
        """)

    @property
    def _store(self) -> str:
        return f"store({json.dumps(self.name)})"

    def _does(self, what: str) -> Any:
        return self.browser.run(f"return phone({json.dumps(self.name)}).{what}")


@pytest.fixture
def server() -> Iterator[VaultServer]:
    with vault_server() as server:
        yield server


@pytest.fixture
def page(open_chromium: Chromium, server: VaultServer) -> Iterator[Chromium]:
    open_chromium.visit(server.url)
    open_chromium.run(PHONES)
    open_chromium.run(CLEAN)
    yield open_chromium
    open_chromium.context.set_offline(False)


@pytest.fixture
def first(page: Chromium) -> Phone:
    """A phone that has made a backup, with nothing in it yet."""
    phone = Phone(page, "first")
    assert phone.turns_on(fresh=True)["why"] == "done"
    return phone


@pytest.fixture
def second(page: Chromium, first: Phone) -> Phone:
    """Another phone with the same backup."""
    phone = Phone(page, "second")
    assert phone.turns_on()["why"] == "done"
    return phone


def counts(outcome: dict[str, Any]) -> tuple[str, int, int]:
    return outcome["why"], outcome["pushed"], outcome["pulled"]


def test_a_second_phone_with_the_code_gets_everything(page: Chromium, first: Phone) -> None:
    for n in range(250):
        first.writes(f"note {n}")
    assert counts(first.syncs()) == ("done", 250, 0)
    second = Phone(page, "second")
    own = second.writes("from the second")
    assert counts(second.turns_on()) == ("done", 1, 250)
    assert counts(first.syncs()) == ("done", 0, 1)
    assert first.holds() == second.holds()
    assert own in first.holds()
    assert first.waits_to_send() == second.waits_to_send() == set()
    assert counts(first.syncs()) == counts(second.syncs()) == ("done", 0, 0)


def test_it_works_in_firefox(firefox: Firefox, server: VaultServer) -> None:
    firefox.start()
    firefox.visit(server.url)
    firefox.run(PHONES)
    firefox.run(CLEAN)
    first, second = Phone(firefox, "first"), Phone(firefox, "second")
    first.writes("numb")
    assert counts(first.turns_on(fresh=True)) == ("done", 1, 0)
    assert counts(second.turns_on()) == ("done", 0, 1)
    assert first.holds() == second.holds()


def test_two_phones_offline_at_the_same_entry_keep_both(first: Phone, second: Phone) -> None:
    old = first.writes("old")
    first.syncs()
    second.syncs()
    one = first.writes("by the first", supersedes=[old])
    other = second.writes("by the second", supersedes=[old])
    for phone in (first, second, first):
        assert phone.syncs()["why"] == "done"
    assert set(first.holds()) == {old, one, other}
    assert first.holds() == second.holds()


def test_the_server_learns_nothing_of_what_was_written(
    first: Phone, second: Phone, server: VaultServer
) -> None:
    ids = [first.writes("numbness between my legs"), first.writes("Ibuprofen", kind="medicine")]
    first.syncs()
    ids.append(second.writes("worse", supersedes=[ids[0]]))
    second.syncs()
    first.syncs()
    code = bytes(first.browser.run("return Array.from(code)"))
    names = first.names_of(*ids)
    kept = [server.only().header, *(body for _, body in server.only().rows.values())]
    said = [
        part
        for one in server.asked
        for part in (one.path.encode(), one.body, json.dumps(one.headers).encode())
    ]
    secrets = [b"numb", b"Ibuprofen", b"medicine", b"note", b'"at"']
    secrets += [form for one in (code.hex(), *ids) for form in forms_of_number(one)]
    assert not found_in([*kept, *said], secrets)
    assert found_in(said, [name.encode() for name in names]) == {name.encode() for name in names}
    assert set(server.only().rows) == set(names)
    assert len({len(body) for _, body in server.only().rows.values()}) == 1
    assert all("cookie" not in one.headers for one in server.asked)


def test_an_entry_has_the_same_name_on_all_phones_with_the_code(
    first: Phone, second: Phone, server: VaultServer
) -> None:
    name = first.writes("restored from a file")
    second.writes("restored from a file", id=name)
    first.syncs()
    (there,) = server.only().rows
    second.syncs()
    assert list(server.only().rows) == [there]
    server.backups.clear()
    first.browser.run("window.code = codes.newCode().bytes")
    assert counts(first.turns_on(fresh=True)) == ("done", 1, 0)
    assert list(server.only().rows) != [there]


def test_what_has_anothers_name_is_not_taken_for_it(
    page: Chromium, first: Phone, second: Phone, server: VaultServer
) -> None:
    """Also where it was sealed for that place: by a phone that is broken, not by the server."""
    good = first.writes("good")
    first.syncs()
    foreign, own = first.writes("foreign"), first.names_of(str(uuid.uuid4()))[0]
    page.run(f"""
        const {{ seal }} = await import("/js/backup/sealing.js");
        const {{ id: vault, token, key }} = await store("first").getMeta("vault");
        const entry = (await store("first").readAll()).find(({{ id }}) => id === "{foreign}");
        const body = await seal({{ vault, key, name: "{own}", sequence: 7 }}, entry);
        const headers = {{
          authorization: `Bearer ${{token}}`,
          "content-type": "application/octet-stream",
          "x-sequence": "7",
        }};
        await fetch(`/vault/${{vault}}/entries/{own}`, {{ method: "PUT", headers, body }});
    """)
    assert own in server.only().rows
    server.asked.clear()
    outcome = second.syncs()
    assert counts(outcome) == ("unreadable", 0, 1)
    assert outcome["unreadable"] == 1
    assert set(second.holds()) == {good}
    assert not server.writes()


@pytest.mark.parametrize("kind", ENDS)
@pytest.mark.parametrize("part", ["/entries/", "/entries?"])
def test_what_went_wrong_once_is_sent_again_in_the_same_bytes(
    first: Phone, server: VaultServer, kind: str, part: str
) -> None:
    server.fails(kind, part=part)
    name = first.writes("stiff")
    assert counts(first.syncs()) == ("done", 1, 0)
    assert list(server.only().rows) == first.names_of(name)
    assert len({(one.body, one.headers["x-sequence"]) for one in server.puts()}) == 1
    assert first.waits_to_send() == set()


def test_what_was_sent_in_vain_is_sent_in_the_same_bytes_another_day(
    first: Phone, server: VaultServer
) -> None:
    ids = {first.writes(f"note {n}") for n in range(5)}
    server.fails("503", part="/entries/", times=99)
    assert counts(first.syncs()) == ("later", 0, 0)
    server.faults.clear()
    assert counts(first.syncs()) == ("done", 5, 0)
    assert len({(one.path, one.body, one.headers["x-sequence"]) for one in server.puts()}) == 5
    assert set(server.only().rows) == set(first.names_of(*ids))


def test_a_backup_whose_making_was_not_answered_is_made_once(
    page: Chromium, server: VaultServer
) -> None:
    phone = Phone(page, "first")
    name = phone.writes("stiff")
    server.fails("lost", method="PUT", times=99)
    assert phone.turns_on(fresh=True)["why"] == "later"
    assert phone.is_on()
    server.faults.clear()
    assert counts(phone.syncs()) == ("done", 1, 0)
    assert list(server.only().rows) == phone.names_of(name)
    headers = [one.body for one in server.asked if one.method == "PUT" and one not in server.puts()]
    assert len(headers) >= 5
    assert len(set(headers)) == 1


def test_an_answer_that_never_comes_is_waited_for_in_vain_only_so_long(
    first: Phone, server: VaultServer
) -> None:
    server.mute_s = 60
    server.fails("mute", part="/entries/")
    first.writes("stiff")
    assert counts(first.syncs()) == ("done", 1, 0)


def test_a_busy_server_is_asked_less_and_less_and_by_no_two_phones_at_once(
    page: Chromium, first: Phone, server: VaultServer
) -> None:
    rounds = []
    for _ in range(8):
        page.run("waits.length = 0")
        server.fails("503", times=4)
        assert first.syncs()["why"] == "later"
        rounds.append(page.run("return waits"))
    for turn, waits in enumerate(zip(*rounds, strict=True)):
        assert len(set(waits)) == 8
        assert all(500 * 2**turn <= wait <= 1500 * 2**turn for wait in waits)
    assert len(rounds[0]) == 3
    assert first.syncs()["why"] == "done"


def test_a_server_that_names_a_time_is_left_alone_until_then(
    page: Chromium, first: Phone, server: VaultServer
) -> None:
    server.fails("429", retry_after="7")
    assert first.syncs()["why"] == "done"
    assert 7500 <= page.run("return waits[0]") <= 8500
    server.fails("429", retry_after="600")
    assert first.syncs()["why"] == "later"
    asked = len(server.asked)
    assert first.syncs()["why"] == "later"
    assert len(server.asked) == asked
    page.run("const then = Date.now() + 601000; Date.now = () => then")
    assert first.syncs()["why"] == "done"


def test_a_full_backup_is_said_and_loses_nothing(
    page: Chromium, first: Phone, server: VaultServer
) -> None:
    server.most_rows = 3
    ids = [first.writes(f"note {n}") for n in range(8)]
    names = dict(zip(first.names_of(*ids), ids, strict=True))
    full = first.syncs()
    assert full["why"] == "full"
    assert full["pushed"] == len(server.only().rows) == 3
    assert first.waits_to_send() == set(ids) - {names[row] for row in server.only().rows}
    server.most_rows = 20
    assert first.syncs()["why"] == "done"
    assert set(server.only().rows) == set(names)


def test_a_wrong_code_uploads_nothing_and_keeps_nothing(
    page: Chromium, first: Phone, server: VaultServer
) -> None:
    first.writes("first")
    first.syncs()
    page.run("window.code = codes.newCode().bytes")
    server.asked.clear()
    stranger = Phone(page, "stranger")
    stranger.writes("mine")
    assert counts(stranger.turns_on()) == ("wrong-code", 0, 0)
    assert not stranger.is_on()
    assert not server.writes()
    assert stranger.syncs()["why"] == "off"
    assert len(server.only().rows) == 1


def test_a_header_of_another_code_uploads_nothing(
    page: Chromium, first: Phone, server: VaultServer
) -> None:
    page.run("window.mine = code; window.code = codes.newCode().bytes")
    Phone(page, "other").turns_on(fresh=True)
    mine, other = server.backups.values()
    mine.header = other.header
    page.run("window.code = mine")
    server.asked.clear()
    assert Phone(page, "second").turns_on()["why"] == "wrong-code"
    mine.header = b"{}"
    assert Phone(page, "second").turns_on()["why"] == "unreadable"
    assert not server.writes()


def test_no_backup_is_made_where_there_is_another(
    page: Chromium, first: Phone, server: VaultServer
) -> None:
    second = Phone(page, "second")
    second.writes("mine")
    before = server.only().header
    assert second.turns_on(fresh=True)["why"] == "wrong-code"
    server.only().token = "0" * 64
    assert second.syncs()["why"] == "wrong-code"
    assert server.only().header == before
    assert not server.only().rows


def test_a_backup_that_is_gone_is_said_and_never_made_again(
    first: Phone, second: Phone, server: VaultServer
) -> None:
    assert first.deletes()["why"] == "done"
    assert not first.is_on()
    second.writes("still here")
    assert second.syncs()["why"] == "gone"
    asked = len(server.asked)
    assert second.syncs()["why"] == "gone"
    assert len(server.asked) == asked
    assert not server.backups
    assert len(second.holds()) == 1
    second.browser.run("window.code = codes.newCode().bytes")
    assert counts(second.turns_on(fresh=True)) == ("done", 1, 0)


def test_the_page_of_another_network_does_not_mean_that_it_is_gone(
    first: Phone, server: VaultServer
) -> None:
    server.fails("page", times=4)
    assert first.syncs()["why"] == "later"
    assert first.syncs()["why"] == "done"


def alter(server: VaultServer, name: str) -> None:
    sequence, body = server.only().rows[name]
    server.only().rows[name] = (sequence, body[:-1] + bytes([body[-1] ^ 1]))


def swap(server: VaultServer, name: str) -> None:
    rows = server.only().rows
    other = next(one for one in rows if one != name)
    rows[name] = rows[other]


def renumber(server: VaultServer, name: str) -> None:
    sequence, body = server.only().rows[name]
    server.only().rows[name] = (sequence + 1, body)


def empty(server: VaultServer, name: str) -> None:
    server.only().rows[name] = (server.only().rows[name][0], b"")


@pytest.mark.parametrize("change", [alter, swap, renumber, empty])
def test_what_cannot_be_read_is_said_and_nothing_is_put_over_it(
    page: Chromium,
    first: Phone,
    server: VaultServer,
    change: Callable[[VaultServer, str], None],
) -> None:
    ids = [first.writes(f"note {n}") for n in range(3)]
    first.syncs()
    before = dict(server.only().rows)
    change(server, *first.names_of(ids[1]))
    changed = dict(server.only().rows)
    server.asked.clear()
    second = Phone(page, "second")
    own = second.writes("mine")
    outcome = second.turns_on()
    assert counts(outcome) == ("unreadable", 0, 2)
    assert outcome["unreadable"] == 1
    assert set(second.holds()) == {ids[0], ids[2], own}
    assert second.syncs()["why"] == "unreadable"
    assert not server.writes()
    assert server.only().rows == changed
    server.only().rows = before
    assert counts(second.syncs()) == ("done", 1, 1)


def test_what_only_a_newer_app_knows_is_not_thrown_away(
    page: Chromium, first: Phone, server: VaultServer
) -> None:
    first.writes("later", kind=7)
    first.syncs()
    second = Phone(page, "second")
    assert counts(second.turns_on()) == ("unreadable", 0, 0)
    assert second.holds() == {}
    assert len(server.only().rows) == 1


def test_the_same_entry_from_two_phones_has_one_row(
    first: Phone, second: Phone, server: VaultServer
) -> None:
    name = first.writes("restored from a file")
    second.writes("restored from a file", id=name)
    server.fails("lost", part="/entries/", times=99)
    assert first.syncs()["why"] == "later"
    server.faults.clear()
    # The second one sends its own before it can learn of the first's.
    second.browser.run("""
        const list = window.fetch;
        window.fetch = async (path, request) => {
          if (!path.includes("limit")) return list(path, request);
          window.fetch = list;
          return new Response('{"entries": [], "cursor": "row-0", "more": false}');
        };
    """)
    assert second.syncs()["why"] == "done"
    assert first.syncs()["why"] == "done"
    assert first.waits_to_send() == second.waits_to_send() == set()
    assert list(server.only().rows) == first.names_of(name)


def test_other_bytes_under_a_name_are_not_taken_for_ours(
    first: Phone, second: Phone, server: VaultServer
) -> None:
    other = first.writes("other")
    first.syncs()
    mine = first.writes("mine")
    other_name, mine_name = first.names_of(other, mine)
    server.only().rows[mine_name] = server.only().rows[other_name]
    assert first.syncs()["why"] == "unreadable"
    second.writes("another text", id=other)
    del server.only().rows[mine_name]
    good = first.writes("good")
    assert first.syncs()["why"] == "done"
    assert second.syncs()["why"] == "unreadable"
    assert good in second.holds()
    assert second.holds()[other]["data"] == {"text": "another text"}
    assert set(server.only().rows) == {other_name, mine_name, *first.names_of(good)}


def test_a_server_that_is_killed_in_the_middle_gets_the_rest_later(
    first: Phone, second: Phone, server: VaultServer
) -> None:
    ids = {first.writes(f"note {n}") for n in range(120)}
    server.fails("dies", part="/entries/", method="PUT", spared=60)
    assert first.syncs()["why"] == "later"
    assert 0 < len(server.only().rows) < 120
    server.start()
    assert first.syncs()["why"] == "done"
    assert set(server.only().rows) == set(first.names_of(*ids))
    assert counts(second.syncs()) == ("done", 0, 120)


def test_without_a_network_it_is_later_and_nothing_is_tried_in_vain(
    page: Chromium, first: Phone
) -> None:
    page.context.set_offline(True)
    first.writes("stiff")
    assert counts(first.syncs()) == ("later", 0, 0)
    assert page.run("return waits") == []
    assert Phone(page, "second").turns_on()["why"] == "later"
    assert not Phone(page, "second").is_on()
    page.context.set_offline(False)
    assert counts(first.syncs()) == ("done", 1, 0)


def test_two_tabs_do_not_race(page: Chromium, first: Phone, server: VaultServer) -> None:
    for n in range(60):
        first.writes(f"note {n}")
    why = page.run("""
        const all = await Promise.all([1, 2, 3].map(() => phone("first").sync()));
        return all.map(({ why }) => why);
    """)
    assert why == ["done"] * 3
    assert len(server.puts()) == 60


def test_two_tabs_do_not_race_where_the_browser_has_no_locks(
    page: Chromium, first: Phone, server: VaultServer
) -> None:
    page.run("Object.defineProperty(navigator, 'locks', { value: undefined })")
    for n in range(60):
        first.writes(f"note {n}")
    why = page.run("""
        const all = await Promise.all([1, 2, 3].map(() => phone("first").sync()));
        return all.map(({ why }) => why).sort();
    """)
    assert why == ["done", "later", "later"]
    assert len(server.puts()) == 60
    assert first.syncs()["why"] == "done"
    # Whoever held the lease was killed; the clock was set back a year since.
    page.run("await store('first').setMeta('vault.lease', { owner: '', until: Date.now() + 3e10 })")
    assert first.syncs()["why"] == "done"


def test_a_phone_that_turns_off_leaves_the_backup_and_its_journal(
    first: Phone, second: Phone, server: VaultServer
) -> None:
    name = first.writes("stiff")
    first.syncs()
    assert first.turns_off()["why"] == "done"
    assert first.syncs()["why"] == "off"
    assert not first.browser.run("return [...store('first').meta.values()].some(Boolean)")
    assert set(first.holds()) == {name}
    assert counts(second.syncs()) == ("done", 0, 1)
    server.asked.clear()
    assert counts(first.turns_on()) == ("done", 0, 0)
    assert not server.writes()


@pytest.mark.parametrize("part", ["/entries?", "/entries/"])
def test_a_journal_that_is_erased_meanwhile_stays_empty(
    page: Chromium, first: Phone, second: Phone, server: VaultServer, part: str
) -> None:
    for n in range(120):
        second.writes(f"note {n}")
    second.syncs()
    for n in range(120):
        first.writes(f"mine {n}")
    page.run(f"""
        const ask = window.fetch;
        window.fetch = (path, request) => {{
          if (path.includes({json.dumps(part)})) {{
            stores.first.rows.clear();
            stores.first.unsent.clear();
            stores.first.meta.clear();
            window.fetch = ask;
          }}
          return ask(path, request);
        }};
    """)
    assert first.syncs()["why"] == "off"
    assert first.holds() == {}
    assert not page.run("return [...stores.first.meta.values()].some(Boolean)")


def test_a_backup_that_could_not_be_deleted_stays_on(first: Phone, server: VaultServer) -> None:
    server.fails("500", times=4)
    assert first.deletes()["why"] == "later"
    assert first.is_on()
    server.fails("lost")
    assert first.deletes()["why"] == "done"
    assert not server.backups


def test_a_server_that_forgot_how_far_a_phone_had_read_is_read_anew(
    page: Chromium, first: Phone, server: VaultServer
) -> None:
    first.writes("stiff")
    first.syncs()
    page.run("""
        const vault = await store("first").getMeta("vault");
        await store("first").setMeta("vault", { ...vault, cursor: "of another time" });
    """)
    assert counts(first.syncs()) == ("done", 0, 0)


def test_what_is_too_long_for_a_backup_stays_and_holds_up_nothing(
    first: Phone, server: VaultServer
) -> None:
    long = {first.writes("\u0001" * 2000, id=f"00000000-0000-4000-8000-{n:012}") for n in range(60)}
    name = first.writes("stiff", id="ffffffff-0000-4000-8000-000000000000")
    outcome = first.syncs()
    assert counts(outcome) == ("done", 1, 0)
    assert outcome["long"] == 60
    assert list(server.only().rows) == first.names_of(name)
    assert first.waits_to_send() == long


def test_the_longest_notes_of_any_script_fit(first: Phone, server: VaultServer) -> None:
    for letter in 'aع漢"\n':
        first.writes(letter * 2000)
    first.writes("😀" * 1000)
    assert counts(first.syncs()) == ("done", 6, 0)


def test_the_phone_itself_has_the_same_in_its_module(page: Chromium, server: VaultServer) -> None:
    said = page.run("""
        const own = await import("/js/backup/sync.js");
        const journal = await import("/js/journal/store.js");
        const said = [(await own.sync()).why, await own.isOn()];
        await journal.append([{ id: crypto.randomUUID(), at: 1, kind: "note" }]);
        said.push((await own.turnOn(code, true)).pushed, await own.isOn());
        said.push((await own.sync()).why, (await own.deleteVault()).why, (await own.turnOff()).why);
        return said;
    """)
    assert said == ["off", False, 1, True, "done", "done", "done"]
    assert not server.backups


steps = st.lists(
    st.one_of(
        st.tuples(st.just("writes"), st.sampled_from(["first", "second"])),
        st.tuples(st.just("syncs"), st.sampled_from(["first", "second"])),
        st.tuples(st.just("dies"), st.sampled_from(["first", "second"]), st.integers(0, 12)),
        st.tuples(st.just("fails"), st.sampled_from(ENDS), st.integers(0, 6), st.integers(1, 5)),
    ),
    max_size=14,
)


def test_whatever_happens_on_the_way_all_phones_end_with_everything(
    page: Chromium, server: VaultServer
) -> None:
    number = itertools.count()

    @settings(
        max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(steps)
    def end_well(steps: list[tuple[Any, ...]]) -> None:
        page.run(CLEAN)
        server.backups.clear()
        server.faults.clear()
        phones = {name: Phone(page, name) for name in ("first", "second")}
        phones["first"].turns_on(fresh=True)
        phones["second"].turns_on()
        written = set()
        for what, which, *more in steps:
            if what == "fails":
                server.fails(which, spared=more[0], times=more[1])
                continue
            if what == "dies":
                phones[which].dies_at(more[0])
            if what == "writes":
                written.add(phones[which].writes(f"note {next(number)}"))
                continue
            try_to_sync(phones[which])
            phones[which].starts_anew()
        server.faults.clear()
        for name in ("first", "second", "first"):
            assert phones[name].syncs()["why"] == "done"
        assert set(phones["first"].holds()) == written
        assert phones["first"].holds() == phones["second"].holds()
        assert set(server.only().rows) == set(phones["first"].names_of(*written))
        assert not phones["first"].waits_to_send()

    end_well()


def try_to_sync(phone: Phone) -> None:
    """Let the phone sync; it may die of it."""
    why = phone.browser.run(f"""
        const done = phone({json.dumps(phone.name)}).sync();
        return done.then(({{ why }}) => why, ({{ message }}) => message);
    """)
    assert why in ("done", "later", "dead")
