"""The number to call is that of the country, on every page, offline and after a restart."""

from __future__ import annotations

import pytest

from tests.browser.pages.emergency_number import EmergencyNumber
from tests.browser.pages.settings import Settings
from tests.support.browsers import Chromium
from tests.support.person import Person, until

ROUTES = (
    "",
    "now/",
    "check/",
    "walking/",
    "exercises/",
    "help-card/",
    "settings/",
    "offline/",
    "about/",
)


def test_the_chosen_countrys_number_is_on_every_page_and_survives_a_restart(
    offline: Person, chromium: Chromium
) -> None:
    number, settings = EmergencyNumber(offline), Settings(offline, chromium)
    settings.opens()
    settings.chooses_country("US")
    until(number.written, "911")
    number.is_only("911", *ROUTES)
    offline.visits("check/")
    offline.has_weak_legs()
    until(number.shown, ["911"])
    offline.restarts()
    number.is_only("911", "", "now/")
    offline.switches_to("ar")
    number.is_only("911", "now/")
    settings.opens()
    settings.chooses_country("")
    number.is_only("112", "now/", "settings/")


def test_a_page_that_was_kept_alive_shows_the_newest_choice(
    chromium: Chromium, prepared: object, request: pytest.FixtureRequest
) -> None:
    chromium.bfcache = True
    person: Person = request.getfixturevalue("offline")
    number, settings = EmergencyNumber(person), Settings(person, chromium)
    person.visits("now/")
    settings.opens()
    settings.chooses_country("JP")
    until(number.written, "119")
    person.goes_back()
    until(number.shown, ["119"])


def test_where_nothing_is_known_it_is_112(offline: Person) -> None:
    EmergencyNumber(offline).is_only("112", *ROUTES)


@pytest.mark.parametrize(
    ("time_zone", "locale", "number"),
    [
        ("Asia/Tokyo", "en", "119"),
        ("Europe/Madrid", "es", "112"),
        ("UTC", "en-US", "911"),
        ("Africa/Cairo", "en-US", "123"),
        ("US/Pacific", "es", "911"),
        ("Japan", "en-GB", "119"),
    ],
)
def test_without_a_choice_the_phone_suggests_the_country(
    request: pytest.FixtureRequest,
    chromium: Chromium,
    time_zone: str,
    locale: str,
    number: str,
) -> None:
    chromium.time_zone, chromium.locale = time_zone, locale
    person: Person = request.getfixturevalue("offline")
    EmergencyNumber(person).is_only(number, "", "now/")
