"""No text of any language, clinical or of the interface, says what must never be said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.pofile import read_po

from tests.support.known import known
from tests.support.wording import ENGLISH, NEVER_SAID, plain, says
from webapp.i18n import catalogues
from webapp.i18n.locales import LANGUAGES

VOWEL_SIGN = re.compile("[\u064b-\u0652]")
MARKED = "رِجل"
"""The one word that keeps its sign, so that nobody reads "man" for "leg"."""
TO_A_FRIEND = re.compile(
    r"\b(?:tú|tus?|ti|contigo|estás|eres|tienes|puedes|debes|quieres|habías|haz|ponte|acuéstate"
    r"|siéntate|escríbelo|acórtalo|guárdalo|ábrelo)\b",
    re.IGNORECASE,
)
"""Words by which Spanish speaks to a friend; what they may mean besides stands in no text."""
PATTERNS = [(code, meaning) for code, patterns in NEVER_SAID.items() for meaning in patterns]


@cache
def texts(code: str) -> tuple[tuple[str, str], ...]:
    """Return every text of a language, each after its content id or its English."""
    return tuple(_english() if code == "en" else _translated(code))


def _english() -> Iterator[tuple[str, str]]:
    yield from ((text.id, text.english) for text in known().texts)
    interface = catalogues.template("interface")
    yield from ((str(message.id), str(message.id)) for message in interface if message.id)


def _translated(code: str) -> Iterator[tuple[str, str]]:
    for domain in catalogues.DOMAINS:
        path = catalogues.TRANSLATIONS / code / "LC_MESSAGES" / f"{domain}.po"
        with path.open("rb") as file:
            for message in read_po(file, locale=code):
                if message.id and message.string:
                    yield str(message.context or message.id), str(message.string)


@pytest.mark.parametrize(("code", "meaning"), PATTERNS)
def test_no_text_says_what_must_never_be_said(code: str, meaning: str) -> None:
    pattern, _ = NEVER_SAID[code][meaning]
    assert len(texts(code)) > 100
    assert not [found for found in texts(code) if says(pattern, found[1])]


@pytest.mark.parametrize(("code", "meaning"), PATTERNS)
def test_a_pattern_catches_what_it_is_for(code: str, meaning: str) -> None:
    pattern, examples = NEVER_SAID[code][meaning]
    assert examples
    assert not [example for example in examples if not says(pattern, example)]
    assert pattern == plain(pattern), "an accent that no plain text has"


def test_every_language_forbids_the_same() -> None:
    assert set(NEVER_SAID) == {language.code for language in LANGUAGES}
    for patterns in NEVER_SAID.values():
        assert set(patterns) == set(ENGLISH)


def test_plain_text_has_no_accents_vowel_signs_or_stretched_letters() -> None:
    assert plain("Él no está SEGURO") == "el no esta seguro"
    assert plain("آمِـن وَأكيد") == "امن واكيد"


def test_arabic_has_no_vowel_signs_but_in_one_word() -> None:
    texts_ = [(found, text.replace(MARKED, "")) for found, text in texts("ar")]
    assert not [found for found, text in texts_ if VOWEL_SIGN.search(text)]
    assert VOWEL_SIGN.search("يومًا")


def test_spanish_says_usted_to_everybody() -> None:
    assert not [found for found, text in texts("es") if TO_A_FRIEND.search(text)]
    assert TO_A_FRIEND.search("Está en tu diario.")
