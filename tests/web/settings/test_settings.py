"""The settings page: countries stand where people of that language look for them."""

from __future__ import annotations

import re

import pytest

from tests.support.site import build

RELEASE = build().release


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Afghanistan", "Åland Islands", "Albania"]),
        ("es", ["Baréin", "Bélgica", "Belice"]),
        ("ar", ["إثيوبيا", "أذربيجان", "أرمينيا", "أروبا", "إريتريا"]),
    ],
)
def test_countries_are_sorted_without_regard_to_accents(language: str, names: list[str]) -> None:
    page = RELEASE.page(language, "settings/").decode()
    shown = re.findall(r'<option value="[A-Z]{2}">([^<:]+):', page)
    begin = shown.index(names[0])
    assert shown[begin : begin + len(names)] == names
