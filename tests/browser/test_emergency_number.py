"""The number to call is that of the country, on every page, offline and after a restart."""

from __future__ import annotations

import pytest

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
NUMBERS = """
const places = document.querySelectorAll("[data-number], [data-number-text]");
const links = document.querySelectorAll("a[data-emergency-number]");
const written = [...places].map((one) => one.textContent);
return [...new Set([...written, ...[...links].map((one) => one.href.replace("tel:", ""))])];
"""


def assert_number(person: Person, number: str, routes: tuple[str, ...] = ROUTES) -> None:
    """Fail unless every page writes and dials this number and no other."""
    for route in routes:
        person.visits(route)
        until(lambda: person.browser.run(NUMBERS), [number])


def choose(chromium: Chromium, code: str) -> None:
    """Choose a country in the settings."""
    chromium.page.locator("select[data-country]").select_option(code)


def test_the_chosen_countrys_number_is_on_every_page_and_survives_a_restart(
    offline: Person, chromium: Chromium
) -> None:
    offline.visits("settings/")
    choose(chromium, "US")
    until(lambda: offline.reads("[data-number-text]"), "911")
    assert_number(offline, "911")
    offline.visits("check/")
    offline.ticks("both-legs")
    offline.presses("next")
    until(lambda: offline.browser.run(NUMBERS), ["911"])
    offline.restarts()
    assert_number(offline, "911", ("", "now/"))
    offline.switches_to("ar")
    assert_number(offline, "911", ("now/",))
    offline.visits("settings/")
    choose(chromium, "")
    assert_number(offline, "112", ("now/", "settings/"))


def test_a_page_that_was_kept_alive_shows_the_newest_choice(
    chromium: Chromium, prepared: object, request: pytest.FixtureRequest
) -> None:
    chromium.bfcache = True
    person: Person = request.getfixturevalue("offline")
    person.visits("now/")
    person.visits("settings/")
    choose(chromium, "JP")
    until(lambda: person.reads("[data-number-text]"), "119")
    person.goes_back()
    until(lambda: person.browser.run(NUMBERS), ["119"])


def test_where_nothing_is_known_it_is_112(offline: Person) -> None:
    assert_number(offline, "112")


@pytest.mark.parametrize(
    ("time_zone", "locale", "number"),
    [
        ("Asia/Tokyo", "en", "119"),
        ("Europe/Madrid", "es", "112"),
        ("UTC", "en-US", "911"),
        ("Africa/Cairo", "en-US", "123"),
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
    assert_number(person, number, ("", "now/"))
