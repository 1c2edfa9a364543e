"""Up from the floor: by eye alone, by ear alone, by a list; with the server dead."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.browsers import Chromium
from tests.support.person import Person, until
from tests.support.records import StagedServer
from tests.support.site import build

STEPS = build().knowledge.floor
FIRST, LAST = STEPS[0].text.english, STEPS[-1].text.english
CHECK = "[data-floor-bar] a[href$='/check/']"
VOICE = """
window.said = [];
window.SpeechSynthesisUtterance = class {
  constructor(text) {
    this.text = text;
  }
};
const voices = [{ lang: "en-GB", localService: true }];
Object.defineProperty(window, "speechSynthesis", {
  value: {
    getVoices: () => voices,
    addEventListener() {},
    cancel: () => window.said.push("(silence)"),
    get speaking() {
      return window.talks ?? false;
    },
    speak: ({ text }) => window.said.push(text),
  },
});
"""
"""A phone with one voice, which writes down what it says."""

AWAKE = """
window.awake = 0;
const request = WakeLock.prototype.request;
WakeLock.prototype.request = async function (type) {
  const lock = await request.call(this, type);
  window.awake += 1;
  lock.addEventListener("release", () => (window.awake -= 1));
  return lock;
};
"""
"""Counts what holds the screen on."""

LEGS = (
    "Do your legs give way? Are they numb or weak? Stop. New and in both legs? Call now. "
    "Else do the check."
)


def shown(person: Person) -> list[str]:
    """Return the texts of the steps that can be seen."""
    script = """
        const steps = [...document.querySelectorAll("[data-floor-step]")];
        return steps.filter((one) => one.checkVisibility()).map((one) => one.innerText.trim());
    """
    return list(person.browser.run(script))


def said(person: Person) -> list[str]:
    """Return what was said since the last silence."""
    everything = list(person.browser.run("return window.said"))
    after = [n for n, text in enumerate(everything) if text == "(silence)"]
    return everything[after[-1] + 1 :] if after else everything


def starts(person: Person, how: str) -> None:
    """Open the page and press one of its two ways to begin."""
    person.visits("now/floor/")
    person.waits_for("[data-floor-start]")
    person.browser.press(f"[data-floor-go={how}]")


@pytest.fixture
def listener(offline: Person, chromium: Chromium) -> Person:
    """Somebody offline whose phone has a voice."""
    chromium.context.add_init_script(VOICE)
    return offline


def test_the_way_there_is_on_the_first_screen(offline: Person, chromium: Chromium) -> None:
    offline.visits("now/")
    link = chromium.page.locator("main a[href$='/now/floor/']").first
    box = link.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 740
    offline.follows("I am on the floor")
    assert offline.reads("h1") == "Up from the floor"
    assert len(shown(offline)) == len(STEPS)


def test_it_is_walked_through_by_eye_alone(offline: Person) -> None:
    starts(offline, "start")
    assert offline.browser.run("return speechSynthesis.getVoices().length") == 0
    for step in STEPS:
        assert shown(offline) == [step.text.english]
        offline.waits_for(CHECK)
        offline.waits_for(".call")
        if step is not STEPS[-1]:
            offline.browser.press("[data-floor-go=next]")
    offline.browser.press("[data-floor-go=back]")
    assert shown(offline) == [STEPS[-2].text.english]
    offline.browser.press("[data-floor-go=next]")
    offline.browser.press("[data-floor-go=done]")
    assert len(shown(offline)) == len(STEPS)
    assert not offline.shows("[data-floor-go=voice]")


def test_it_is_walked_through_by_ear_alone(listener: Person, chromium: Chromium) -> None:
    chromium.page.clock.install()
    starts(listener, "alone")
    assert said(listener)[0].endswith(FIRST)
    assert "Tap anywhere to stop" in said(listener)[0]
    for step in STEPS[1:]:
        chromium.page.clock.run_for(29_000)
        assert said(listener)[0].endswith(STEPS[STEPS.index(step) - 1].text.english)
        chromium.page.clock.run_for(1_000)
        assert said(listener) == [step.text.english]
    chromium.page.clock.run_for(90_000)
    assert said(listener) == [LAST]
    assert not listener.shows("[data-floor-wait]")


def test_the_count_waits_for_the_voice_but_not_for_ever(
    listener: Person, chromium: Chromium
) -> None:
    chromium.page.clock.install()
    starts(listener, "alone")
    listener.browser.run("window.talks = true")
    chromium.page.clock.run_for(20_000)
    assert listener.reads("[data-floor-left]") == "30"
    listener.browser.run("window.talks = false")
    chromium.page.clock.run_for(30_000)
    assert shown(listener) == [STEPS[1].text.english]
    listener.browser.run("window.talks = true")
    chromium.page.clock.run_for(60_000)
    assert shown(listener) == [STEPS[2].text.english]


def test_a_tap_anywhere_stays_at_the_step(listener: Person, chromium: Chromium) -> None:
    chromium.page.clock.install()
    starts(listener, "alone")
    chromium.page.clock.run_for(30_000)
    listener.waits_for("[data-floor-wait]")
    chromium.page.locator("[data-floor-step]:visible .picture").tap()
    assert not listener.shows("[data-floor-wait]")
    chromium.page.clock.run_for(90_000)
    assert shown(listener) == [STEPS[1].text.english]


def test_the_screen_stays_on_while_steps_are_shown(offline: Person, chromium: Chromium) -> None:
    chromium.context.grant_permissions(["screen-wake-lock"])
    chromium.context.add_init_script(AWAKE)
    starts(offline, "start")
    until(lambda: offline.browser.run("return awake"), 1)
    offline.browser.press("[data-floor-go=stop]")
    until(lambda: offline.browser.run("return awake"), 0)


def test_the_voice_can_be_switched_on_and_off(listener: Person) -> None:
    starts(listener, "start")
    assert said(listener) == []
    listener.browser.press("[data-floor-go=voice]")
    assert said(listener) == [FIRST]
    listener.browser.press("[data-floor-go=voice]")
    listener.browser.press("[data-floor-go=next]")
    assert said(listener) == []


def test_what_a_helper_does_is_shown_and_said_where_there_is_one(listener: Person) -> None:
    listener.visits("now/floor/")
    listener.waits_for("[data-floor-start]")
    assert not listener.shows("[data-floor-helper]")
    listener.browser.press("label:has([data-floor-helped])")
    listener.browser.press("[data-floor-go=start]")
    listener.browser.press("[data-floor-go=voice]")
    for step in STEPS:
        assert step.helper
        assert step.helper.english in shown(listener)[0]
        assert said(listener) == [f"{step.text.english} {step.helper.english}"]
        if step is not STEPS[-1]:
            listener.browser.press("[data-floor-go=next]")


def test_stop_says_what_to_do_when_it_is_too_much(listener: Person) -> None:
    starts(listener, "start")
    listener.browser.press("[data-floor-go=voice]")
    listener.browser.press("[data-floor-go=stop]")
    assert said(listener) == []
    listener.browser.press("[data-floor-go=start]")
    assert said(listener) == []
    listener.browser.press("[data-floor-go=stop]")
    assert len(shown(listener)) == len(STEPS)
    focused = listener.browser.run("return document.activeElement.innerText")
    assert "wait 10 minutes and try once more" in focused


def test_every_step_leads_to_the_check_and_back_leads_out(offline: Person) -> None:
    offline.visits("now/")
    offline.follows("I am on the floor")
    offline.waits_for("[data-floor-start]")
    offline.browser.press("[data-floor-go=start]")
    for _ in STEPS[1:]:
        offline.browser.press("[data-floor-go=next]")
    offline.follows(LEGS)
    offline.sees("danger")
    offline.goes_back()
    until(lambda: len(shown(offline)), len(STEPS))
    offline.goes_back()
    assert offline.reads("h1") == "My back or neck has locked"


def test_a_page_that_was_kept_alive_shows_the_list_again(
    chromium: Chromium, prepared: tuple[Path, str], request: pytest.FixtureRequest
) -> None:
    chromium.bfcache = True
    person: Person = request.getfixturevalue("offline")
    starts(person, "alone")
    person.follows(LEGS)
    person.goes_back()
    until(lambda: len(shown(person)), len(STEPS))
    assert not person.shows("[data-floor-bar]")


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
    assert not person.shows("[data-floor-go]")
    pictures = chromium.page.locator("[data-floor-step] img")
    assert pictures.count() == len(STEPS)
