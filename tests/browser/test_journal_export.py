"""A backup file that is read back into the journal of a real phone."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.entries import Entry, histories
from tests.support.person import Person

# Asked with the entries that the phone has and those that the file has.
RESTORE = """
    const app = document.querySelector("script[type=module]").src;
    const { fromCopy, toCopy } = await import(app.replace("app.js", "journal/export.js"));
    const store = await import(app.replace("app.js", "journal/store.js"));
    const [here, there] = %s;
    await store.eraseAll();
    await store.append(here);
    const file = toCopy(there);
    for (const _ of [1, 2]) await store.append(fromCopy(file).entries);
    return store.readAll();
"""


def test_a_restore_adds_what_is_missing_and_takes_nothing_away(offline: Person) -> None:
    offline.visits()

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(histories(), st.data())
    def restore(everything: list[Entry], data: st.DataObject) -> None:
        sides = [
            [entry for entry in everything if data.draw(st.sampled_from((side, 2))) != 1 - side]
            for side in (0, 1)
        ]
        after = offline.browser.run(RESTORE % json.dumps(sides))
        union = {entry["id"]: entry for side in sides for entry in side}
        assert after == [union[identity] for identity in sorted(union)]

    restore()
