"""The articles' pages: each shows all that the article says, and every page leads to the list."""

from __future__ import annotations

from html import unescape

import pytest

from tests.support.proofread import Page, proofread
from tests.support.site import build
from webapp.knowledge.model import Article

BUILT = build()
ARTICLES = BUILT.knowledge.articles


def page(route: str) -> Page:
    return proofread(BUILT.release.page("en", route).decode())


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_a_page_says_all_that_the_article_says(article: Article) -> None:
    read = page(f"learn/{article.id}/")
    html = unescape(read.html)
    assert f"<h1>{article.title.english}</h1>" in html
    assert f">{article.intro.english}</p>" in html
    for section in article.sections:
        assert f'<h2 id="{section.id}">{section.title.english}</h2>' in html
    for statement in article.statements:
        assert f">{statement.text.english}</li>" in html
    assert html.count('<details class="sources">') == len(article.sections)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_a_page_leads_on(article: Article) -> None:
    references = page(f"learn/{article.id}/").references
    assert {f"/en/{place}" for place in (*article.see, "learn/")} <= references


def test_the_list_leads_to_every_article() -> None:
    read = page("learn/")
    html = unescape(read.html)
    for article in ARTICLES:
        assert f"/en/learn/{article.id}/" in read.references
        assert f">{article.title.english}</span>" in html
        assert f">{article.intro.english}</span>" in html


@pytest.mark.parametrize("route", ["", "now/", "about/"])
def test_other_pages_lead_to_the_list(route: str) -> None:
    assert "/en/learn/" in page(route).references
