from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import packed
from webapp.release.letters import letters
from webapp.release.templates import HOLE, HoleInText, Templates

CODES = ("en", "ar")
WORDS = st.text(st.sampled_from('abc <>"/=\n'), max_size=20)
ROWS = st.lists(st.tuples(WORDS, WORDS), max_size=8)


def filled(kept: Templates, column: int) -> list[str]:
    """Return every fragment in one language, by templates and strings alone."""
    part = {"templates": kept.templates, "fragments": letters(kept.fragments)}
    return packed.fragments(part, [text[column] for text in kept.strings], CODES[column])


def made(*rows: tuple[str, str]) -> Templates:
    kept = Templates(CODES)
    for row in rows:
        kept.add(row)
    return kept


@given(ROWS)
def test_whatever_is_taken_apart_is_put_together_again(rows: list[tuple[str, str]]) -> None:
    kept = made(*rows)
    for column in range(len(CODES)):
        assert filled(kept, column) == [row[column] for row in rows]


@given(ROWS, ROWS)
def test_what_is_there_from_before_is_not_kept_again(
    first: list[tuple[str, str]], rows: list[tuple[str, str]]
) -> None:
    before = made(*first).strings
    kept = Templates(CODES, before=before)
    for row in rows:
        kept.add(row)
    assert not set(kept.strings) & set(before)
    for column, code in enumerate(CODES):
        part = {"templates": kept.templates, "fragments": letters(kept.fragments)}
        own, known = ([text[column] for text in texts] for texts in (kept.strings, before))
        fragments = packed.fragments(part, own, code, known)
        assert fragments == [row[column] for row in rows]


@given(ROWS)
def test_no_template_and_no_string_is_kept_twice(rows: list[tuple[str, str]]) -> None:
    kept = made(*rows, *rows)
    assert len(set(kept.templates)) == len(kept.templates)
    assert len(set(kept.strings)) == len(kept.strings)


def test_markup_that_is_alike_is_one_template() -> None:
    kept = made(
        ("<li>Rest</li>", "<li>\u0627\u0633\u062a\u0631\u062d</li>"),
        ("<li>Go</li>", "<li>\u0627\u0645\u0634</li>"),
    )
    assert kept.templates == [f"<li>{HOLE}</li>"]
    assert kept.fragments == [0, 0, 1, 0]


def test_the_code_of_the_language_is_no_text() -> None:
    row = tuple(f'<a href="/{code}/now/" lang="{code}">Easeback</a>' for code in CODES)
    kept = made(row)
    assert kept.strings == []
    assert filled(kept, 1) == [row[1]]


def test_a_text_that_recurs_is_named_by_its_number() -> None:
    kept = made(
        ("<p>Yes", "<p>\u0646\u0639\u0645"),
        ("<b>No", "<b>\u0644\u0627"),
        ("<i>Yes", "<i>\u0646\u0639\u0645"),
    )
    assert kept.fragments == [0, 0, 0, 0, 0, 1]


def test_markup_that_differs_between_languages_is_kept_whole() -> None:
    kept = made(("<p>one", "<p><b>two"))
    assert kept.templates == [HOLE]
    assert kept.strings == [("<p>one", "<p><b>two")]


def test_a_text_with_the_mark_of_a_hole_is_refused_by_name() -> None:
    with pytest.raises(HoleInText, match="must not hold"):
        made(("a\x7fb", "c"))
