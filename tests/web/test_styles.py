"""The styles as they are sent: without layers. What older browsers drop: tests/check/styles.py."""

from __future__ import annotations

import pytest

from tests.support.site import build
from webapp.web.assets import NotLayered, flattened

SHEETS = {
    url: asset.content.decode()
    for url, asset in build().release.site.assets.items()
    if url.endswith(".css")
}


def test_no_sheet_has_a_layer_and_rules_keep_the_order_of_layers() -> None:
    assert all("@layer" not in sheet for sheet in SHEETS.values())
    low, high = "@media (x) {\na {\nb: d;\n}\n}", "a {\nb: c;\n}"
    source = f"@layer low, high;\n@layer high {{\n{high}\n}}\n@layer low {{\n{low}\n}}"
    assert flattened(source) == f"{low}\n{high}"


@pytest.mark.parametrize("style", ["a {\nb: c;\n}", "@layer low {\na {\nb: c;\n}"])
def test_a_rule_outside_every_layer_is_refused(style: str) -> None:
    with pytest.raises(NotLayered):
        flattened(style)
