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
def test_a_language_keeps_to_36_kb_and_its_reading_to_22(code: str) -> None:
    assert small()["languages"][code] <= 36 * KB
    assert small()["deferred"][f"{code}-deferred"] <= 22 * KB


def test_the_diagram_keeps_to_40_kb() -> None:
    core = json.loads(RELEASE.core.content)
    columns = [core[name] for name in ("deciding", "patterns", "shapes", "children")]
    nodes = json.dumps(columns, separators=(",", ":"))
    assert len(brotli.compress(nodes.encode())) <= 40 * KB


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
