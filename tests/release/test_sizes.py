"""What a phone fetches, against the budgets of the design. KB are 1,024 bytes, by brotli."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import brotli
import pytest

from tests.support.site import build
from webapp.release.sizes import NUMBERS, REQUESTS_TO_BE_READY, scripts_of, sizes

RELEASE = build().release
KB = 1024


@cache
def small() -> dict[str, Any]:
    return sizes(RELEASE, lambda content: len(brotli.compress(content)))


@pytest.mark.parametrize(
    ("part", "most"), [("first_page", 14), ("page_scripts", 10), ("worker", 5)]
)
def test_a_part_keeps_to_its_budget(part: str, most: int) -> None:
    assert small()[part] <= most * KB


@pytest.mark.parametrize("code", RELEASE.site.languages)
def test_a_phone_gets_ready_in_its_language_for_120_kb(code: str) -> None:
    languages = small()["languages"]
    own = languages[code] if code != "en" else 0
    assert small()["core"] + languages["en"] + own <= 120 * KB


def test_the_diagram_keeps_to_40_kb() -> None:
    core = json.loads(RELEASE.core.content)
    nodes = json.dumps([core["deciding"], core["children"]], separators=(",", ":"))
    assert len(brotli.compress(nodes.encode())) <= 40 * KB


def test_all_languages_together_keep_to_their_share() -> None:
    deferred = {name: size for name, size in small()["deferred"].items() if name != "deferred"}
    assert (
        sum((*small()["languages"].values(), *deferred.values()))
        <= 450 * KB * len(RELEASE.site.languages) / 12
    )


def test_a_phone_is_ready_after_three_requests() -> None:
    assert REQUESTS_TO_BE_READY == 3


def test_the_whole_is_the_sum_of_its_parts() -> None:
    raw = sizes(RELEASE, len)
    largest = max(size for code, size in raw["languages"].items() if code != "en")
    home = RELEASE.page("en", "").decode()
    drawings = [
        len(asset.content)
        for url, asset in RELEASE.site.assets.items()
        if url in home and asset.path.endswith("-day.svg")
    ]
    contents = {asset.path: asset.content for asset in RELEASE.site.assets.values()}
    scripts = sum(len(contents[path]) for path in scripts_of(RELEASE, ""))
    parts = sum(raw[part] for part in ("first_page", "worker", "core"))
    assert raw["ready"] == parts + scripts + raw["languages"]["en"] + largest + sum(drawings)
    assert raw["worker"] == len(RELEASE.worker)
    assert raw["core"] == len(RELEASE.core.content)


def test_a_page_loads_the_scripts_that_its_hooks_ask_for_and_what_they_import() -> None:
    timer = scripts_of(RELEASE, "timer/")
    assert {"js/app.js", "js/timer/page.js", "js/timer/state.js", NUMBERS} <= timer
    assert "js/search/page.js" not in timer
    assert "js/search/match.js" in scripts_of(RELEASE, "learn/")
    assert "js/check/draft.js" in scripts_of(RELEASE, "check/")
    assert "js/pwa/own-forms.js" not in scripts_of(RELEASE, "settings/")


def test_what_is_deferred_is_told_apart() -> None:
    codes = RELEASE.site.languages
    assert set(small()["deferred"]) == {"deferred", *(f"{code}-deferred" for code in codes)}


def test_the_first_page_is_the_page_and_its_style() -> None:
    style = next(a for a in RELEASE.site.assets.values() if a.path == "css/app.css")
    assert sizes(RELEASE, len)["first_page"] == len(RELEASE.page("en", "")) + len(style.content)
