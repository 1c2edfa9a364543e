"""What is sealed opens in its own place, with its own code, as it was written; or not at all."""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.scripts import Held, Node, Script, ScriptFault

Place = dict[str, Any]

often = settings(max_examples=150, deadline=None)
ID = "0192f0c4-5b7e-7cc1-8f2a-000000000001"
HERE: Place = {"vault": "0a" * 16, "name": "5f1c0b7a-94d2-8e33-a1b0-6c2d9e4f7081", "sequence": 7}
ELSEWHERE = [
    {**HERE, "vault": "0b" * 16},
    {**HERE, "name": "5f1c0b7a-94d2-8e33-a1b0-6c2d9e4f7082"},
    {**HERE, "sequence": 8},
]
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=700)


@dataclass(frozen=True)
class Backup:
    """A backup as its phone holds it: what its code stands for, its header and its key."""

    id: str
    wrapping: Held
    names: Held
    header: bytes
    key: Held


@pytest.fixture(scope="session")
def sealing(node: Node) -> Script:
    return node.load("backup/sealing.js")


@pytest.fixture(scope="session")
def mine(sealing: Script, recovery: Script) -> Backup:
    return make(sealing, recovery)


def make(sealing: Script, recovery: Script) -> Backup:
    """Return a backup with a code of its own."""
    keys = recovery.derive(recovery.newCode()["bytes"])
    del keys["token"]
    return Backup(**keys, **sealing.makeHeader(keys["id"], keys["wrapping"]))


def outcome(call: Callable[..., Any], *values: object) -> Any:
    """Return what a call gives, or the name of what it throws."""
    try:
        return call(*values)
    except ScriptFault as fault:
        return fault.name


def opens(sealing: Script, backup: Backup, header: bytes) -> str:
    """Return what comes of opening a header: "open", or the name of what is thrown."""
    found = outcome(sealing.openHeader, backup.id, backup.wrapping, header)
    return "open" if isinstance(found, Held) else str(found)


def unseal(sealing: Script, key: Held, body: bytes, place: Place = HERE) -> Any:
    """Return the entry, or the name of what is thrown."""
    return outcome(sealing.unseal, {"key": key, **place}, body)


def seal(sealing: Script, key: Held, entry: object, place: Place = HERE) -> bytes:
    return bytes(sealing.seal({"key": key, **place}, entry))


def changed(header: bytes, **fields: object) -> bytes:
    """Return a header with other fields."""
    return json.dumps({**json.loads(header), **fields}).encode()


def test_the_code_opens_the_header_for_a_key_that_no_script_can_read(
    sealing: Script, subtle: Script, mine: Backup
) -> None:
    body = seal(sealing, mine.key, {"id": ID, "text": "again"})
    opened = sealing.openHeader(mine.id, mine.wrapping, mine.header)
    for key in (mine.key, opened):
        assert subtle.about(key)[0] is False
        assert outcome(subtle.raw, key) == "DOMException"
    assert unseal(sealing, opened, body) == {"id": ID, "text": "again"}
    assert len(mine.header) <= 2048


def test_another_code_is_told_apart_from_a_broken_header(
    sealing: Script, recovery: Script, mine: Backup
) -> None:
    stranger = make(sealing, recovery)
    assert opens(sealing, replace(stranger, id=mine.id), mine.header) == "WrongCode"
    assert opens(sealing, replace(mine, id=stranger.id), mine.header) == "WrongCode"
    assert opens(sealing, mine, mine.header[:-1]) == "Unreadable"
    assert opens(sealing, mine, b"") == "Unreadable"
    assert opens(sealing, mine, mine.header) == "open"


@pytest.mark.parametrize(
    "iterations", [599_999, 1, 0, -600_000, 1_000_001, 10**12, 600_000.5, "600000", None]
)
def test_no_header_weakens_the_code_or_makes_a_phone_hang(
    sealing: Script, subtle: Script, mine: Backup, iterations: object
) -> None:
    subtle.countDerivations()
    header = changed(mine.header, iterations=iterations)
    assert opens(sealing, mine, header) == "Unreadable"
    assert subtle.derivations() == 0
    assert opens(sealing, mine, mine.header) == "open"
    assert subtle.derivations() == 1  # it does count


def test_a_header_may_ask_for_more_work_within_bounds_but_not_afterwards(
    sealing: Script, mine: Backup
) -> None:
    more = sealing.makeHeader(mine.id, mine.wrapping, 600_001)["header"]
    assert opens(sealing, mine, more) == "open"
    assert opens(sealing, mine, changed(mine.header, iterations=600_001)) == "WrongCode"
    assert opens(sealing, mine, changed(mine.header, version=2)) == "Unreadable"
    assert opens(sealing, mine, changed(mine.header, salt="")) == "Unreadable"
    assert opens(sealing, mine, changed(mine.header, padding="x" * 2048)) == "Unreadable"


def test_no_byte_of_a_header_can_be_changed_unnoticed(sealing: Script, mine: Backup) -> None:
    @settings(often, max_examples=30)
    @given(st.integers(0, len(mine.header) - 1), st.integers(1, 255))
    def refuse(at: int, flip: int) -> None:
        assert opens(sealing, mine, flipped(mine.header, at, flip)) in ("WrongCode", "Unreadable")

    refuse()


def flipped(whole: bytes, at: int, flip: int) -> bytes:
    return whole[:at] + bytes([whole[at] ^ flip]) + whole[at + 1 :]


def test_every_entry_comes_back_as_it_was_and_its_length_tells_little(
    sealing: Script, mine: Backup
) -> None:
    @often
    @given(texts)
    def come_back(text: str) -> None:
        entry = {"id": ID, "data": {"text": text}}
        body = seal(sealing, mine.key, entry)
        assert unseal(sealing, mine.key, body) == entry
        # One byte for the version, 12 of chance, 16 that prove the rest.
        assert (len(body) - 29) % 256 == 0
        assert len(body) - 29 - len(json.dumps(entry, ensure_ascii=False).encode()) <= 256
        assert text.encode() not in body or len(text) < 3

    come_back()


def test_the_same_entry_is_never_sealed_the_same_way_twice(sealing: Script, mine: Backup) -> None:
    entry = {"id": ID, "data": {}}
    bodies = [seal(sealing, mine.key, entry) for _ in range(50)]
    assert len({body[1:13] for body in bodies}) == 50
    assert len({body[13:] for body in bodies}) == 50


def test_an_entry_opens_nowhere_else(sealing: Script, mine: Backup) -> None:
    for place in ELSEWHERE:
        body = seal(sealing, mine.key, {"id": ID, "data": {}}, place)
        assert unseal(sealing, mine.key, body, place) == {"id": ID, "data": {}}
        assert unseal(sealing, mine.key, body) == "Unreadable"


@pytest.mark.parametrize("entry", [{"data": {}}, {"id": 7}, [], "text", None], ids=str)
def test_what_has_no_id_is_no_entry(sealing: Script, mine: Backup, entry: object) -> None:
    assert unseal(sealing, mine.key, seal(sealing, mine.key, entry)) == "Unreadable"


def test_a_name_is_the_same_on_every_phone_with_the_code_and_no_other(
    sealing: Script, recovery: Script
) -> None:
    code = recovery.newCode()
    again = recovery.parseCode(" ".join(code["words"]))
    codes = (code["bytes"], again, recovery.newCode()["bytes"])
    keys = [recovery.derive(code)["names"] for code in codes]
    ids = [f"0192f0c4-5b7e-7cc1-8f2a-{n:012x}" for n in range(200)]
    first, second, other = ([sealing.nameOf(key, id_) for id_ in ids] for key in keys)
    assert first == second
    assert len({*first, *other}) == 400


def test_a_name_is_the_ids_hmac_and_tells_no_time(sealing: Script, subtle: Script) -> None:
    key = bytes(range(32))
    names = subtle.hmacKey(key)
    ids = [f"0192f0c4-{n:04x}-7cc1-8f2a-000000000000" for n in range(300)]
    named = [sealing.nameOf(names, id_) for id_ in ids]
    assert named != sorted(named)
    for id_, name in zip(ids, named, strict=True):
        mark = bytearray(hmac.digest(key, id_.encode(), hashlib.sha256)[:16])
        mark[6], mark[8] = mark[6] & 0x0F | 0x80, mark[8] & 0x3F | 0x80
        assert name == str(uuid.UUID(bytes=bytes(mark)))


def test_what_was_altered_or_cut_is_refused(
    sealing: Script, recovery: Script, mine: Backup
) -> None:
    body = seal(sealing, mine.key, {"id": ID, "data": {"text": "worse"}})

    @often
    @given(st.integers(0, len(body) - 1), st.integers(1, 255))
    def refuse(at: int, flip: int) -> None:
        assert unseal(sealing, mine.key, flipped(body, at, flip)) == "Unreadable"
        assert unseal(sealing, mine.key, body[:at]) == "Unreadable"

    refuse()
    assert unseal(sealing, mine.key, body + b"\0") == "Unreadable"
    assert unseal(sealing, make(sealing, recovery).key, body) == "Unreadable"
