"""Everyday words lead to places that are there, and no page shows them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.proofread import proofread
from tests.support.site import build
from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Synonyms
from webapp.web.learn import synonyms

BUILT = build()
SITE = BUILT.release.site


@pytest.mark.parametrize("to", ["nowhere/", "now/#nowhere", "/now/", "learn/medicines"])
def test_a_place_that_there_is_not_is_refused(to: str) -> None:
    knowledge = replace(BUILT.knowledge, synonyms=(Synonyms(to=to, words={"en": ("x",)}),))
    with pytest.raises(KnowledgeError) as caught:
        synonyms.check(knowledge, SITE.programs, SITE.fragments)
    assert (caught.value.file, caught.value.key) == ("search-words.yaml", to)


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="no words in 'xx'"):
        synonyms.of(BUILT.knowledge, "xx")


def test_a_word_is_there_once_and_no_beginning_of_another() -> None:
    words = ("Slipped disc", "slipped disk", "disc", "slip", "MRI")
    knowledge = replace(BUILT.knowledge, synonyms=(Synonyms(to="now/", words={"en": words}),))
    assert synonyms.of(knowledge, "en") == [("now/", "slipped disc disk mri")]


@pytest.mark.parametrize("code", SITE.languages)
def test_only_the_search_holds_them_and_in_attributes(code: str) -> None:
    read = proofread(BUILT.release.page(code, "learn/").decode())
    held = {a["data-search-to"]: a for _, a in read.elements if "data-search-to" in a}
    assert set(held) == {entry.to for entry in BUILT.knowledge.synonyms}
    assert all("hidden" in attributes for attributes in held.values())
    others = (route for route in SITE.pages if route != "learn/")
    texts = [BUILT.release.page(code, r) for r in others if not SITE.pages[r].answers]
    assert not [text for text in texts if b"data-search-words" in text]
