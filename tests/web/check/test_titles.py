"""Every step and every result is called what its heading says, in every language."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.support import shown
from tests.support.site import build

SITE = build()
LANGUAGES = SITE.release.site.languages
ANSWERING = [*shown.steps(SITE), *shown.results(SITE)]


def first(pattern: str, html: str) -> str:
    """Return what the pattern's group first finds in a page, as a person reads it."""
    found = re.search(pattern, html, re.DOTALL)
    assert found
    return " ".join(unescape(re.sub("<[^>]*>", "", found[1])).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_is_the_heading_and_the_name_of_the_site(language: str) -> None:
    other = {}
    for one in ANSWERING:
        html = SITE.release.page(language, one.route, one.state).decode()
        title, heading = (
            first("<title[^>]*>(.*?)</title>", html),
            first("<h1[^>]*>(.*?)</h1>", html),
        )
        if title != f"{heading} · Easeback":
            other[one.name] = (title, heading)
    assert other == {}


def test_who_asks_for_somebody_else_reads_it_in_the_title() -> None:
    answers = {"for": "other", **shown.everything(SITE)}
    html = SITE.release.page("en", "check/", shown.State(answers, "region")).decode()
    assert first("<title[^>]*>(.*?)</title>", html).removesuffix(" · Easeback") == first(
        "<h1[^>]*>(.*?)</h1>", html
    )


def test_a_page_that_answers_a_form_begins_at_its_heading() -> None:
    lost = [
        one.name
        for one in ANSWERING
        if one.route != "heat-or-ice/"
        and one.name != "check: nothing"
        and "autofocus" not in first("<(h1[^>]*)>", _bare(one))
    ]
    assert lost == []


def test_a_page_that_was_only_opened_begins_at_its_top() -> None:
    for route in ("check/", "heat-or-ice/", "exercises/"):
        assert b"autofocus" not in SITE.release.page("en", route)


def _bare(one: shown.Shown) -> str:
    return SITE.release.page("en", one.route, one.state).decode()
