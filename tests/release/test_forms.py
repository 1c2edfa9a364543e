from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import packed
from webapp.release.forms import HOLE, Forms, HoleInText

CODES = ("en", "ar")
WORDS = st.text(st.sampled_from('abc <>"/=\n'), max_size=20)
ROWS = st.lists(st.tuples(WORDS, WORDS), max_size=8)


def filled(forms: Forms, column: int) -> list[str]:
    """Return every fragment in one language, by forms and texts alone."""
    shelf = {"forms": forms.forms, "rows": forms.rows}
    return packed.fragments(shelf, [text[column] for text in forms.texts], CODES[column])


def made(*rows: tuple[str, str]) -> Forms:
    forms = Forms(CODES)
    for row in rows:
        forms.add(row)
    return forms


@given(ROWS)
def test_whatever_is_taken_apart_is_put_together_again(rows: list[tuple[str, str]]) -> None:
    forms = made(*rows)
    for column in range(len(CODES)):
        assert filled(forms, column) == [row[column] for row in rows]


@given(ROWS, ROWS)
def test_what_is_there_from_before_is_not_kept_again(
    first: list[tuple[str, str]], rows: list[tuple[str, str]]
) -> None:
    before = made(*first).texts
    forms = Forms(CODES, before=before)
    for row in rows:
        forms.add(row)
    assert not set(forms.texts) & set(before)
    for column, code in enumerate(CODES):
        shelf = {"forms": forms.forms, "rows": forms.rows}
        own, known = ([text[column] for text in texts] for texts in (forms.texts, before))
        fragments = packed.fragments(shelf, own, code, known)
        assert fragments == [row[column] for row in rows]


@given(ROWS)
def test_no_form_and_no_text_is_kept_twice(rows: list[tuple[str, str]]) -> None:
    forms = made(*rows, *rows)
    assert len(set(forms.forms)) == len(forms.forms)
    assert len(set(forms.texts)) == len(forms.texts)


def test_markup_that_is_alike_is_one_form() -> None:
    forms = made(
        ("<li>Rest</li>", "<li>\u0627\u0633\u062a\u0631\u062d</li>"),
        ("<li>Go</li>", "<li>\u0627\u0645\u0634</li>"),
    )
    assert forms.forms == [f"<li>{HOLE}</li>"]
    assert forms.rows == [0, 0, 1, 0]


def test_the_code_of_the_language_is_no_text() -> None:
    row = tuple(f'<a href="/{code}/now/" lang="{code}">Easeback</a>' for code in CODES)
    forms = made(row)
    assert forms.texts == []
    assert filled(forms, 1) == [row[1]]


def test_a_text_that_recurs_is_named_by_its_number() -> None:
    forms = made(
        ("<p>Yes", "<p>\u0646\u0639\u0645"),
        ("<b>No", "<b>\u0644\u0627"),
        ("<i>Yes", "<i>\u0646\u0639\u0645"),
    )
    assert forms.rows == [0, 0, 0, 0, 0, 1]


def test_markup_that_differs_between_languages_is_kept_whole() -> None:
    forms = made(("<p>one", "<p><b>two"))
    assert forms.forms == [HOLE]
    assert forms.texts == [("<p>one", "<p><b>two")]


def test_a_text_with_the_mark_of_a_hole_is_refused_by_name() -> None:
    with pytest.raises(HoleInText, match="must not hold"):
        made(("a\x7fb", "c"))
