"""A recovery code is long, can be read aloud, and is not taken for another when it is mistyped."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import unicodedata

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.support.scripts import Script

often = settings(max_examples=200, deadline=None)

SYLLABLES = [a + b for a, b in itertools.product("bdfklmnrsty", "aui")]
WORDS = [
    first + second
    for first in SYLLABLES[:-1]
    for second in [other for other in SYLLABLES if other != first]
]
POWERS = [1]
for _ in range(13):
    POWERS.append(POWERS[-1] << 1 if POWERS[-1] < 512 else (POWERS[-1] << 1) ^ 0x409)


def product(factor: int, other: int) -> int:
    """Return the product in the field of 1,024 elements, the way it is done on paper."""
    whole = 0
    for bit in range(10):
        whole ^= (factor << bit) if other >> bit & 1 else 0
    for bit in range(19, 9, -1):
        whole ^= 0x409 << (bit - 10) if whole >> bit & 1 else 0
    return whole


def remainder(values: list[int]) -> int:
    """Return what fourteen words come to: nothing, if the last one is the one that fits."""
    total = 0
    for power, value in zip(reversed(POWERS), values, strict=True):
        total ^= product(power, value)
    return total


@st.composite
def codes(draw: st.DrawFn) -> list[str]:
    """A code by the second opinion: thirteen words of chance and the one that fits."""
    chosen = draw(st.lists(st.integers(0, 1023), min_size=13, max_size=13))
    # The power of the last word is 1: it is what the others come to.
    return [WORDS[value] for value in [*chosen, remainder([*chosen, 0])]]


def bytes_of(words: list[str]) -> bytes:
    bits = "".join(f"{WORDS.index(word):010b}" for word in words[:13])
    return int(bits, 2).to_bytes(17, "big")


def test_a_new_code_has_130_bits_of_chance_and_a_word_that_checks_them(recovery: Script) -> None:
    made = [recovery.newCode() for _ in range(300)]
    for code in made:
        assert len(code["words"]) == 14
        assert remainder([WORDS.index(word) for word in code["words"]]) == 0
        assert bytes_of(code["words"]) == code["bytes"]
    wholes = [int.from_bytes(code["bytes"], "big") for code in made]
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


def test_a_code_is_read_however_it_is_typed(recovery: Script) -> None:
    @often
    @given(ways_to_type())
    def read(typed: tuple[list[str], str]) -> None:
        words, text = typed
        assert recovery.parseCode(text) == bytes_of(words)

    read()


def test_a_code_is_read_as_it_may_have_been_heard(recovery: Script) -> None:
    heard = {"i": "e", "u": "o", "b": "pv", "k": "cqg", "s": "z", "y": "j"}

    @often
    @given(codes(), st.data())
    def read(words: list[str], data: st.DataObject) -> None:
        letters = [
            data.draw(st.sampled_from(letter + heard.get(letter, ""))) for letter in "".join(words)
        ]
        assert recovery.parseCode("".join(letters)) == bytes_of(words)

    read()


def test_one_wrong_word_is_always_found(recovery: Script) -> None:
    @often
    @given(codes(), st.integers(0, 13), st.sampled_from(WORDS))
    def find(words: list[str], turn: int, wrong: str) -> None:
        assume(words[turn] != wrong)
        words[turn] = wrong
        assert recovery.parseCode(" ".join(words)) is None

    find()


def test_two_words_that_changed_places_are_always_found(recovery: Script) -> None:
    @often
    @given(codes(), st.integers(0, 13), st.integers(0, 13))
    def find(words: list[str], here: int, there: int) -> None:
        assume(words[here] != words[there])
        words[here], words[there] = words[there], words[here]
        assert recovery.parseCode(" ".join(words)) is None

    find()


def test_what_is_no_code_is_none(recovery: Script) -> None:
    @often
    @given(st.text(max_size=80))
    def read(text: str) -> None:
        assert recovery.parseCode(text) is None

    read()
    code = recovery.newCode()["words"]
    assert recovery.parseCode(" ".join(code[:-1])) is None
    assert recovery.parseCode(" ".join([*code, code[0]])) is None


def test_the_words_that_are_in_no_code_are_named(recovery: Script) -> None:
    typed = "badu, xanu 3. KÉLO yiba baba-dunn mira"
    found = recovery.unknownWords(typed)
    assert found == ["xanu", "yiba", "baba", "dunn"]


def test_what_a_code_stands_for_agrees_with_the_second_opinion(
    recovery: Script, subtle: Script
) -> None:
    def expanded(code: bytes, purpose: str, length: int) -> str:
        key = hmac.digest(b"\0" * 32, code, hashlib.sha256)
        info = f"easeback.vault.1.{purpose}".encode()
        return hmac.digest(key, info + b"\1", hashlib.sha256)[:length].hex()

    @settings(often, max_examples=40)
    @given(codes())
    def agree(words: list[str]) -> None:
        code = bytes_of(words)
        keys = recovery.derive(code)
        assert keys["id"] == expanded(code, "id", 16)
        assert keys["token"] == expanded(code, "token", 32)
        assert subtle.about(keys["wrapping"]) == [False, "PBKDF2", "deriveKey"]
        assert subtle.about(keys["names"]) == [False, "HMAC", "sign"]
        naming = bytes.fromhex(expanded(code, "names", 32))
        mark = hmac.digest(naming, b"a name", hashlib.sha256)
        assert subtle.sign(keys["names"], b"a name") == mark

    agree()
