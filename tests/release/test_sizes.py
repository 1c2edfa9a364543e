"""What a phone fetches, against the budgets of the design. KB are 1,024 bytes, by brotli."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import brotli
import pytest

from tests.support.site import build
from webapp.release.sizes import Measured, sizes

RELEASE = build().release
KB = 1024


@cache
def small() -> dict[str, Any]:
    return sizes(RELEASE, lambda content: len(brotli.compress(content)))


@pytest.mark.parametrize(("part", "most"), [("first_page", 14), ("worker", 6)])
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


def test_what_is_deferred_is_told_apart() -> None:
    codes = RELEASE.site.languages
    assert set(small()["deferred"]) == {"deferred", *(f"{code}-deferred" for code in codes)}


def test_the_first_page_is_the_page_and_its_style() -> None:
    style = next(a for a in RELEASE.site.assets.values() if a.path == "css/app.css")
    assert sizes(RELEASE, len)["first_page"] == len(RELEASE.page("en", "")) + len(style.content)


def test_what_was_measured_is_read_as_it_was_written(tmp_path: Path) -> None:
    measured = Measured("abc", {"ready": {"requests": 3, "bytes": 5, "scripts": 1}})
    measured.write(tmp_path / "measured.json")
    assert Measured.read(tmp_path / "measured.json") == measured
