"""The help card with the server dead: two languages, one large sentence, ticks, the place."""

from __future__ import annotations

import pytest

from tests.browser.pages.help_card import HelpCard
from tests.support.browsers import Chromium
from tests.support.device import Device
from tests.support.kept_files import KeptFiles
from tests.support.person import Person, until
from tests.support.records import StagedServer
from tests.support.site import build

BUILD = build()
LANGUAGES = BUILD.release.site.languages
PHRASES = [phrase for listener in BUILD.knowledge.listeners for phrase in listener.phrases]
LONDON = {"latitude": 51.507351, "longitude": -0.127758, "accuracy": 12.3}


@pytest.fixture
def card(offline: Person) -> HelpCard:
    """The card, for somebody with no network who has just opened it."""
    card = HelpCard(offline)
    card.opens()
    return card


@pytest.mark.parametrize("own", LANGUAGES)
def test_each_sentence_is_shown_in_every_second_language(
    offline: Person, chromium: Chromium, own: str
) -> None:
    card = HelpCard(offline)
    theirs = {}
    for code in LANGUAGES:
        offline.visits(f"/{code}/help-card/")
        theirs[code] = card.sentences()
        assert list(theirs[code]) == [phrase.id for phrase in PHRASES]
    offline.visits(f"/{own}/help-card/")
    others = [code for code in LANGUAGES if code != own]
    until(card.second_languages, others)
    for code in others:
        card.chooses_second(code)
        until(card.second_sentences, theirs[code])
    assert card.sentences() == theirs[own]
    assert chromium.console == []


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_the_second_language_stays_until_it_is_taken_away(offline: Person, code: str) -> None:
    card = HelpCard(offline)
    offline.visits("help-card/")
    card.chooses_second(code)
    card.waits_for_second()
    offline.restarts()
    offline.visits("help-card/")
    card.waits_for_second()
    card.chooses_second(code)
    until(card.shows_second, False)
    offline.reloads()
    card.waits()
    assert not card.shows_second()


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_a_language_that_is_not_on_the_phone_says_so(
    ready: Person, server: StagedServer, code: str
) -> None:
    ready.waits_for_everything()
    server.kill()
    KeptFiles(ready.browser).loses(code)
    ready.restarts()
    ready.visits("help-card/")
    card = HelpCard(ready)
    card.chooses_second(code)
    card.tells_that_the_language_is_missing()
    assert not card.shows_second()
    assert not card.has_chosen_second()


def test_a_sentence_fills_the_screen_and_goes_again(card: HelpCard, chromium: Chromium) -> None:
    card.unfolds("card-helper")
    card.enlarges("card-no-pull")
    assert card.large() == "Please do not pull me up."
    box = chromium.page.locator("dialog").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 360, "height": 740}
    card.closes()
    assert not card.is_large()
    assert card.focused() == "card-no-pull"
    card.enlarges("card-ambulance")
    assert card.number() == card.person.reads("[data-number]")
    chromium.page.keyboard.press("Escape")
    until(card.is_large, False)


def test_only_what_is_ticked_is_shown_and_a_reload_forgets_it(card: HelpCard) -> None:
    assert not card.offers_only_ticked()
    card.unfolds("card-helper")
    card.ticks("card-stay")
    card.unfolds("card-pharmacist")
    card.ticks("card-asthma")
    before = card.shown()
    card.shows_only_ticked()
    assert card.shown() == ["card-stay", "card-asthma"]
    card.ticks("card-asthma")
    assert card.shown() == ["card-stay"]
    card.shows_only_ticked()
    assert card.shown() == before
    card.shows_only_ticked()
    card.ticks("card-stay")
    assert card.shown() == before
    card.ticks("card-stay")
    card.person.reloads()
    card.waits()
    assert card.person.ticked() == []
    assert not card.keeps_anything()


def test_what_was_answered_with_yes_is_ticked_when_the_person_asks(offline: Person) -> None:
    offline.visits("check/")
    offline.answers_until("gates")
    offline.ticks("g-below", "g-trunk")
    offline.presses("next")
    offline.says("yes", "saddle-changed")
    offline.sees("result-emergency")
    offline.follows("Show this to someone")
    card = HelpCard(offline)
    card.waits_for_answers()
    assert offline.ticked() == []
    card.adds_answers()
    assert card.shown() == ["card-saddle"]
    until(lambda: card.is_in_view("card-saddle"), True)
    card.tells_that_answers_were_added()
    assert "saddle" not in str(offline.browser.run("return location.href"))
    offline.restarts()
    card.opens()
    assert not card.offers_answers()


def test_an_answer_without_a_sentence_says_so(offline: Person) -> None:
    offline.visits("check/")
    offline.answers_until("second")
    offline.says("yes", "weight-loss")
    offline.presses("next")
    offline.visits("help-card/")
    card = HelpCard(offline)
    card.waits_for_answers()
    card.adds_answers()
    card.tells_that_no_answer_was_added()
    assert offline.ticked() == []


def test_the_place_is_found_when_asked_and_goes_into_the_message(
    card: HelpCard, chromium: Chromium
) -> None:
    chromium.context.grant_permissions(["geolocation"])
    chromium.context.set_geolocation(LONDON)
    card.unfolds("card-call")
    words = "Please come and help me. My back or neck has locked and I cannot get up."
    assert card.message() == words
    assert not card.shows_the_place()
    chromium.requests.clear()
    card.locates()
    assert card.tells_that_the_place_was_found() == 13
    assert card.place() == "51.50735, -0.12776"
    assert card.message() == f"{words}\n51.50735, -0.12776 (±13 m)"
    assert chromium.requests == []
    assert not card.keeps_anything()


def test_a_phone_that_hides_its_place_says_so(card: HelpCard, chromium: Chromium) -> None:
    chromium.context.clear_permissions()
    card.unfolds("card-call")
    card.locates()
    until(card.place_notes, ["denied"])


@pytest.mark.parametrize(("code", "said"), [(1, "denied"), (2, "not-found"), (3, "too-late")])
def test_what_goes_wrong_is_said_in_one_sentence(
    card: HelpCard, chromium: Chromium, code: int, said: str
) -> None:
    Device(chromium).refuses_its_place(code)
    card.unfolds("card-call")
    card.locates()
    until(card.place_notes, [said])
    assert not card.shows_the_place()


def test_a_phone_that_cannot_tell_its_place_shows_no_button(
    offline: Person, chromium: Chromium
) -> None:
    Device(chromium).cannot_tell_its_place()
    card = HelpCard(offline)
    card.opens()
    card.unfolds("card-call")
    card.waits_for_the_message()
    assert not card.offers_to_locate()


def test_without_scripts_the_card_is_there_to_read(
    chromium: Chromium, server: StagedServer
) -> None:
    chromium.scripts = False
    chromium.start()
    person = Person(chromium, server.url)
    person.visits("help-card/")
    card = HelpCard(person)
    assert card.other_cards() == [f"/{code}/help-card/" for code in LANGUAGES if code != "en"]
    assert "card-saddle" in card.shown()
    assert not card.has_controls()


def test_what_somebody_writes_stands_behind_their_sentence(
    card: HelpCard, chromium: Chromium
) -> None:
    card.unfolds("card-pharmacist")
    card.chooses_second("ar")
    card.waits_for_second()
    chromium.page.locator("#card-allergy input[type=text]").fill("penicillin")
    assert card.written("card-allergy") == "penicillin"
    card.shows_only_ticked()
    until(card.shown, ["card-allergy"])
    card.enlarges("card-allergy")
    card.waits_for_the_large_second()
    assert "penicillin" in card.large()
    assert "penicillin" not in card.traces()
