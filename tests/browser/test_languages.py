"""A phone keeps its own language, English, and those that it chose; the others are a tap away."""

from __future__ import annotations

import pytest

from tests.conftest import Stage
from tests.support.browsers import Chromium
from tests.support.kept_files import KeptFiles
from tests.support.person import Person, until
from tests.support.worker import Worker

pytestmark = pytest.mark.whole_chromium

MADE_UP = {"EASEBACK_TEST_MADE_UP": "1"}


def files(*codes: str) -> list[str]:
    """Return the files of a phone that has these languages."""
    return sorted(["core", "deferred", *codes, *(f"{code}-deferred" for code in codes)])


def test_a_language_comes_with_the_tap_that_chooses_it_and_stays_through_updates(
    stage: Stage, chromium: Chromium
) -> None:
    server = stage(**MADE_UP)
    chromium.start()
    person = Person(chromium, server.url, "zh-Hant")
    person.gets_ready()
    kept = KeptFiles(chromium)
    until(kept.whole, files("en", "zh-Hant"))
    person.switches_to("pt-BR")
    until(kept.whole, files("en", "zh-Hant", "pt-BR"))
    person.visits()
    fetched = [request.path for request in server.received() if "/release/" in request.path]
    assert len(fetched) == len({*fetched})
    server.kill()
    newer = stage(server.port, newer=True, **MADE_UP)
    assert Worker(chromium).is_updated() == "installed"
    newer.kill()
    person.restarts()
    for code in ("pt-BR", "zh-Hant", "en"):
        person.visits(f"/{code}/check/")
        person.answers_until("second")
        assert person.reads("lang") == code
        assert not person.shows("[data-other-language]")
    person.visits("/sr-Latn/now/")
    assert person.reads("lang") in ("en", "zh-Hant", "pt-BR")
    person.waits_for("[data-other-language]")


def test_a_second_language_of_the_help_card_stays_like_any_other(
    stage: Stage, chromium: Chromium
) -> None:
    server = stage(**MADE_UP)
    chromium.start()
    person = Person(chromium, server.url)
    person.gets_ready()
    person.visits("help-card/")
    person.browser.press("[data-second][value=he]")
    person.waits_for("[data-second-text][lang=he]")
    until(lambda: "he" in KeptFiles(chromium).whole(), True)
    server.kill()
    person.restarts()
    person.visits("help-card/")
    person.waits_for("[data-second-text][lang=he]")
