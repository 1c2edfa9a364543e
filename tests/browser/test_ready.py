"""The sign "works without internet" is only shown once every part is on the phone, whole."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Stage
from tests.support.browsers import Chromium
from tests.support.person import Person, until
from tests.support.records import StagedServer

pytestmark = pytest.mark.whole_chromium

KEPT = """
const kept = [];
for (const name of await caches.keys()) {
  for (const { url } of await (await caches.open(name)).keys()) kept.push(url);
}
return kept;
"""
WHOLE_ENTRIES = """
const whole = [];
for (const name of await caches.keys()) {
  const cache = await caches.open(name);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    const [, file, digest] = pathname.match(/^.release.(.+)\\.(.+)\\.json$/) ?? [];
    if (!file) continue;
    const body = await (await cache.match(request)).arrayBuffer();
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
    const hex = [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (hex.startsWith(digest)) whole.push(file);
  }
}
return whole.sort();
"""
ASK_AT_ONCE = """
const { active } = await navigator.serviceWorker.ready;
await Promise.all(Array.from({ length: 10 }, () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = resolve;
  active.postMessage({ type: "status" }, [port2]);
})));
"""
LANGUAGES = ["ar", "en", "es"]
STATES = "[data-offline-status]:not([hidden])"
STATE = f"return document.querySelector('{STATES}')?.dataset.offlineStatus"


def spoil(person: Person, file: str) -> None:
    """Put something else in the place of a kept file."""
    url = next(url for url in person.browser.run(KEPT) if f"/release/{file}." in url)
    person.browser.run(f"""
        for (const name of await caches.keys()) {{
          const cache = await caches.open(name);
          if (await cache.match({json.dumps(url)}))
            await cache.put({json.dumps(url)}, new Response("{{}}"));
        }}
    """)


FILES = sorted(["core", "deferred", *LANGUAGES, *(f"{code}-deferred" for code in LANGUAGES)])


def state_of(person: Person) -> str | None:
    """Return what the page about being ready says."""
    answer: str | None = person.browser.run(STATE)
    return answer


def test_the_first_visit_gets_ready_without_a_reload(person: Person) -> None:
    person.visits()
    person.browser.run("window.stillThis = true")
    until(person.is_ready, True)
    assert person.browser.run("return window.stillThis") is True
    assert set(person.browser.run(WHOLE_ENTRIES)) >= {"core", "en"}
    assert person.reads(".sign") == "Works without internet"


def test_the_other_languages_and_what_is_deferred_follow_by_themselves(ready: Person) -> None:
    until(lambda: ready.browser.run(WHOLE_ENTRIES), FILES)


def test_no_file_is_fetched_twice_however_often_pages_ask(
    person: Person, server: StagedServer
) -> None:
    person.visits()
    person.browser.run(ASK_AT_ONCE)
    person.waits_for_everything()
    fetched = [
        request.path for request in server.received() if request.path.startswith("/release/")
    ]
    assert len(fetched) == len(FILES)
    assert len(fetched) == len(set(fetched))


def test_a_page_for_reading_that_has_not_arrived_says_so_and_opens_later(
    stage: Stage, chromium: Chromium
) -> None:
    server = stage(fault="missing /release/deferred.")
    chromium.start()
    person = Person(chromium, server.url)
    person.visits()
    until(person.is_ready, True)
    person.visits("about/")
    assert person.reads("h1") == "About Easeback"
    server.kill()
    person.visits("about/")
    assert person.reads("h1") == "This page is not on your phone yet"
    person.visits("check/")
    person.answers_until("result-self-care")


def test_a_phone_that_lacks_one_file_is_not_called_ready(stage: Stage, chromium: Chromium) -> None:
    server = stage(fault="silent /release/en.")
    chromium.start()
    person = Person(chromium, server.url)
    person.visits("offline/")
    asked = lambda: any(request.path.startswith("/release/en.") for request in server.received())  # noqa: E731
    until(asked, True)
    assert not person.is_ready()
    assert state_of(person) == "checking"
    server.kill()
    until(lambda: state_of(person), "failed")
    assert not person.is_ready()
    stage(server.port)
    person.visits("offline/")
    until(lambda: state_of(person), "ready")


def test_a_spoilt_entry_is_noticed_and_repaired_once_the_server_answers(
    ready: Person, server: StagedServer, stage: Stage
) -> None:
    ready.waits_for_everything()
    ready.visits("offline/")
    spoil(ready, "en")
    server.kill()
    ready.visits("offline/")
    until(lambda: state_of(ready), "not-ready")
    assert not ready.is_ready()
    stage(server.port)
    ready.visits("offline/")
    until(lambda: state_of(ready), "ready")
    assert "en" in ready.browser.run(WHOLE_ENTRIES)


def test_a_cold_worker_without_its_bundle_shows_the_danger_signs_and_the_number(
    ready: Person, server: StagedServer, stage: Stage, chromium: Chromium
) -> None:
    spoil(ready, "core")
    server.kill()
    ready.restarts()
    ready.visits("now/")
    assert "112" in ready.reads("body")
    ready.waits_for("a[href='tel:112']")
    assert chromium.page.locator("h1").count() == len(LANGUAGES)
    stage(server.port)
    ready.visits("now/")
    until(ready.is_ready, True)
