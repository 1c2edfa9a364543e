"""A recovery code is long, can be read aloud, and is not taken for another when it is mistyped."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.support.browsers import Chromium
from tests.support.vault_server import vault_server

often = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

SYLLABLES = [a + b for a, b in itertools.product("bdfklmnrsty", "aui")]
WORDS = [
    first + second
    for first in SYLLABLES[:-1]
    for second in [one for one in SYLLABLES if one != first]
]
POWERS = [1]
for _ in range(13):
    POWERS.append(POWERS[-1] << 1 if POWERS[-1] < 512 else (POWERS[-1] << 1) ^ 0x409)


def product(one: int, other: int) -> int:
    """Return the product in the field of 1,024 elements, the way it is done on paper."""
    whole = 0
    for bit in range(10):
        whole ^= (one << bit) if other >> bit & 1 else 0
    for bit in range(19, 9, -1):
        whole ^= 0x409 << (bit - 10) if whole >> bit & 1 else 0
    return whole


def is_right(values: list[int]) -> bool:
    total = 0
    for power, value in zip(reversed(POWERS), values, strict=True):
        total ^= product(power, value)
    return total == 0


@st.composite
def codes(draw: st.DrawFn) -> list[str]:
    """A code by the second opinion: thirteen words of chance and the one that fits."""
    chosen = draw(st.lists(st.integers(0, 1023), min_size=13, max_size=13))
    check = next(value for value in range(1024) if is_right([*chosen, value]))
    return [WORDS[value] for value in [*chosen, check]]


@pytest.fixture
def page(open_chromium: Chromium) -> Iterator[Chromium]:
    with vault_server() as server:
        open_chromium.console.clear()
        open_chromium.visit(server.url)
        open_chromium.run("window.own = await import('/js/backup/recovery-code.js')")
        yield open_chromium
        assert not open_chromium.console


def parsed(page: Chromium, text: str) -> list[int] | None:
    found = page.run(f"const found = own.parseCode({json.dumps(text)}); return found && [...found]")
    return None if found is None else list(found)


def bytes_of(words: list[str]) -> list[int]:
    bits = "".join(f"{WORDS.index(word):010b}" for word in words[:13])
    return list(int(bits, 2).to_bytes(17, "big"))


def test_a_new_code_has_130_bits_of_chance_and_a_word_that_checks_them(page: Chromium) -> None:
    made = page.run("""
        const codes = Array.from({ length: 300 }, () => own.newCode());
        return codes.map(({ words, bytes }) => ({ words, bytes: [...bytes] }));
    """)
    for code in made:
        assert len(code["words"]) == 14
        assert is_right([WORDS.index(word) for word in code["words"]])
        assert bytes_of(code["words"]) == code["bytes"]
    wholes = [int.from_bytes(bytes(code["bytes"]), "big") for code in made]
    for bit in range(130):
        # Out of 300 throws of a coin; further from the middle once in 10 billion.
        assert 90 < sum(whole >> bit & 1 for whole in wholes) < 210, bit
    assert max(wholes) < 2**130


@st.composite
def ways_to_type(draw: st.DrawFn) -> tuple[list[str], str]:
    words = draw(codes())
    marks = st.sampled_from(["", "\u0301", "\u0308", "\u0304"])
    cases = st.sampled_from([str.lower, str.upper, str.title])
    spaces = st.sampled_from(["", " ", "-", "\n", " – ", ", ", " 7. ", "\u00a0"])
    typed = [
        draw(spaces) + "".join(letter + draw(marks) for letter in draw(cases)(word))
        for word in words
    ]
    form = draw(st.sampled_from(["NFC", "NFD", "NFKC"]))
    return words, unicodedata.normalize(form, "".join(typed) + draw(spaces))  # type: ignore[arg-type]


def test_a_code_is_read_however_it_is_typed(page: Chromium) -> None:
    @often
    @given(ways_to_type())
    def read(typed: tuple[list[str], str]) -> None:
        words, text = typed
        assert parsed(page, text) == bytes_of(words)

    read()


def test_a_code_is_read_as_it_may_have_been_heard(page: Chromium) -> None:
    heard = {"i": "e", "u": "o", "b": "pv", "k": "cqg", "s": "z", "y": "j"}

    @often
    @given(codes(), st.data())
    def read(words: list[str], data: st.DataObject) -> None:
        letters = [
            data.draw(st.sampled_from(letter + heard.get(letter, ""))) for letter in "".join(words)
        ]
        assert parsed(page, "".join(letters)) == bytes_of(words)

    read()


def test_one_wrong_word_is_always_found(page: Chromium) -> None:
    @often
    @given(codes(), st.integers(0, 13), st.sampled_from(WORDS))
    def find(words: list[str], place: int, wrong: str) -> None:
        assume(words[place] != wrong)
        words[place] = wrong
        assert parsed(page, " ".join(words)) is None

    find()


def test_two_words_that_changed_places_are_always_found(page: Chromium) -> None:
    @often
    @given(codes(), st.integers(0, 13), st.integers(0, 13))
    def find(words: list[str], one: int, other: int) -> None:
        assume(words[one] != words[other])
        words[one], words[other] = words[other], words[one]
        assert parsed(page, " ".join(words)) is None

    find()


def test_what_is_no_code_is_none(page: Chromium) -> None:
    @often
    @given(st.text(max_size=80))
    def read(text: str) -> None:
        assert parsed(page, text) is None

    read()
    code = page.run("return own.newCode().words")
    assert parsed(page, " ".join(code[:-1])) is None
    assert parsed(page, " ".join([*code, code[0]])) is None


def test_the_words_that_are_in_no_code_are_named(page: Chromium) -> None:
    typed = "badu, xanu 3. KÉLO yiba baba-dunn mira"
    found = page.run(f"return own.strangers({json.dumps(typed)})")
    assert found == ["xanu", "yiba", "baba", "dunn"]


def test_what_a_code_stands_for_agrees_with_the_second_opinion(page: Chromium) -> None:
    def expanded(code: bytes, purpose: str, length: int) -> str:
        key = hmac.digest(b"\0" * 32, code, hashlib.sha256)
        info = f"easeback.vault.1.{purpose}".encode()
        return hmac.digest(key, info + b"\1", hashlib.sha256)[:length].hex()

    @settings(often, max_examples=20)
    @given(codes())
    def agree(words: list[str]) -> None:
        code = bytes(bytes_of(words))
        got: dict[str, Any] = page.run(f"""
            const {{ id, token, ...keys }} = await own.derive(Uint8Array.from({list(code)}));
            const told = ({{ extractable, algorithm, usages }}) =>
                [extractable, algorithm.name, ...usages];
            const mark = await crypto.subtle.sign("HMAC", keys.names, new Uint8Array(3));
            const [key, names] = [keys.wrapping, keys.names].map(told);
            return {{ id, token, key, names, mark: [...new Uint8Array(mark)] }};
        """)
        assert got["id"] == expanded(code, "id", 16)
        assert got["token"] == expanded(code, "token", 32)
        assert got["key"] == [False, "PBKDF2", "deriveKey"]
        assert got["names"] == [False, "HMAC", "sign"]
        naming = bytes.fromhex(expanded(code, "names", 32))
        assert bytes(got["mark"]) == hmac.digest(naming, bytes(3), hashlib.sha256)

    agree()
