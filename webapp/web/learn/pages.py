"""The list of articles and a page for each, for reading in quiet."""

from __future__ import annotations

from webapp.knowledge.model import Article, Knowledge
from webapp.release.pages import Page, Words
from webapp.web.learn import synonyms


def pages(knowledge: Knowledge) -> tuple[Page, ...]:
    """Return the list page, where one can search every page, and one page an article."""

    def context(words: Words) -> dict[str, object]:
        return {"synonyms": synonyms.of(knowledge, words.language.code)}

    return (
        Page("learn/", "learn/learn.html", context, deferred=True),
        *(_page(article) for article in knowledge.articles),
    )


def _page(article: Article) -> Page:
    values = {"article": article}
    return Page(f"learn/{article.id}/", "learn/article.html", lambda _: values, deferred=True)
