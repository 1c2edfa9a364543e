"""With scripts switched off the check works against the server."""

from __future__ import annotations

import pytest

from tests.browser.pages.check import Check
from tests.support.browsers import Chromium
from tests.support.person import Person
from tests.support.records import StagedServer


@pytest.mark.scenario(28)
def test_the_whole_check_works_without_scripts(chromium: Chromium, server: StagedServer) -> None:
    chromium.scripts = False
    chromium.start()
    person = Person(chromium, server.url)
    person.visits()
    person.follows("Is this serious?")
    person.answers_until("gates")
    person.presses("next")
    assert "Nothing is ticked" in Check(person).note()
    person.answers_until("second")
    person.goes_back()
    person.sees("region")
    person.answers_until("result-self-care")
    person.asks_what_helps()
    person.sees("result-self-care")
    assert "Heat or ice" in person.reads()
    person.changes("gates")
    person.ticks("g-below")
    person.presses("next")
    person.says("yes", "saddle-changed")
    person.sees("result-emergency")
    assert not person.is_ready()
    posts = [request.path for request in server.received() if request.method == "POST"]
    assert len(posts) > 5
