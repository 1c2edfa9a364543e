"""What a phone fetches, against the budgets of the design. KB are 1,024 bytes, by brotli."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import brotli
import pytest

from tests.support.site import build
from webapp.offline.sizes import REQUESTS_TO_BE_READY, sizes

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
    assert sum(small()["languages"].values()) <= 450 * KB * len(RELEASE.site.languages) / 12


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
    parts = ("first_page", "page_scripts", "worker", "core")
    fetched = sum(raw[part] for part in parts) + raw["languages"]["en"] + largest + sum(drawings)
    assert raw["ready"] == fetched
    assert raw["worker"] == len(RELEASE.worker)
    assert raw["core"] == len(RELEASE.core.content)


def test_the_first_page_is_the_page_and_its_style() -> None:
    style = next(a for a in RELEASE.site.assets.values() if a.path == "css/app.css")
    assert sizes(RELEASE, len)["first_page"] == len(RELEASE.page("en", "")) + len(style.content)
