"""The about page: every hazard, and where we say what guidelines recommend."""

from __future__ import annotations

import pytest

from tests.support.proofread import Page, proofread
from tests.support.site import build
from webapp.knowledge.model import Coverage, Hazard

BUILT = build()
SITE = BUILT.release.site
KNOWN = BUILT.knowledge
GUIDELINES = {
    *("NG59", "NG59B", "ACP17", "WHO23", "LAN18", "NHS-BP", "GPN", "KEELE"),
    *("IFO20", "ETG", "CESCARD", "GIRFT", "CSP24", "NG249", "MHRA23"),
}
"""The guidelines and frameworks on back pain from which the digest quotes a recommendation."""


def page(code: str, route: str) -> Page:
    return proofread(BUILT.release.page(code, route).decode())


def places(code: str) -> dict[str, list[str]]:
    """Return the pages that the table leads to, by the place it leads to on them."""
    table = page(code, "about/").html.partition("<table")[2].partition("</table>")[0]
    found: dict[str, list[str]] = {}
    for link in proofread(table).all("a"):
        path, _, place = link["href"].partition("#")
        found.setdefault(place, []).append(path.removeprefix(f"/{code}/") or "about/")
    return found


@pytest.mark.parametrize("code", SITE.languages)
@pytest.mark.parametrize("row", KNOWN.coverage, ids=lambda row: row.id)
def test_what_guidelines_recommend_is_said_where_the_table_leads(row: Coverage, code: str) -> None:
    (route,) = set(places(code)[row.said_at])
    (place,) = [a for _, a in page(code, route).elements if a.get("id") == row.said_at]
    said = KNOWN.sections.get(row.said_at)
    assert said is not None or "statement" in place["class"]


@pytest.mark.parametrize("row", KNOWN.coverage, ids=lambda row: row.id)
def test_the_table_names_the_recommendation_and_its_sources(row: Coverage) -> None:
    html = page("en", "about/").html
    assert f'<th scope="row">{row.text.english} ' in html
    assert f"<bdi>{', '.join(row.sources)}</bdi>" in html


def test_the_table_rests_on_all_that_guidelines_say_and_on_nothing_else() -> None:
    assert {source for row in KNOWN.coverage for source in row.sources} == GUIDELINES


@pytest.mark.parametrize("hazard", KNOWN.hazards, ids=lambda hazard: hazard.id)
def test_the_page_names_the_hazard_and_what_holds_it(hazard: Hazard) -> None:
    html = page("en", "about/").html
    assert f"<dt>{hazard.hazard.english}</dt>" in html
    assert f"<dd>{hazard.control.english} " in html


def test_the_page_says_how_a_hazard_is_held() -> None:
    html = page("en", "about/").html
    proved = sum(hazard.proved for hazard in KNOWN.hazards)
    assert html.count("Held by proofs over all answers, and by tests.") == proved > 0
    assert all("::" in hazard.held_by[-1] for hazard in KNOWN.hazards)
    assert html.count("Held by tests.") == len(KNOWN.hazards) - proved > 0


def test_the_result_needs_no_ids_for_the_table() -> None:
    for route in SITE.pages:
        if route.startswith("check/"):
            html = "".join(
                SITE.fragments[entry.step][0] for entry in SITE.programs[route] if entry.step >= 0
            )
            assert not [place for place in KNOWN.linked if f'id="{place}"' in html]
