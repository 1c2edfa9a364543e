"""What is sealed opens in its own place, with its own code, as it was written; or not at all."""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.browsers import Chromium
from tests.support.vault_server import vault_server

often = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
ID = "0192f0c4-5b7e-7cc1-8f2a-000000000001"
HERE = {"vault": "0a" * 16, "name": "5f1c0b7a-94d2-8e33-a1b0-6c2d9e4f7081", "sequence": 7}
ELSEWHERE = [
    {**HERE, "vault": "0b" * 16},
    {**HERE, "name": "5f1c0b7a-94d2-8e33-a1b0-6c2d9e4f7082"},
    {**HERE, "sequence": 8},
]
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=700)


@pytest.fixture
def page(open_chromium: Chromium) -> Iterator[Chromium]:
    with vault_server() as server:
        open_chromium.console.clear()
        open_chromium.visit(server.url)
        open_chromium.run("""
            window.own = await import("/js/backup/sealing.js");
            window.codes = await import("/js/backup/recovery-code.js");
            window.mine = await codes.derive(codes.newCode().bytes);
            Object.assign(window, await own.makeHeader(mine.id, mine.wrapping));
            window.outcome = (work) => work.then(() => "open", (error) => error.constructor.name);
        """)
        yield open_chromium
        assert not open_chromium.console


def seal(page: Chromium, entry: object, place: object = HERE) -> list[int]:
    call = f"own.seal({{ key, ...{json.dumps(place)} }}, {json.dumps(entry)})"
    return list(page.run(f"return [...await {call}]"))


def unseal(page: Chromium, body: list[int], place: object = HERE) -> Any:
    """Return the entry, or the name of the error."""
    call = f"own.unseal({{ key, ...{json.dumps(place)} }}, Uint8Array.from({body}))"
    return page.run(f"return {call}.catch((error) => error.constructor.name)")


def opens(page: Chromium, header: str, whose: str = "mine") -> str:
    """Return what comes of opening the header, which is given as a script's expression."""
    call = f"own.openHeader({whose}.id, {whose}.wrapping, {header})"
    return str(page.run(f"return outcome({call})"))


def changed(**fields: object) -> str:
    """Return an expression for the header with other fields."""
    return f"""new TextEncoder().encode(JSON.stringify(
        {{ ...JSON.parse(new TextDecoder().decode(header)), ...{json.dumps(fields)} }}))"""


def test_the_code_opens_the_header_for_a_key_that_no_script_can_read(page: Chromium) -> None:
    sealed = seal(page, {"id": ID, "text": "again"})
    keys = page.run("""
        const first = key;
        window.key = await own.openHeader(mine.id, mine.wrapping, header);
        return Promise.all([first, key].map(async (one) => [
          one.extractable, await outcome(crypto.subtle.exportKey("raw", one)),
        ]));
    """)
    assert keys == [[False, "DOMException"]] * 2
    assert unseal(page, sealed) == {"id": ID, "text": "again"}
    assert page.run("return header.length") <= 2048


def test_another_code_is_told_apart_from_a_broken_header(page: Chromium) -> None:
    page.run("""
        const other = await codes.derive(codes.newCode().bytes);
        window.other = { ...other, id: mine.id };
        window.moved = { ...mine, id: other.id };
    """)
    assert opens(page, "header", "other") == "WrongCode"
    assert opens(page, "header", "moved") == "WrongCode"
    assert opens(page, "header.slice(0, -1)") == "Unreadable"
    assert opens(page, "new Uint8Array()") == "Unreadable"
    assert opens(page, "header") == "open"


@pytest.mark.parametrize(
    "iterations", [599_999, 1, 0, -600_000, 5_000_001, 10**12, 600_000.5, "600000", None]
)
def test_no_header_weakens_the_code_or_makes_a_phone_hang(
    page: Chromium, iterations: object
) -> None:
    derived = page.run(f"""
        let derived = 0;
        const derive = crypto.subtle.deriveKey;
        crypto.subtle.deriveKey = function (...all) {{
          derived += 1;
          return derive.apply(this, all);
        }};
        const said = await outcome(own.openHeader(mine.id, mine.wrapping,
            {changed(iterations=iterations)}));
        return [said, derived];
    """)
    assert derived == ["Unreadable", 0]


def test_a_header_may_ask_for_more_work_within_bounds_but_not_afterwards(page: Chromium) -> None:
    page.run("window.more = (await own.makeHeader(mine.id, mine.wrapping, 600001)).header")
    assert opens(page, "more") == "open"
    assert opens(page, changed(iterations=600_001)) == "WrongCode"
    assert opens(page, changed(version=2)) == "Unreadable"
    assert opens(page, changed(salt="")) == "Unreadable"
    assert opens(page, changed(padding="x" * 2048)) == "Unreadable"


def test_no_byte_of_a_header_can_be_changed_unnoticed(page: Chromium) -> None:
    size = page.run("return header.length")

    @settings(often, max_examples=15)
    @given(st.integers(0, size - 1), st.integers(1, 255))
    def refuse(place: int, flip: int) -> None:
        said = page.run(f"""
            const altered = header.slice();
            altered[{place}] ^= {flip};
            return outcome(own.openHeader(mine.id, mine.wrapping, altered));
        """)
        assert said in ("WrongCode", "Unreadable")

    refuse()


def test_every_entry_comes_back_as_it_was_and_its_length_tells_little(page: Chromium) -> None:
    @often
    @given(texts)
    def come_back(text: str) -> None:
        entry = {"id": ID, "data": {"text": text}}
        body = seal(page, entry)
        assert unseal(page, body) == entry
        # One byte for the version, 12 of chance, 16 that prove the rest.
        assert (len(body) - 29) % 256 == 0
        assert len(body) - 29 - len(json.dumps(entry, ensure_ascii=False).encode()) <= 256
        assert text.encode() not in bytes(body) or len(text) < 3

    come_back()


def test_the_same_entry_is_never_sealed_the_same_way_twice(page: Chromium) -> None:
    entry = {"id": ID, "data": {}}
    bodies = [bytes(seal(page, entry)) for _ in range(50)]
    assert len({body[1:13] for body in bodies}) == 50
    assert len({body[13:] for body in bodies}) == 50


def test_an_entry_opens_nowhere_else(page: Chromium) -> None:
    for place in ELSEWHERE:
        body = seal(page, {"id": ID, "data": {}}, place)
        assert unseal(page, body, place) == {"id": ID, "data": {}}
        assert unseal(page, body) == "Unreadable"


def test_what_has_no_id_is_no_entry(page: Chromium) -> None:
    for entry in ({"data": {}}, {"id": 7}, [], "text", None):
        assert unseal(page, seal(page, entry)) == "Unreadable"


def names_of(page: Chromium, ids: list[str], whose: str = "mine") -> list[str]:
    script = f"Promise.all({json.dumps(ids)}.map((id) => own.nameOf({whose}.names, id)))"
    return list(page.run(f"return {script}"))


def test_a_name_is_the_same_on_every_phone_with_the_code_and_no_other(page: Chromium) -> None:
    page.run("""
        const { bytes, words } = codes.newCode();
        window.first = await codes.derive(bytes);
        window.second = await codes.derive(codes.parseCode(words.join(" ")));
        window.other = await codes.derive(codes.newCode().bytes);
    """)
    ids = [f"0192f0c4-5b7e-7cc1-8f2a-{n:012x}" for n in range(200)]
    first, second, other = (names_of(page, ids, whose) for whose in ("first", "second", "other"))
    assert first == second
    assert len({*first, *other}) == 400


def test_a_name_is_the_ids_hmac_and_tells_no_time(page: Chromium) -> None:
    key = bytes(range(32))
    way = "{ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']"
    page.run(f"""
        const key = Uint8Array.from({list(key)});
        window.known = {{ names: await crypto.subtle.importKey("raw", key, {way}) }};
    """)
    ids = [f"0192f0c4-{n:04x}-7cc1-8f2a-000000000000" for n in range(300)]
    names = names_of(page, ids, "known")
    assert names != sorted(names)
    for one, name in zip(ids, names, strict=True):
        mark = bytearray(hmac.digest(key, one.encode(), hashlib.sha256)[:16])
        mark[6], mark[8] = mark[6] & 0x0F | 0x80, mark[8] & 0x3F | 0x80
        assert name == str(uuid.UUID(bytes=bytes(mark)))


def test_what_was_altered_or_cut_is_refused(page: Chromium) -> None:
    body = seal(page, {"id": ID, "data": {"text": "worse"}})

    @often
    @given(st.integers(0, len(body) - 1), st.integers(1, 255))
    def refuse(place: int, flip: int) -> None:
        altered = [byte ^ flip if n == place else byte for n, byte in enumerate(body)]
        assert unseal(page, altered) == "Unreadable"
        assert unseal(page, body[:place]) == "Unreadable"

    refuse()
    assert unseal(page, [*body, 0]) == "Unreadable"
    page.run("window.key = (await own.makeHeader(mine.id, mine.wrapping)).key")
    assert unseal(page, body) == "Unreadable"
