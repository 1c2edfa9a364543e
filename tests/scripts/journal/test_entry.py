"""What is an entry of the journal, and what is none."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.scripts import Script

GOOD = {
    "id": "01990001-0000-7000-8000-000000000000",
    "at": 1_770_000_000_000,
    "zone": 60,
    "kind": "feel",
    "data": {"pain": 3, "can": {}},
}


@pytest.mark.parametrize(
    "broken",
    [
        {"id": "1"},
        {"id": [GOOD["id"]]},
        {"kind": "toString", "data": {}},
        {"kind": ["feel"]},
        {"kind": {"feel": 1}},
        {"at": [1_770_000_000_000]},
        {"zone": [60]},
        {"data": {"pain": [3], "can": {}}},
        {"data": {"pain": "3", "can": {}}},
        {"data": {"pain": 3, "can": {"walk": [1]}}},
        {"data": {"pain": 3, "can": []}},
        {"data": [3]},
        {"kind": "begin", "data": {"region": ["neck"]}},
        {"kind": "medicine", "data": {"text": ["x"]}},
        {"supersedes": [[GOOD["id"]]]},
        {"supersedes": GOOD["id"]},
        {"gone": [True], "data": {}},
        {"data": {"pain": 3, "can": {}, "toString": 1}},
        {"at": 253402300800000},
        {"at": "now"},
        {"at": 1.5},
        {"zone": 10_000},
        {"kind": "other"},
        {"data": {"pain": 11, "can": {}}},
        {"data": {"pain": 3, "can": {"fly": 1}}},
        {"data": {"pain": 3, "can": {}, "name": "somebody"}},
        {"data": {}},
        {"supersedes": ["x"]},
        {"gone": True},
        {"gone": False},
        {"more": 1},
    ],
    ids=str,
)
def test_what_is_not_wholly_an_entry_is_none(entry: Script, broken: dict[str, Any]) -> None:
    assert entry.isEntry(GOOD) is True
    assert entry.isEntry({**GOOD, **broken}) is False


@pytest.mark.parametrize("nothing", [None, 3, "x", [], {}])
def test_nothing_is_no_entry(entry: Script, nothing: object) -> None:
    assert entry.isEntry(nothing) is False
