"""The danger signs are asked about again once an answer does not hold any more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.browser.pages.journal import NOW, Journal
from tests.support.browsers import Chromium
from tests.support.person import Person, until


@pytest.mark.parametrize(
    ("later", "asked"),
    [
        (timedelta(minutes=30), False),
        (timedelta(hours=5), True),
        (timedelta(hours=11, minutes=31), True),
        (timedelta(days=2), True),
        (timedelta(hours=-5), True),
    ],
    ids=str,
)
def test_the_danger_signs_are_asked_again_after_hours_or_on_a_new_day(
    writer: Person, begun: Journal, chromium: Chromium, later: timedelta, asked: bool
) -> None:
    chromium.page.clock.set_fixed_time(NOW + later)
    begun.person.comes_back_to_the_page()
    until(lambda: begun.shows("flags"), asked)
    assert writer.shows("[data-journal-form=feel]") is not asked


def test_the_danger_signs_are_asked_again_where_the_clock_was_changed_on_an_open_page(
    begun: Journal, chromium: Chromium
) -> None:
    chromium.page.clock.set_fixed_time(NOW + timedelta(hours=6))
    begun.waits_for("flags")


def test_the_danger_signs_are_asked_again_on_a_page_that_was_kept_alive(
    chromium: Chromium, prepared: object, request: pytest.FixtureRequest
) -> None:
    chromium.bfcache = True
    person: Person = request.getfixturevalue("offline")
    chromium.page.clock.set_fixed_time(NOW)
    journal = Journal(person)
    journal.opens()
    journal.begins()
    person.visits("now/")
    chromium.page.clock.set_fixed_time(NOW + timedelta(hours=12))
    person.goes_back()
    journal.waits_for("flags")
    assert not person.shows("[data-journal-form=feel]")


def test_what_is_being_written_is_there_again_behind_the_danger_signs(
    begun: Journal, chromium: Chromium
) -> None:
    begun.unfolds("note")
    begun.types("note", "text", "Half a sen")
    chromium.page.clock.set_fixed_time(NOW + timedelta(hours=12))
    begun.person.comes_back_to_the_page()
    begun.clears()
    assert begun.holds("note") == {"text": "Half a sen"}
