"""Up from the floor: by eye alone, by ear alone, by a list; with the server dead."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.pages.floor import Floor
from tests.support.browsers import Chromium
from tests.support.device import Device
from tests.support.person import Person, until
from tests.support.records import StagedServer
from tests.support.site import build

STEPS = build().knowledge.floor
FIRST, LAST = STEPS[0].text.english, STEPS[-1].text.english
LEGS = (
    "Do your legs give way? Are they numb or weak? Stop. New and in both legs? Call now. "
    "Else do the check."
)


@dataclass
class Listener(Floor):
    """The page on a phone with one voice, which writes down what it says."""

    device: Device

    def hears(self) -> list[str]:
        """Return what was said since the last silence."""
        since = itertools.takewhile(bool, reversed(self.device.said()))
        return [words[0] for words in since if words][::-1]


@pytest.fixture
def floor(offline: Person) -> Floor:
    """The page, for somebody offline."""
    return Floor(offline)


@pytest.fixture
def listener(offline: Person, chromium: Chromium) -> Listener:
    """The same, for somebody whose phone has a voice."""
    device = Device(chromium)
    device.has_voices(("en-GB", True))
    return Listener(offline, device)


def test_the_way_there_is_on_the_first_screen(floor: Floor, chromium: Chromium) -> None:
    floor.person.visits("now/")
    link = chromium.page.locator("main a[href$='/now/floor/']").first
    box = link.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 740
    floor.person.follows("I am on the floor")
    assert floor.person.reads("h1") == "Up from the floor"
    assert len(floor.shown()) == len(STEPS)


def test_it_is_walked_through_by_eye_alone(floor: Floor) -> None:
    floor.begins()
    assert floor.person.browser.run("return speechSynthesis.getVoices().length") == 0
    for step in STEPS:
        assert floor.shown() == [step.text.english]
        floor.waits_for_check_and_call()
        if step is not STEPS[-1]:
            floor.goes_on()
    floor.goes_one_back()
    assert floor.shown() == [STEPS[-2].text.english]
    floor.goes_on()
    floor.is_up()
    assert len(floor.shown()) == len(STEPS)
    assert not floor.offers_a_voice()


def test_it_is_walked_through_by_ear_alone(listener: Listener, chromium: Chromium) -> None:
    chromium.page.clock.install()
    listener.begins_alone()
    assert listener.hears()[0].endswith(FIRST)
    assert "Tap anywhere to stop" in listener.hears()[0]
    for step in STEPS[1:]:
        chromium.page.clock.run_for(29_000)
        assert listener.hears()[0].endswith(STEPS[STEPS.index(step) - 1].text.english)
        chromium.page.clock.run_for(1_000)
        assert listener.hears() == [step.text.english]
    chromium.page.clock.run_for(90_000)
    assert listener.hears() == [LAST]
    assert not listener.counts()


def test_the_count_waits_for_the_voice_but_not_for_ever(
    listener: Listener, chromium: Chromium
) -> None:
    chromium.page.clock.install()
    listener.begins_alone()
    listener.device.talks()
    chromium.page.clock.run_for(20_000)
    assert listener.left() == 30
    listener.device.ends_its_sentence()
    chromium.page.clock.run_for(30_000)
    assert listener.shown() == [STEPS[1].text.english]
    listener.device.talks()
    chromium.page.clock.run_for(60_000)
    assert listener.shown() == [STEPS[2].text.english]


def test_a_tap_anywhere_stays_at_the_step(listener: Listener, chromium: Chromium) -> None:
    chromium.page.clock.install()
    listener.begins_alone()
    chromium.page.clock.run_for(30_000)
    until(listener.counts, True)
    chromium.page.locator(f"{Floor.STEP}:visible .picture").tap()
    assert not listener.counts()
    chromium.page.clock.run_for(90_000)
    assert listener.shown() == [STEPS[1].text.english]


def test_the_screen_stays_on_while_steps_are_shown(floor: Floor, chromium: Chromium) -> None:
    device = Device(chromium)
    device.notes_what_holds_the_screen_on()
    floor.begins()
    until(device.awake, 1)
    floor.stops()
    until(device.awake, 0)


def test_the_voice_can_be_switched_on_and_off(listener: Listener) -> None:
    listener.begins()
    assert listener.hears() == []
    listener.switches_the_voice()
    assert listener.hears() == [FIRST]
    listener.switches_the_voice()
    listener.goes_on()
    assert listener.hears() == []


def test_what_a_helper_does_is_shown_and_said_where_there_is_one(listener: Listener) -> None:
    listener.opens()
    assert not listener.shows_what_a_helper_does()
    listener.is_helped()
    listener.begins_by_hand()
    listener.switches_the_voice()
    for step in STEPS:
        assert step.helper
        assert step.helper.english in listener.shown()[0]
        assert listener.hears() == [f"{step.text.english} {step.helper.english}"]
        if step is not STEPS[-1]:
            listener.goes_on()


def test_stop_says_what_to_do_when_it_is_too_much(listener: Listener) -> None:
    listener.begins()
    listener.switches_the_voice()
    listener.stops()
    assert listener.hears() == []
    listener.begins_by_hand()
    assert listener.hears() == []
    listener.stops()
    assert len(listener.shown()) == len(STEPS)
    focused = listener.person.browser.run("return document.activeElement.innerText")
    assert "wait 10 minutes and try once more" in focused


def test_every_step_leads_to_the_check_and_back_leads_out(floor: Floor) -> None:
    person = floor.person
    person.visits("now/")
    person.follows("I am on the floor")
    floor.waits()
    floor.begins_by_hand()
    for _ in STEPS[1:]:
        floor.goes_on()
    person.follows(LEGS)
    person.sees("danger")
    person.goes_back()
    until(lambda: len(floor.shown()), len(STEPS))
    person.goes_back()
    assert person.reads("h1") == "My back or neck has locked"


def test_a_page_that_was_kept_alive_shows_the_list_again(
    chromium: Chromium, prepared: tuple[Path, str], request: pytest.FixtureRequest
) -> None:
    chromium.bfcache = True
    person: Person = request.getfixturevalue("offline")
    floor = Floor(person)
    floor.begins_alone()
    person.follows(LEGS)
    person.goes_back()
    until(lambda: len(floor.shown()), len(STEPS))
    assert not floor.is_underway()


def test_without_scripts_it_is_a_list_with_pictures(
    chromium: Chromium, server: StagedServer
) -> None:
    chromium.scripts = False
    chromium.start()
    person = Person(chromium, server.url)
    person.visits("now/floor/")
    for step in STEPS:
        assert step.text.english in person.reads()
        assert step.helper
        assert step.helper.english in person.reads()
    floor = Floor(person)
    assert not floor.offers_anything()
    assert floor.pictures() == len(STEPS)
