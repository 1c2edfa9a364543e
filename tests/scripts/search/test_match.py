"""Words are found as people type them, the best first, in every language."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.scripts import Node, Script

MOST = 20

LETTERS = "abcxyzABCñÑéüßøıİœабвΑβأإآٱءابتةىيهوؤئلملكمकमर"
MARKS = "\u0301\u0308\u064b\u064e\u0651\u0640"
SPACES = " .،؟-'"
words = st.text(LETTERS, min_size=1, max_size=6)
texts = st.text(LETTERS + MARKS + SPACES, max_size=40)
triples = st.lists(st.tuples(texts, texts, texts), max_size=12)
often = settings(max_examples=200, deadline=None)


@pytest.fixture(scope="session")
def match(node: Node) -> Script:
    return node.load("search/match.js")


@pytest.fixture(scope="session")
def index(node: Node) -> Script:
    """What makes entries, which only a script can hold, and searches them."""
    return node.load(Path(__file__).with_name("index.mjs"))


CASES = {
    "capitals": ("Heat or ice", "HEAT", True),
    "a beginning": ("Walking", "walk", True),
    "not an end": ("Walking", "king", False),
    "every word": ("Heat or ice", "ice heat", True),
    "not one word alone": ("Heat or ice", "heat walking", False),
    "Spanish accents left out": ("Músculos de la región lumbar", "musculos region", True),
    "Spanish accents typed": ("El cuello esta rigido", "rígido", True),
    "a tilde": ("Señales de peligro", "senales", True),
    "the Arabic article left out": ("ألم الظهر", "ظهر", True),
    "the Arabic article typed": ("ألم في ظهر", "الظهر", True),
    "a joined Arabic preposition": ("المشي بالبيت وللظهر", "بيت", True),
    "to the back": ("تمارين للظهر", "الظهر", True),
    "Arabic vowel signs": ("اِمْشِ بِبُطْء", "امش ببطء", True),
    "a stretched Arabic word": ("الظهـــر", "الظهر", True),
    "forms of alef": ("إذا كان الألم", "اذا الم", True),
    "taa marbuta": ("الرقبة", "رقبه", True),
    "alef maqsura": ("المشى", "مشي", True),
    "hamza on its seat": ("دافئ", "دافي", True),
    "another Arabic word": ("الرقبة", "ظهر", False),
    "a plural": ("A pillow", "pillows", True),
    "a plural with es": ("Un tirón", "tirones", True),
    "no plural": ("Do less", "le", True),
    "not another end": ("Stress", "stressed", False),
    "an Arabic and": ("ألم وخدر", "خدر", True),
    "with, in Arabic": ("الم بساقك", "ساق", True),
    "not a letter of the word": ("كتاب", "اب", False),
    "Arabic digits": ("Call 112", "١١٢", True),
    "Persian digits": ("Call 112", "۱۱۲", True),
    "nothing": ("Heat", " . ", False),
}


@pytest.mark.parametrize(("text", "query", "is_found"), CASES.values(), ids=CASES)
def test_a_word_is_found_as_people_type_it(
    text: str, query: str, is_found: bool, match: Script, index: Script
) -> None:
    assert bool(index.found([("Page", "Part", text)], query, MOST)) == is_found
    pieces = match.marked(text, query)
    assert any(is_hit for _, is_hit in pieces) or not is_found


ERRORS = {
    "a wrong letter": ("ibuprofin", "IBUPROFEN"),
    "a letter left out": ("ibuproen", "IBUPROFEN"),
    "a letter too many": ("ibuproffen", "IBUPROFEN"),
    "two letters that changed places": ("ibuporfen", "IBUPROFEN"),
    "the first letter": ("obuprofen", "IBUPROFEN"),
    "the last letter left out": ("tortícoli", "TORTICOLI"),
    "two errors": ("ibbuprofin", "IBBUPROFIN"),
    "a short word": ("hezt", "HEZT"),
    "one of two words": ("walking ibuprofin", "WALKING IBUPROFEN"),
    "an Arabic word": ("ايبوبرفين", "ايبوبروفين"),
    "a word that is there": ("walked", "WALKED"),
}


@pytest.mark.parametrize(("typed", "meant"), ERRORS.values(), ids=ERRORS)
def test_a_typing_error_is_corrected(typed: str, meant: str, index: Script) -> None:
    text = "Heat. Ibuprofen. Walking, walked. Tortícolis. إيبوبروفين"
    assert index.meant(text, typed) == meant


@often
@given(word=st.text("abcdefgh", min_size=5, max_size=9), data=st.data())
def test_one_error_in_a_long_word_finds_it(index: Script, word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    typed = word[:at] + data.draw(st.sampled_from(["", "z", "z" + word[at]])) + word[at + 1 :]
    corrected = index.meant(word, typed)
    long_enough = len(typed) >= 5 or word.startswith(typed)
    assert bool(index.found([("", "", word)], corrected, MOST)) == long_enough


def test_words_that_lead_to_an_entry_find_it_and_are_not_marked(index: Script) -> None:
    for entry in (("Scans", "", ""), ("Scans", "What they show", ""), ("Scans", "A", "Discs.")):
        assert index.isFoundByLead(entry, "slipped MRI", "mri slip")
        assert not index.isFoundByLead(entry, "MRI", "tooth")


def test_a_whole_word_counts_more_than_a_beginning(index: Script) -> None:
    entries = [("A", "B", "a number"), ("A", "B", "numb"), ("Number", "", "")]
    assert index.found(entries, "numb", MOST) == [2, 1, 0]


def test_the_sentence_around_the_hit_is_shown(match: Script) -> None:
    text = "Keep it short. Use a cloth between. Stop if it burns."
    assert match.sentence(text, "cloth") == "Use a cloth between."
    assert match.sentence(text, "page") == "Keep it short."
    arabic = "هل يؤلمك؟ توقف الآن."
    assert match.sentence(arabic, "توقف") == "توقف الآن."


def test_a_title_counts_more_than_a_heading_and_that_more_than_a_text(index: Script) -> None:
    entries = [
        ("A", "B", "ice"),
        ("A", "Ice", ""),
        ("Ice", "", ""),
        ("A", "Ice", "none"),
        ("Ice", "B", "no"),
    ]
    assert index.found(entries, "ice", MOST) == [2, 1, 0]


@often
@given(text=texts)
def test_what_is_plain_stays_plain(match: Script, text: str) -> None:
    once = match.normalise(text)
    assert match.normalise(once) == once


@often
@given(around=st.tuples(texts, texts), word=words, data=st.data())
def test_every_beginning_of_a_word_finds_its_text(
    match: Script, index: Script, around: tuple[str, str], word: str, data: st.DataObject
) -> None:
    beginning = word[: data.draw(st.integers(1, len(word)))]
    text = f" {word} ".join(around)
    asked = match.words(beginning)
    assert index.found([("", "", text)], beginning, MOST) == ([0] if asked else [])


@often
@given(entries=triples, query=texts)
def test_what_is_found_holds_every_word_and_the_best_stand_first(
    match: Script, index: Script, entries: list[tuple[str, str, str]], query: str
) -> None:
    found = index.found(entries, query, 5)
    assert len(found) <= 5
    asked = match.words(query)
    for place in found:
        whole = " ".join(entries[place])
        for word in asked:
            assert any(is_hit for _, is_hit in match.marked(whole, word))
    levels = [2 if entries[place][2] else 1 if entries[place][1] else 0 for place in found]
    assert levels == sorted(levels)
    assert index.found(entries, match.normalise(query), 5) == found


@often
@given(text=texts, query=texts)
def test_marking_loses_no_letter(match: Script, text: str, query: str) -> None:
    pieces = match.marked(text, query)
    assert "".join(piece for piece, _ in pieces) == text
    assert match.sentence(text, query) in text
