"""The journal and its backup: answers that are lost, two phones, wrong codes, private windows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.pages.journal import Journal
from tests.browser.reliability.conftest import Engines, Line, Lines
from tests.support import faults
from tests.support.faults import FaultProxy, fault_proxy
from tests.support.journal import add_note, said
from tests.support.losses import lose_store
from tests.support.person import Person
from tests.support.vault_device import Device

SECRET = "quokka 7319 in this window only"


@pytest.fixture
def first(line: Line) -> Device:
    """A phone of this engine, with an empty journal."""
    line.gets_ready()
    device = Device(line.person.browser, line.person.site)
    device.starts_empty()
    return device


@pytest.fixture
def second_line(line: Line) -> Iterator[FaultProxy]:
    """Another way to the same server: another origin, and so another phone."""
    with fault_proxy(line.proxy.target) as proxy:
        yield proxy


def on(device: Device) -> Device:
    """Return a device with its page open, which another one's may have taken the place of."""
    device.opens()
    return device


@pytest.mark.scenario(40)
def test_an_entry_whose_answer_was_lost_is_there_once(line: Line, first: Device) -> None:
    code = first.gets_a_code()
    assert first.turns_on(code, fresh=True) == "done"
    entry = first.writes("note", {"text": "kept once"})
    entries = f"/vault/{first.keys(code)[0]}/entries/"
    line.proxy.meets(entries, faults.lose(), times=3)
    first.syncs()
    assert any(path.startswith(entries) for path in line.proxy.paths())
    line.proxy.works()
    first.lets_time_pass()
    assert first.syncs() == "done"
    assert first.waits_to_send() == set()
    assert list(first.holds()) == [entry["id"]]


@pytest.mark.scenario(41)
def test_two_phones_that_change_one_note_offline_keep_both_versions(
    line: Line, first: Device, second_line: FaultProxy
) -> None:
    code = first.gets_a_code()
    assert first.turns_on(code, fresh=True) == "done"
    old = first.writes("note", {"text": "old"})
    assert first.syncs() == "done"
    Person(first.browser, second_line.url).gets_ready()
    second = Device(first.browser, second_line.url)
    second.starts_empty()
    assert second.turns_on(code) == "done"
    assert second.shows() == {old["id"]}
    other = second.writes("note", {"text": "by the second"}, supersedes=[old["id"]])
    on(first)
    own = first.writes("note", {"text": "by the first"}, supersedes=[old["id"]])
    assert first.syncs() == "done"
    assert on(second).syncs() == "done"
    assert second.shows() == {own["id"], other["id"]}
    assert on(first).syncs() == "done"
    assert first.shows() == {own["id"], other["id"]}


@pytest.mark.scenario(42)
def test_a_wrong_code_sends_nothing_and_the_right_one_brings_all_back(
    line: Line, first: Device, second_line: FaultProxy
) -> None:
    code = first.gets_a_code()
    assert first.turns_on(code, fresh=True) == "done"
    entry = first.writes("note", {"text": "of the first"})
    assert first.syncs() == "done"
    Person(first.browser, second_line.url).gets_ready()
    second = Device(first.browser, second_line.url)
    second.starts_empty()
    own = second.writes("note", {"text": "of the second"})
    second_line.works()
    assert second.turns_on(second.gets_a_code()) == "wrong-code"
    assert not second.is_on()
    sent = {asked.method for asked in second_line.asked if asked.path.startswith("/vault/")}
    assert sent == {"GET"}
    assert set(second.holds()) == {own["id"]}
    assert second.turns_on(code) == "done"
    assert set(second.holds()) == {own["id"], entry["id"]}


@pytest.mark.scenario(25)
def test_a_phone_whose_store_was_cleared_has_its_journal_again_by_its_code(
    line: Line, first: Device
) -> None:
    code = first.gets_a_code()
    assert first.turns_on(code, fresh=True) == "done"
    entry = first.writes("note", {"text": "before it was cleared"})
    assert first.syncs() == "done"
    lose_store(first.browser)
    on(first)
    assert first.holds() == {}
    assert first.turns_on(code) == "done"
    assert first.holds() == {entry["id"]: entry}


@pytest.mark.scenario(12)
def test_a_server_that_is_too_busy_is_asked_later_and_nothing_is_lost(
    line: Line, first: Device
) -> None:
    assert first.turns_on(first.gets_a_code(), fresh=True) == "done"
    entry = first.writes("note", {"text": "while it was busy"})
    line.proxy.meets("/vault/", faults.status(503))
    assert first.syncs() == "later"
    assert first.waits_to_send() == {entry["id"]}
    line.proxy.works()
    first.lets_time_pass()
    assert first.syncs() == "done"
    assert first.waits_to_send() == set()


@pytest.mark.scenario(17)
def test_a_form_that_is_sent_twice_keeps_one_note(line: Line) -> None:
    person, journal = line.gets_ready(), Journal(line.person)
    journal.opens()
    person.browser.press("[data-journal-form=begin] label:has([name=region][value=neck])")
    person.waits_until_started()
    journal.sends_twice("begin", 20)
    journal.waits_for("flags")
    assert said(person) == [("begin", "neck")]


@pytest.mark.scenario(27)
def test_what_is_kept_in_a_private_window_goes_with_it(engines: Engines, lines: Lines) -> None:
    """Each engine is given a profile, where an ordinary window would keep all of it."""
    person = lines(engines.opens_privately()).gets_ready()
    journal = Journal(person)
    journal.opens()
    person.browser.press("[data-journal-form=begin] label:has([name=region][value=neck])")
    journal.keeps("begin")
    journal.waits_for("flags")
    person.visits("journal/")
    journal.waits_for("list")
    # It is said where it matters: that a browser may clear what it keeps.
    person.waits_for("[data-journal-passing]")
    add_note(person, SECRET)
    assert ("note", SECRET) in said(person)
    person.browser.close()
    assert holding(engines.folder, SECRET) == []
    person.browser.start()
    journal.opens()
    assert said(person) == []


def test_what_an_ordinary_window_keeps_is_found_in_its_profile(
    engines: Engines, lines: Lines
) -> None:
    """Else to find nothing of a private one would prove nothing."""
    if engines.kind == "webkit":
        pytest.skip("its own small browser keeps nothing once it is driven")
    person = lines(engines.opens()).gets_ready()
    Journal(person).opens()
    add_note(person, SECRET)
    person.browser.close()
    assert holding(engines.folder, SECRET)


def holding(folder: Path, text: str) -> list[Path]:
    """Return the files that hold the text, as letters of one byte or of two."""
    forms = (text.encode(), text.encode("utf-16-le"))
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if any(form in path.read_bytes() for form in forms)]
