"""Where the pages say a thing that has an id."""

from __future__ import annotations

import pytest

from tests.support.site import build
from webapp.web.anchors import Anchors

SITE = build()
ANCHORS = Anchors(SITE.knowledge, SITE.release)


@pytest.mark.parametrize(
    ("identity", "place"),
    [
        ("who-to-see", "learn/who-to-see/#main"),
        ("who-today", "learn/who-to-see/#who-today"),
        ("who-cancer", "learn/who-to-see/#who-cancer"),
        ("pelvic-tilt", "exercises/pelvic-tilt/#main"),
        ("exercise-stop", "exercises/#exercise-stop"),
        ("now-avoid-bed", "now/#now-avoid-bed"),
        ("SEED4", "about/#SEED4"),
        ("region", "check/#main"),
        ("saddle-changed", "check/#main"),
        ("heart-tight", "check/#main"),
        ("expect-year", "check/#main"),
    ],
)
def test_a_thing_has_a_place(identity: str, place: str) -> None:
    assert ANCHORS.of(identity) == place


def test_what_is_on_no_page_has_no_place() -> None:
    assert ANCHORS.of("nowhere") is None
    assert "not-built-for" in SITE.knowledge.definitions
    assert ANCHORS.of("not-built-for") is None


def test_a_place_is_an_element_of_its_page() -> None:
    for statement in SITE.knowledge.seed_statements:
        for place in map(ANCHORS.of, statement.found_at):
            assert place, statement.id
            route, _, fragment = place.partition("#")
            assert f' id="{fragment}"' in SITE.release.page("en", route).decode(), place
