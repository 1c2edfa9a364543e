from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.pages.journal import NOW, Journal
from tests.support.browsers import Chromium
from tests.support.person import Person


@pytest.fixture
def writer(offline: Person, chromium: Chromium) -> Iterator[Person]:
    """Somebody offline who opens the journal for the first time, on a known day."""
    chromium.page.clock.set_fixed_time(NOW)
    Journal(offline).opens()
    yield offline
    assert chromium.console == []


@pytest.fixture
def journal(writer: Person) -> Journal:
    """The journal that they have opened."""
    return Journal(writer)


@pytest.fixture
def begun(journal: Journal) -> Journal:
    """The journal with an episode that has begun."""
    journal.begins()
    return journal
