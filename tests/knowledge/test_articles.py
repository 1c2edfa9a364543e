"""The articles: whole, sourced, short, and honest where sources disagree."""

from __future__ import annotations

import pytest

from tests.knowledge.data_folder import Change, DataFolder, put, repeat, take
from webapp.knowledge.model import Knowledge

ABOUT_SPASMS = ("articles", "what-is-a-spasm")
SIGNS = (*ABOUT_SPASMS, "sections", "spasm-signs")
FAULTS = {
    "an article twice": (repeat("articles"), "what-is-a-spasm", "used twice"),
    "a section twice": (repeat(*ABOUT_SPASMS, "sections"), "spasm-signs", "used twice"),
    "a statement twice": (repeat(*SIGNS, "statements"), "spasm-is", "used twice"),
    "the id of another file": (
        put(*SIGNS, "statements", 0, "id", value="saddle"),
        "saddle",
        "used twice",
    ),
    "an article that is empty": (
        put(*ABOUT_SPASMS, "sections", value=[]),
        "what-is-a-spasm",
        "no section",
    ),
    "a section that is empty": (put(*SIGNS, "statements", value=[]), "spasm-signs", "says nothing"),
    "a title that is empty": (
        put(*ABOUT_SPASMS, "title", value=" "),
        "what-is-a-spasm",
        "no words",
    ),
    "no introduction": (take(*ABOUT_SPASMS, "intro"), "what-is-a-spasm", "`intro`"),
    "a source that there is not": (
        put(*SIGNS, "statements", 0, "sources", value=["NOBODY"]),
        "spasm-is",
        "NOBODY",
    ),
    "no source": (put(*SIGNS, "statements", 0, "sources", value=[]), "spasm-is", "no source"),
    "a drawing that there is not": (
        put(*ABOUT_SPASMS, "picture", value="nowhere"),
        "what-is-a-spasm",
        "'nowhere', which is not in poses.yaml",
    ),
    "a page that there is not": (
        put(*ABOUT_SPASMS, "see", value=["nowhere/"]),
        "what-is-a-spasm.see",
        "'nowhere/'",
    ),
    "a key that there is not": (
        put(*ABOUT_SPASMS, "colour", value="red"),
        "what-is-a-spasm",
        "unknown field `colour`",
    ),
}


@pytest.mark.parametrize(("change", "key", "problem"), FAULTS.values(), ids=FAULTS)
def test_an_article_with_a_fault_is_refused(
    change: Change, key: str, problem: str, data: DataFolder
) -> None:
    data.edit("learn.yaml", change)
    fault = data.refusal()
    assert key in str(fault)
    assert problem in fault.problem


@pytest.mark.parametrize(
    "article",
    [
        *("what-is-a-spasm", "muscles-and-regions", "why-it-happens", "heat-and-cold-evidence"),
        *("moving-and-rest", "medicines", "balms", "massage", "rollers", "supports"),
        *("supplements-and-drinks", "scans", "what-to-expect", "who-to-see", "whom-to-see"),
        *("in-pregnancy", "low-and-period", "which-medicine", "coming-back", "exercise-evidence"),
    ],
)
def test_the_article_is_there_and_short(article: str, knowledge: Knowledge) -> None:
    (found,) = [candidate for candidate in knowledge.articles if candidate.id == article]
    assert 2 < len(found.statements) < 25
    assert all(len(statement.text.english.split()) <= 35 for statement in found.statements)


@pytest.mark.parametrize(
    ("article", "sources"),
    [
        ("heat-and-cold-evidence", {"FRE06", "SEED4", "FPN-H", "NAD02", "NAD03", "BURN"}),
        ("medicines", {"NG59B", "HW-SP"}),
        ("massage", {"NG59", "ACP17"}),
        ("who-to-see", {"NHS-BP", "DOW13", "CESCARD"}),
        ("exercise-evidence", {"LAN18", "IJZ23", "LON04", "ALM23"}),
    ],
)
def test_an_article_shows_where_good_sources_disagree(
    article: str, sources: set[str], knowledge: Knowledge
) -> None:
    (found,) = [candidate for candidate in knowledge.articles if candidate.id == article]
    (section,) = [section for section in found.sections if "not agree" in section.title.english]
    assert sources <= {name for statement in section.statements for name in statement.sources}


def test_what_an_article_says_is_translated_and_counted_as_sourced(knowledge: Knowledge) -> None:
    texts = set(knowledge.texts)
    for article in knowledge.articles:
        assert {article.title, article.intro} <= texts
        assert {section.title for section in article.sections} <= texts
        assert {statement.text for statement in article.statements} <= texts
        assert set(article.statements) <= set(knowledge.sourced)


def test_no_statement_of_an_article_says_again_what_another_page_says(
    knowledge: Knowledge,
) -> None:
    said = [text.english.casefold() for text in knowledge.texts]
    told = {
        statement.text.english for article in knowledge.articles for statement in article.statements
    }
    assert not [text for text in told if said.count(text.casefold()) > 1]
