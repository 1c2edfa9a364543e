"""The recovery code as squares for a camera, drawn under our own policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.backup_server import backup_server
from tests.support.browsers import Chromium
from tests.support.in_page import InPage

IN_PAGE = InPage.beside(__file__)
FINDER = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]


@pytest.fixture
def page(chromium: Chromium, tmp_path: Path) -> Iterator[Chromium]:
    with backup_server(tmp_path) as server:
        chromium.start()
        chromium.visit(server.url)
        yield chromium
        assert not chromium.console


def test_the_squares_are_those_of_the_code_within_an_empty_frame(page: Chromium) -> None:
    drawn = page.call(IN_PAGE, "draw")
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", drawn["path"])}
    size = len(drawn["rows"])
    assert drawn["frame"] == f"0 0 {size + 8} {size + 8}"
    assert drawn["label"] == "The code"
    seen = ["".join(str(int((x + 4, y + 4) in dark)) for x in range(size)) for y in range(size)]
    assert seen == drawn["rows"]
    assert sum(row.count("1") for row in seen) == len(dark)
    for corner in ([row[:7] for row in seen], [row[-7:] for row in seen]):
        assert corner[:7] == FINDER
    assert [row[:7] for row in seen[-7:]] == FINDER
    # Small enough for a poor camera: fourteen words are in letters, not in bytes.
    assert size <= 33
