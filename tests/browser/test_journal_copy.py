"""A backup file that is read back into the journal of a real phone."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.entries import Entry, histories
from tests.support.in_page import InPage
from tests.support.person import Person

IN_PAGE = InPage.beside(__file__)


def test_a_restore_adds_what_is_missing_and_only_what_was_replaced_goes(offline: Person) -> None:
    offline.visits()

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(histories(), st.data())
    def restore(everything: list[Entry], data: st.DataObject) -> None:
        sides = [
            [entry for entry in everything if data.draw(st.sampled_from((side, 2))) != 1 - side]
            for side in (0, 1)
        ]
        after = offline.browser.call(IN_PAGE, "restoreTwice", *sides)
        union = {entry["id"]: entry for side in sides for entry in side}
        replaced = {old for entry in union.values() for old in entry.get("supersedes", [])}
        counts = {
            identity: entry
            for identity, entry in union.items()
            if identity not in replaced and not entry.get("gone")
        }
        assert {entry["id"]: entry for entry in after if entry["id"] in counts} == counts
        assert not [entry for entry in after if entry["data"] and entry["id"] not in counts]

    restore()
