"""One timer for everything: it counts through sleep, restarts, wrong clocks and missing parts."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.browsers import Chromium
from tests.support.person import Person, until
from tests.support.records import StagedServer

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HEAT: dict[str, Any] = {
    "kind": "heat",
    "name": "Warmth",
    "back": "heat-or-ice/",
    "over": "Take it off. Look at your skin.",
    "gap": 7200,
    "cap": 2,
    "maximum": 1200,
    "segments": [
        {"seconds": 300, "text": "Keep it on.", "cue": "mark"},
        {"seconds": 600, "text": "Look at your skin.", "cue": "mark"},
    ],
}
BREATHING: dict[str, Any] = {
    "kind": "breathing",
    "name": "Breathe",
    "back": "now/",
    "rounds": 30,
    "segments": [
        {"seconds": 4, "text": "In", "cue": "in"},
        {"seconds": 6, "text": "Out", "cue": "out"},
    ],
}
NOISE = ("AudioContext was not allowed", "Offline readiness is unknown", "status of 404")
"""What the browser says of a page without a tap, of a clock that stands, and of no such page."""
LEFT = "[data-timer-left]"
BAR = "[data-timer-bar]"
TEXT = "[data-timer-text]"
SOUND = "[data-timer-toggle=sound]"
TAP = "[data-timer-show=tap]"
# Every oscillator and every vibration that the page asks for is noted.
LISTEN = """
    window.heard = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (at) {
      heard.push(Math.round(this.frequency.value));
      return start.call(this, at);
    };
    navigator.vibrate = (pattern) => { heard.push("buzz"); return true; };
"""
WITHOUT_PARTS = """
    for (const name of ["wakeLock", "vibrate"]) delete Navigator.prototype[name];
    for (const name of ["AudioContext", "speechSynthesis"]) delete window[name];
"""
WITHOUT_STORAGE = """
    Object.defineProperty(window, "localStorage", {
      get() { throw new DOMException("closed", "SecurityError"); },
    });
"""
WITH_VOICES = """
    window.spoken = [];
    const voice = (lang, localService) => ({ lang, localService, name: lang });
    Object.defineProperty(window, "speechSynthesis", { value: {
      getVoices: () => VOICES.map(([lang, local]) => voice(lang, local)),
      speak: ({ text, lang }) => spoken.push([text, lang]),
      cancel() {}, addEventListener() {},
    } });
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


@dataclass
class Holder:
    """A person who holds a phone with a clock that the test turns."""

    person: Person
    chromium: Chromium

    def starts(self, plan: dict[str, Any], *, replace: bool = False) -> str | None:
        """Start a timer from a script and open its page; return why not, if it was refused."""
        self.person.visits("walking/")
        refusal = self.asks(f"startTimer({json.dumps(plan)}, {json.dumps(replace)})?.why ?? null")
        self.person.visits("timer/")
        self.person.waits_for("[data-timer-none], [data-timer-view]")
        return refusal

    def asks(self, call: str, module: str = "timer/start") -> Any:
        """Return what a script of the page's own modules gives."""
        return self.person.browser.run(f"""
            const app = document.querySelector("script[type=module]").src;
            const own = await import(app.replace("app.js", "{module}.js"));
            return own.{call};
        """)

    def waits(self, seconds: float) -> None:
        """Keep looking at the page."""
        self.chromium.page.clock.run_for(int(seconds * 1000))

    def sleeps(self, seconds: float) -> None:
        """Lock the phone: the page stands still and no time is counted for it."""
        self.chromium.page.clock.fast_forward(int(seconds * 1000))

    def turns_the_clock(self, seconds: float) -> None:
        """Set the phone's clock forward or back."""
        now = self.person.browser.run("return Date.now()") / 1000 + seconds
        self.chromium.page.clock.set_system_time(datetime.fromtimestamp(now, UTC))

    def hides(self, *, hidden: bool) -> None:
        """Go to another app, or come back."""
        self.person.browser.run(f"""
            const value = {json.dumps(hidden)};
            Object.defineProperty(document, "hidden", {{ value, configurable: true }});
            document.dispatchEvent(new Event("visibilitychange"));
        """)

    def sees(self, css: str, text: str) -> None:
        """Wait until a part of the page says this."""
        until(lambda: self.person.reads(css), text)

    def lets_it_sound(self) -> None:
        """Tap for sound, where the browser wants a tap."""
        self.person.waits_for(f"{SOUND}, {TAP}")
        if self.person.shows(TAP):
            self.person.browser.press(TAP)
        self.person.waits_for(SOUND)

    def heard(self) -> list[Any]:
        """Return the tones and buzzes since this was last asked."""
        return list(self.person.browser.run("return heard.splice(0)"))


@pytest.fixture
def phone(offline: Person, chromium: Chromium) -> Iterator[Holder]:
    chromium.page.clock.install(time=NOON)
    chromium.page.clock.pause_at(NOON + timedelta(seconds=1))
    yield Holder(offline, chromium)
    assert [line for line in chromium.console if not any(noise in line for noise in NOISE)] == []


def test_a_walk_turns_back_at_half_time(phone: Holder) -> None:
    phone.person.visits("walking/")
    phone.person.browser.press("[data-minutes='5']")
    phone.person.sees("timer/")
    phone.sees(LEFT, "5:00")
    assert phone.person.reads(TEXT) == "Walk away at an easy pace."
    phone.waits(149.5)
    assert phone.person.reads(LEFT) == "2:31"
    assert phone.person.reads("[data-timer-next]") == "Turn back now."
    phone.waits(2)
    assert phone.person.reads(TEXT) == "Turn back now."
    assert phone.person.reads("[data-timer-said]") == "Turn back now."
    phone.waits(149)
    phone.person.waits_for(".timer__over")
    phone.person.browser.press("[data-timer-do=close]")
    phone.person.sees("walking/")
    assert not phone.person.shows(BAR)


def test_a_pause_stops_the_time_and_nothing_else(phone: Holder) -> None:
    phone.starts(BREATHING)
    phone.waits(2)
    phone.person.browser.press("[data-timer-do=toggle]")
    phone.waits(1)
    at = phone.person.reads(LEFT)
    phone.sleeps(600)
    phone.waits(3)
    assert phone.person.reads(LEFT) == at
    phone.person.waits_for(".timer__state")
    phone.person.browser.press("[data-timer-do=toggle]")
    phone.waits(3)
    assert phone.person.reads(LEFT) != at


def test_what_lies_on_the_skin_cannot_be_paused_and_is_looked_at_after_a_stop(
    phone: Holder,
) -> None:
    phone.starts(HEAT)
    assert not phone.person.shows("[data-timer-do=toggle]")
    phone.waits(400)
    phone.person.browser.press("[data-timer-do=stop]")
    phone.waits(1)
    assert phone.person.reads(TEXT) == HEAT["over"]
    phone.person.waits_for(".timer__over")


def test_hidden_for_a_minute_it_tells_only_the_newest(phone: Holder, chromium: Chromium) -> None:
    chromium.page.add_init_script(LISTEN)
    phone.starts(BREATHING)
    phone.lets_it_sound()
    for _ in ("off", "on"):
        phone.person.browser.press(SOUND)
    until(lambda: bool(phone.heard()), True)
    phone.waits(5)
    phone.heard()
    phone.hides(hidden=True)
    phone.sleeps(60)
    phone.hides(hidden=False)
    phone.waits(0.1)
    assert phone.heard() == [554, 440, "buzz"]
    assert phone.person.reads(LEFT) == "0:05"


def test_late_by_the_second_after_a_sleep(phone: Holder) -> None:
    phone.starts(HEAT)
    phone.waits(10)
    phone.sleeps(15 * 60 + 125 - 10)
    phone.waits(0.1)
    assert phone.person.reads("[data-timer-late]") == "2:05"
    phone.person.waits_for("[data-timer-show=missed]")
    assert phone.person.reads("[data-timer-said]") == HEAT["over"]


@pytest.mark.parametrize("plan", [HEAT, BREATHING], ids=lambda plan: str(plan["kind"]))
def test_a_clock_that_is_turned_back_changes_nothing_while_somebody_looks(
    phone: Holder, plan: dict[str, Any]
) -> None:
    phone.starts(plan)
    phone.waits(63.2)
    before = phone.person.reads(LEFT)
    phone.turns_the_clock(-3600)
    phone.waits(0.5)
    assert phone.person.reads(LEFT) == before
    phone.waits(60)
    assert phone.asks("look().state.leftInAll", "timer/store") in (
        sum(s["seconds"] for s in plan["segments"]) * plan.get("rounds", 1) - 123,
        sum(s["seconds"] for s in plan["segments"]) * plan.get("rounds", 1) - 124,
    )


def test_a_clock_that_is_set_forward_counts_as_time_that_has_passed(phone: Holder) -> None:
    phone.starts(HEAT)
    phone.waits(60)
    phone.turns_the_clock(3600)
    phone.waits(2)
    phone.person.waits_for(".timer__over")
    phone.person.waits_for("[data-timer-show=missed]")
    # 3,662 seconds since the start, of which 900 were meant
    assert phone.person.reads("[data-timer-late]") in ("46:01", "46:02")


@pytest.mark.parametrize("hidden", [True, False], ids=["hidden", "closed"])
def test_a_clock_turned_back_unseen_ends_what_lies_on_the_skin(phone: Holder, hidden: bool) -> None:
    phone.starts(HEAT)
    phone.waits(60)
    if hidden:
        phone.hides(hidden=True)
    else:
        phone.chromium.visit("about:blank")
    phone.turns_the_clock(-30)
    if hidden:
        phone.hides(hidden=False)
    else:
        phone.person.visits("timer/")
    phone.sees(
        ".note:not([hidden])",
        "Your phone's clock was changed. Take it off now and look at your skin.",
    )


def test_a_clock_turned_back_while_closed_goes_on_from_what_was_seen(phone: Holder) -> None:
    phone.starts(BREATHING)
    phone.waits(62)
    phone.chromium.visit("about:blank")
    phone.turns_the_clock(-3600)
    phone.person.visits("timer/")
    until(lambda: phone.person.reads("[data-timer-all]") in ("3:58", "3:59"), True)


def test_after_a_restart_the_time_has_gone_on(offline: Person, chromium: Chromium) -> None:
    holder = Holder(offline, chromium)
    holder.starts(HEAT)
    begun = holder.asks("current().startedAt", "timer/store")
    offline.restarts()
    offline.visits()
    offline.waits_for(BAR)
    assert offline.reads(f"{BAR} > span:first-child") == "Warmth"
    offline.browser.press(BAR)
    offline.sees("timer/")
    now = "return Date.now()"
    until(
        lambda: (
            abs(seconds(offline.reads(LEFT)) - (900 - (offline.browser.run(now) - begun) / 1000))
            < 1.5
        ),
        True,
    )


def test_too_soon_is_refused(phone: Holder) -> None:
    assert phone.starts(HEAT) is None
    phone.sleeps(901)
    assert phone.starts(HEAT) == "early"
    assert phone.starts({**HEAT, "kind": "ice"}) is None
    assert phone.starts(HEAT, replace=True) == "early"
    assert phone.person.reads("[data-timer-name]") == "Warmth"
    phone.sleeps(7201)
    assert phone.starts(HEAT, replace=True) is None
    phone.sleeps(901)
    phone.sleeps(7300)
    assert phone.starts(HEAT) == "often"
    phone.sleeps(24 * 3600)
    assert phone.starts(HEAT) is None


def test_who_is_too_soon_reads_from_when_on(phone: Holder) -> None:
    phone.starts(HEAT)
    phone.sleeps(901)
    phone.person.visits("heat-or-ice/")
    phone.person.presses("none")
    starter = "[data-kind=heat]"
    phone.person.waits_for(f"{starter}:not([hidden])")
    phone.person.browser.press(f"{starter} [data-minutes='15']")
    phone.person.waits_for(f"{starter} [data-timer-say=early]")
    phone.person.waits_for(f"{starter} [data-timer-say=today]")
    for other in ("tomorrow", "often"):
        assert not phone.person.shows(f"{starter} [data-timer-say={other}]")
    # Begun a second after noon; the whole minute after its end and 2 hours.
    until(lambda: "2:16" in phone.person.reads(f"{starter} [data-timer-from]"), True)


def test_a_slip_of_the_finger_costs_no_rest(phone: Holder) -> None:
    phone.starts(HEAT)
    phone.waits(20)
    phone.person.browser.press("[data-timer-do=stop]")
    until(lambda: phone.person.browser.run("return location.pathname"), "/en/walking/")
    assert phone.starts(HEAT) is None


def test_one_timer_waits_for_the_other(phone: Holder) -> None:
    phone.starts(HEAT)
    phone.person.visits("walking/")
    starter = phone.chromium.page.locator(".starter:has([data-minutes='10'])").first
    starter.locator("[data-minutes='10']").click()
    assert starter.locator("[data-timer-other]").inner_text() == "Warmth"
    starter.locator("[data-timer-replace]").click()
    phone.person.sees("timer/")
    phone.sees(LEFT, "10:00")


def test_the_bar_is_on_every_page_but_the_timers_own(phone: Holder) -> None:
    phone.starts(HEAT)
    assert not phone.person.shows(BAR)
    for route in ("", "now/", "check/", "exercises/", "about/", "settings/", "nonsense/"):
        phone.person.visits(route)
        phone.person.waits_for(BAR)
        phone.waits(1)
    assert phone.person.reads(f"{BAR} [role=timer]") in ("14:52", "14:53", "14:54")
    phone.sleeps(900)
    phone.waits(1)
    assert phone.person.reads(f"{BAR} [role=status]") == "It is over."


def test_two_tabs_show_one_timer(offline: Person, chromium: Chromium) -> None:
    holder = Holder(offline, chromium)
    offline.visits()
    other = chromium.context.new_page()
    other.goto(f"{offline.site}/en/about/")
    assert other.locator(BAR).is_hidden()
    holder.starts(BREATHING)
    other.locator(BAR).wait_for(state="visible")
    chromium.press("[data-timer-do=stop]")
    other.locator(BAR).wait_for(state="hidden")


def test_a_timer_that_is_broken_is_none(phone: Holder) -> None:
    phone.starts(HEAT)
    run = phone.person.browser.run
    kept = json.loads(run("return localStorage.getItem('easeback.timer')"))
    for broken in (
        "{",
        "null",
        "[]",
        json.dumps({**kept, "startedAt": "now"}),
        json.dumps({**kept, "rounds": 10**9}),
        json.dumps({**kept, "segments": [{"seconds": 0, "text": "", "cue": "mark"}]}),
        json.dumps({**kept, "back": "//elsewhere.example/"}),
        json.dumps({**kept, "maximum": 60}),
    ):
        run(f"localStorage.setItem('easeback.timer', {json.dumps(broken)})")
        phone.person.visits("timer/")
        phone.person.waits_for("[data-timer-none]")


def test_with_storage_closed_it_lasts_as_long_as_the_window(
    phone: Holder, chromium: Chromium
) -> None:
    chromium.page.add_init_script(WITHOUT_STORAGE)
    phone.person.visits("walking/")
    phone.person.waits_for("[data-timer-say=unkept]")
    assert phone.starts(HEAT) is None
    phone.sees(LEFT, "15:00")
    phone.waits(10)
    phone.person.visits("about/")
    phone.person.waits_for(BAR)
    phone.person.visits("timer/")
    phone.sees(LEFT, "14:50")
    phone.person.waits_for("[data-timer-show=unkept]")


def test_a_phone_that_lacks_the_rest_says_the_same_in_words(
    phone: Holder, chromium: Chromium
) -> None:
    chromium.page.add_init_script(WITHOUT_PARTS)
    phone.starts(HEAT)
    phone.waits(301)
    assert phone.person.reads(TEXT) == "Look at your skin."
    assert phone.person.reads("[data-timer-said]") == "Look at your skin."
    assert not phone.person.shows("[data-timer-toggle], [data-timer-show=tap]")


@pytest.mark.parametrize(
    ("voices", "spoken"),
    [
        ([["en-GB", True]], [["Look at your skin.", "en-GB"]]),
        ([["en-US", False], ["es", True]], None),
    ],
    ids=["local", "none"],
)
def test_only_a_voice_of_this_phone_and_language_speaks(
    phone: Holder, chromium: Chromium, voices: list[Any], spoken: list[Any] | None
) -> None:
    chromium.page.add_init_script(WITH_VOICES.replace("VOICES", json.dumps(voices)))
    phone.starts(HEAT)
    toggle = "[data-timer-toggle=voice]"
    until(lambda: phone.person.shows(toggle), spoken is not None)
    if spoken is None:
        return
    phone.person.browser.press(toggle)
    phone.person.browser.run("spoken.length = 0")
    phone.waits(301)
    assert phone.person.browser.run("return spoken") == spoken


def test_a_channel_that_is_off_stays_off(phone: Holder, chromium: Chromium) -> None:
    chromium.page.add_init_script(LISTEN)
    phone.starts(BREATHING)
    # Whether a browser wants a tap before it sounds depends on what it has seen so far.
    phone.lets_it_sound()
    for channel in ("sound", "vibration"):
        phone.person.browser.press(f"[data-timer-toggle={channel}]")
    phone.person.visits("timer/")
    phone.person.waits_for(SOUND)
    phone.person.browser.press(TEXT)
    phone.heard()
    phone.waits(12)
    assert phone.heard() == []
    assert (
        phone.person.browser.run(f"return document.querySelector('{SOUND}').ariaPressed") == "false"
    )


def test_the_screen_is_held_on_and_taken_again(phone: Holder, chromium: Chromium) -> None:
    chromium.context.grant_permissions(["screen-wake-lock"])
    phone.starts(HEAT)
    held = "return document.querySelector('[data-timer-toggle=awake]').ariaPressed"
    until(lambda: phone.person.browser.run(held), "true")
    other = chromium.context.new_page()
    other.bring_to_front()
    chromium.page.bring_to_front()
    until(lambda: phone.person.browser.run(held), "true")
    phone.person.browser.press("[data-timer-toggle=awake]")
    until(lambda: phone.person.browser.run(held), "false")


def test_without_scripts_it_says_to_use_a_clock(chromium: Chromium, server: StagedServer) -> None:
    chromium.scripts = False
    chromium.start()
    person = Person(chromium, server.url)
    person.visits("timer/")
    assert "Use a clock." in person.reads()
    assert not person.shows(".timer, .timer-none, button")
    person.follows("Walking")
    assert not person.shows(".starter, [data-timer-bar]")


def seconds(shown: str) -> float:
    """Return what minutes and seconds come to; no number while nothing is shown yet."""
    minutes, _, rest = shown.partition(":")
    return int(minutes) * 60 + int(rest) if rest else math.nan
