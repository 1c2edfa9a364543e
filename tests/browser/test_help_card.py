"""The help card with the server dead: two languages, one large sentence, ticks, the place."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from tests.support.browsers import Chromium
from tests.support.person import Person, until
from tests.support.records import StagedServer
from tests.support.site import build

BUILD = build()
LANGUAGES = BUILD.release.site.languages
PHRASES = [phrase for listener in BUILD.knowledge.listeners for phrase in listener.phrases]
SECOND = """
return Object.fromEntries(Array.from(document.querySelectorAll(".phrase"), (row) => {
  const { textContent, lang, dir } = row.querySelector("[data-second-text]") ?? {};
  return [row.id, [textContent, lang, dir]];
}));
"""
OWN = """
const { lang, dir } = document.documentElement;
return Object.fromEntries(Array.from(document.querySelectorAll(".phrase"), (row) =>
  [row.id, [row.querySelector("[data-phrase]").textContent, lang, dir]]));
"""
CHOICES = "return Array.from(document.querySelectorAll('button[data-second]'), (one) => one.value)"
LONDON = {"latitude": 51.507351, "longitude": -0.127758, "accuracy": 12.3}
IN_VIEW = """
const { top, bottom } = document.getElementById("card-saddle").getBoundingClientRect();
return top > 0 && bottom < innerHeight;
"""
REFUSES = "navigator.geolocation.getCurrentPosition = (_, refuse) => refuse({ code: CODE })"


@pytest.fixture
def card(offline: Person) -> Person:
    """Somebody who looks at the card with no network."""
    offline.visits("help-card/")
    offline.waits_for(".phrase button")
    return offline


def opens(person: Person, listener: str) -> None:
    """Open the folded sentences for somebody."""
    person.browser.press(f"summary:has(#{listener})")


def second(person: Person, code: str) -> None:
    """Choose the second language, or take it away."""
    if person.shows(".fold--languages:not([open])"):
        person.browser.press(".fold--languages > summary")
    person.browser.press(f"button[data-second][value='{code}']")


def shown(person: Person) -> list[str]:
    """Return the ids of the sentences that can be seen."""
    rows = "[...document.querySelectorAll('.phrase')]"
    return list(
        person.browser.run(f"return {rows}.filter((one) => one.checkVisibility()).map((o) => o.id)")
    )


@pytest.mark.parametrize("own", LANGUAGES)
def test_each_sentence_is_shown_in_every_second_language(
    offline: Person, chromium: Chromium, own: str
) -> None:
    theirs = {}
    for code in LANGUAGES:
        offline.visits(f"/{code}/help-card/")
        theirs[code] = offline.browser.run(OWN)
        assert list(theirs[code]) == [phrase.id for phrase in PHRASES]
    offline.visits(f"/{own}/help-card/")
    others = [code for code in LANGUAGES if code != own]
    until(lambda: offline.browser.run(CHOICES), others)
    for code in others:
        second(offline, code)
        until(lambda: offline.browser.run(SECOND), theirs[code])
    assert offline.browser.run(OWN) == theirs[own]
    assert chromium.console == []


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_the_second_language_stays_until_it_is_taken_away(offline: Person, code: str) -> None:
    offline.visits("help-card/")
    second(offline, code)
    offline.waits_for("[data-second-text]")
    offline.restarts()
    offline.visits("help-card/")
    offline.waits_for("[data-second-text]")
    second(offline, code)
    until(lambda: offline.shows("[data-second-text]"), False)
    offline.reloads()
    offline.waits_for(".phrase button")
    assert not offline.shows("[data-second-text]")


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_a_language_that_is_not_on_the_phone_says_so(
    ready: Person, server: StagedServer, code: str
) -> None:
    ready.waits_for_everything()
    server.kill()
    ready.browser.run(f"""
        for (const name of await caches.keys()) {{
            const cache = await caches.open(name);
            for (const key of await cache.keys())
                if (key.url.includes("/release/{code}.")) await cache.delete(key);
        }}""")
    ready.visits("help-card/")
    second(ready, code)
    ready.waits_for("[role=status] > [data-second-missing]")
    assert not ready.shows("[data-second-text], button[data-second][aria-pressed=true]")


def test_a_sentence_fills_the_screen_and_goes_again(card: Person, chromium: Chromium) -> None:
    card.browser.press("#card-no-pull button")
    assert card.reads("dialog[open] .large__words") == "Please do not pull me up."
    box = chromium.page.locator("dialog").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 360, "height": 740}
    card.browser.press("dialog button")
    assert not card.shows("dialog")
    focused = "return document.activeElement.closest('.phrase')?.id"
    assert card.browser.run(focused) == "card-no-pull"
    card.browser.press("#card-ambulance button")
    assert card.reads("dialog[open] [data-number-text]") == card.reads("[data-number]")
    chromium.page.keyboard.press("Escape")
    until(lambda: card.shows("dialog"), False)


def test_only_what_is_ticked_is_shown_and_a_reload_forgets_it(card: Person) -> None:
    assert not card.shows("[data-only]")
    card.browser.press("#card-stay label")
    opens(card, "card-pharmacist")
    card.browser.press("#card-asthma label")
    before = shown(card)
    card.browser.press("[data-only]")
    assert shown(card) == ["card-stay", "card-asthma"]
    card.browser.press("#card-asthma label")
    assert shown(card) == ["card-stay"]
    card.browser.press("[data-only]")
    assert shown(card) == before
    card.browser.press("[data-only]")
    card.browser.press("#card-stay label")
    assert shown(card) == before
    card.browser.press("#card-stay label")
    card.reloads()
    card.waits_for(".phrase button")
    assert card.ticked() == []
    assert not card.browser.run("return localStorage.length + sessionStorage.length")


def test_what_was_answered_with_yes_is_ticked_when_the_person_asks(offline: Person) -> None:
    offline.visits("check/")
    offline.ticks("saddle-numb", "chest")
    offline.presses("next")
    offline.sees("result-emergency")
    offline.follows("Show this to someone")
    offline.waits_for("[data-add-answers]")
    assert not offline.browser.run("return document.querySelector('.phrase :checked') !== null")
    offline.browser.press("[data-add-answers]")
    assert shown(offline) == ["card-saddle", "card-chest"]
    until(lambda: offline.browser.run(IN_VIEW), True)
    offline.waits_for("[role=status] > [data-added]")
    assert "saddle" not in str(offline.browser.run("return location.href"))
    offline.restarts()
    offline.visits("help-card/")
    offline.waits_for(".phrase button")
    assert not offline.shows("[data-add-answers]")


def test_an_answer_without_a_sentence_says_so(offline: Person) -> None:
    offline.visits("check/")
    offline.answers_until("unwell")
    offline.ticks("fever")
    offline.presses("next")
    offline.visits("help-card/")
    offline.waits_for("[data-add-answers]")
    offline.browser.press("[data-add-answers]")
    offline.waits_for("[role=status] > [data-none-added]")
    assert not offline.shows(".phrase :checked")


def message(person: Person) -> str:
    """Return the text message that the person would send, to nobody yet."""
    address = str(person.browser.run("return document.querySelector('[data-message]').href"))
    start = "sms:?&body="
    assert address.startswith(start)
    return unquote(address.removeprefix(start))


def test_the_place_is_found_when_asked_and_goes_into_the_message(
    card: Person, chromium: Chromium
) -> None:
    chromium.context.grant_permissions(["geolocation"])
    chromium.context.set_geolocation(LONDON)
    opens(card, "card-call")
    words = "Please come and help me. My back or neck has locked and I cannot get up."
    assert message(card) == words
    assert not card.shows("#card-here")
    chromium.requests.clear()
    card.browser.press("[data-locate]")
    card.waits_for("[role=status] > [data-place-note=found]")
    assert card.reads("[data-metres]") == "13"
    assert card.reads("#card-here [data-place]") == "51.50735, -0.12776"
    assert message(card) == f"{words}\n51.50735, -0.12776 (±13 m)"
    assert chromium.requests == []
    assert not card.browser.run("return localStorage.length + sessionStorage.length")


def test_a_phone_that_hides_its_place_says_so(card: Person, chromium: Chromium) -> None:
    chromium.context.clear_permissions()
    opens(card, "card-call")
    card.browser.press("[data-locate]")
    card.waits_for("[data-place-note=denied]")


@pytest.mark.parametrize(("code", "said"), [(1, "denied"), (2, "not-found"), (3, "too-late")])
def test_what_goes_wrong_is_said_in_one_sentence(card: Person, code: int, said: str) -> None:
    card.browser.run(REFUSES.replace("CODE", str(code)))
    opens(card, "card-call")
    card.browser.press("[data-locate]")
    notes = "return [...document.querySelectorAll('[data-place-note]:not([hidden])')]"
    until(lambda: card.browser.run(f"{notes}.map((one) => one.dataset.placeNote)"), [said])
    assert not card.shows("#card-here")


def test_a_phone_that_cannot_tell_its_place_shows_no_button(
    offline: Person, chromium: Chromium
) -> None:
    gone = "Object.defineProperty(Navigator.prototype, 'geolocation', { value: undefined })"
    chromium.context.add_init_script(gone)
    offline.visits("help-card/")
    offline.waits_for(".phrase button")
    opens(offline, "card-call")
    offline.waits_for("[data-message]")
    assert not offline.shows("[data-locate]")


def test_without_scripts_the_card_is_there_to_read(
    chromium: Chromium, server: StagedServer
) -> None:
    chromium.scripts = False
    chromium.start()
    person = Person(chromium, server.url)
    person.visits("help-card/")
    others = [code for code in LANGUAGES if code != "en"]
    links = chromium.page.locator("a[data-second]")
    assert [link.get_attribute("href") for link in links.all()] == [
        f"/{code}/help-card/" for code in others
    ]
    assert chromium.page.locator("#card-no-pull").is_visible()
    for control in chromium.page.locator("main :is(button, input)").all():
        assert not control.is_visible()


def test_what_somebody_writes_stands_behind_their_sentence(
    card: Person, chromium: Chromium
) -> None:
    opens(card, "card-pharmacist")
    second(card, "ar")
    card.waits_for("#card-allergy [data-second-text]")
    chromium.page.locator("#card-allergy input[type=text]").fill("penicillin")
    assert card.reads("#card-allergy [data-written]") == "penicillin"
    card.browser.press("[data-only]")
    until(lambda: shown(card), ["card-allergy"])
    card.browser.press("#card-allergy button")
    card.waits_for("[data-large][open] [data-second-text]")
    assert "penicillin" in card.reads("[data-large-words]")
    kept = "return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href])"
    assert "penicillin" not in card.browser.run(kept)
