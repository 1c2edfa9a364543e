"""The content security policy holds on every page, and no page of ours breaks it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error

from tests.support.browsers import Chromium
from tests.support.pages import reachable
from tests.support.person import Person, until
from tests.support.records import StagedServer
from tests.support.tiers import soak

INJECTIONS = (
    "document.body.innerHTML = '<b>x</b>'",
    "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')",
    "document.createElement('script').src = '/sw.js'",
    "document.createElement('script').text = 'window.ran = true'",
    "document.body.setAttribute('onclick', 'window.ran = true')",
    "setTimeout('window.ran = true')",
    "new DOMParser().parseFromString('<b>x</b>', 'text/html')",
)


@pytest.mark.parametrize(
    "language", ["ar", *(soak(code, why="the same pages in other words") for code in ("en", "es"))]
)
def test_no_page_in_a_language_is_told_off_by_the_browser(
    ready: Person, server: StagedServer, chromium: Chromium, language: str
) -> None:
    ready.waits_for_everything()
    for path in reachable(server, language):
        ready.visits(path)
        until(ready.is_ready, True)
    ready.language = language
    ready.visits("check/")
    ready.answers_until("result-self-care")
    assert chromium.console == []


def test_pages_that_come_from_the_server_are_not_told_off_either(
    person: Person, server: StagedServer, chromium: Chromium
) -> None:
    person.visits("check/")
    person.answers_until("result-self-care")
    assert chromium.console == []


def test_text_cannot_become_markup_or_script(offline: Person) -> None:
    offline.visits("now/")
    for injection in INJECTIONS:
        with pytest.raises(Error, match=r"Trusted(HTML|Script|ScriptURL)"):
            offline.browser.run(injection)
    assert offline.browser.run("return window.ran ?? null") is None
