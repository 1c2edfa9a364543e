"""One timer for everything: it counts through sleep, restarts, wrong clocks and missing parts."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from tests.browser.pages.heat_or_ice import HeatOrIce
from tests.browser.pages.timer import Starter, Timer, TimerBar
from tests.browser.pages.walking import Walking
from tests.support.browsers import Chromium
from tests.support.device import Device
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
END = [784, 988, 1175, 784, "buzz"]
NOISE = ("AudioContext was not allowed", "Offline readiness is unknown", "status of 404")
"""What the browser says of a page without a tap, of a clock that stands, and of no such page."""


@dataclass
class Holder:
    """A person who holds a phone with a clock that the test turns."""

    person: Person
    chromium: Chromium

    def __post_init__(self) -> None:
        self.device = Device(self.chromium)
        self.timer = Timer(self.person)
        self.bar = TimerBar(self.person)

    def starts(self, plan: dict[str, Any], *, replace: bool = False) -> str | None:
        """Start a timer from a script and open its page; return why not, if it was refused."""
        self.person.visits("walking/")
        refusal = self.timer.starts(plan, replace=replace)
        self.timer.opens()
        return refusal

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

    def seconds_until(self, moment: int) -> float:
        """Return how far a moment is, in milliseconds since 1970, by the phone's clock."""
        return (moment - self.person.browser.run("return Date.now()")) / 1000


@pytest.fixture
def phone(offline: Person, chromium: Chromium) -> Iterator[Holder]:
    chromium.page.clock.install(time=NOON)
    chromium.page.clock.pause_at(NOON + timedelta(seconds=1))
    yield Holder(offline, chromium)
    assert [line for line in chromium.console if not any(noise in line for noise in NOISE)] == []


def test_a_walk_turns_back_at_half_time(phone: Holder) -> None:
    phone.person.visits("walking/")
    Starter(phone.person).starts(5)
    until(phone.timer.left, "5:00")
    assert phone.timer.text() == "Walk away at an easy pace."
    phone.waits(149.5)
    assert phone.timer.left() == "2:31"
    assert phone.timer.next() == "Turn back now."
    phone.waits(2)
    assert phone.timer.text() == "Turn back now."
    assert phone.timer.told() == "Turn back now."
    phone.waits(149)
    phone.timer.waits_until_over()
    phone.timer.closes()
    phone.person.sees("walking/")
    assert not phone.bar.is_shown()


def test_a_pause_stops_the_time_and_nothing_else(phone: Holder) -> None:
    phone.starts(BREATHING)
    phone.waits(2)
    phone.timer.toggles_the_pause()
    phone.waits(1)
    at = phone.timer.left()
    phone.sleeps(600)
    phone.waits(3)
    assert phone.timer.left() == at
    phone.timer.waits_until_paused()
    phone.timer.toggles_the_pause()
    phone.waits(3)
    assert phone.timer.left() != at


def test_what_lies_on_the_skin_cannot_be_paused_and_is_looked_at_after_a_stop(
    phone: Holder,
) -> None:
    phone.starts(HEAT)
    assert not phone.timer.can_be_paused()
    phone.waits(400)
    phone.timer.stops()
    phone.waits(1)
    assert phone.timer.text() == HEAT["over"]
    phone.timer.waits_until_over()


def test_hidden_for_a_minute_it_tells_only_the_newest(phone: Holder) -> None:
    phone.device.notes_what_is_heard()
    phone.starts(BREATHING)
    phone.timer.lets_it_sound()
    for _ in ("off", "on"):
        phone.timer.switches("sound")
    until(lambda: bool(phone.device.heard()), True)
    phone.waits(5)
    phone.device.heard()
    phone.device.hides_the_page()
    phone.sleeps(60)
    phone.device.shows_the_page()
    phone.waits(0.1)
    assert phone.device.heard() == [554, 440, "buzz"]
    assert phone.timer.left() == "0:05"


def test_the_end_of_what_lies_on_the_skin_is_told_again_until_somebody_acts(phone: Holder) -> None:
    phone.device.notes_what_is_heard()
    phone.starts(HEAT)
    phone.timer.lets_it_sound()
    phone.waits(899)
    phone.device.heard()
    phone.waits(2)
    assert phone.device.heard() == END
    for _ in range(3):
        phone.waits(15)
        assert phone.device.heard() == []
        phone.waits(6)
        assert phone.device.heard() == END
    phone.waits(560)
    phone.device.heard()
    phone.waits(60)
    assert phone.device.heard() == []
    phone.timer.closes()
    until(phone.timer.is_there, False)


def test_who_stops_reads_what_to_do_and_hears_nothing_of_it(phone: Holder) -> None:
    phone.device.notes_what_is_heard()
    phone.starts(HEAT)
    phone.timer.lets_it_sound()
    phone.waits(400)
    phone.device.heard()
    phone.timer.stops()
    phone.waits(60)
    assert phone.person.focus() == "Warmth"
    assert phone.device.heard() == []
    assert phone.timer.told() == HEAT["over"]


def test_a_walk_that_is_over_is_told_once(phone: Holder) -> None:
    phone.device.notes_what_is_heard()
    phone.starts(BREATHING)
    phone.timer.lets_it_sound()
    phone.waits(299)
    phone.device.heard()
    phone.waits(60)
    assert phone.device.heard() == END


def test_no_page_takes_a_cue_from_another(offline: Person, chromium: Chromium) -> None:
    holder = Holder(offline, chromium)
    holder.device.notes_what_is_heard()
    steps = ({"seconds": 6, "text": "Keep it on.", "cue": "mark"},)
    holder.starts({**HEAT, "segments": steps})
    for _ in range(2):
        other = chromium.context.new_page()
        other.goto(f"{offline.site}/en/timer/")
    for page in chromium.context.pages:
        page.locator("[data-timer-text]").click()
    for page in chromium.context.pages:
        until(partial(page.evaluate, "heard.includes(784)"), True)


def test_a_page_that_nobody_sees_or_hears_leaves_the_cue_to_the_next(phone: Holder) -> None:
    phone.device.notes_what_is_heard()
    phone.starts(HEAT)
    phone.timer.lets_it_sound()
    phone.timer.switches("sound")
    phone.device.hides_the_page()
    phone.device.heard()
    phone.waits(1000)
    assert phone.device.heard() == []
    phone.person.visits("timer/")
    assert phone.timer.late() in ("1:40", "1:41")
    assert phone.timer.told() == HEAT["over"]


def test_on_return_the_end_is_told_with_how_late(phone: Holder) -> None:
    phone.device.notes_what_is_heard()
    phone.starts(HEAT)
    phone.timer.lets_it_sound()
    phone.waits(10)
    phone.device.heard()
    phone.device.hides_the_page()
    phone.sleeps(3 * 3600)
    phone.device.shows_the_page()
    phone.waits(0.1)
    assert phone.device.heard()[:5] == END
    assert phone.timer.late() == "2:45:10"


def test_a_page_that_was_kept_alive_tells_the_end_on_return(
    chromium: Chromium, prepared: object, request: pytest.FixtureRequest
) -> None:
    chromium.bfcache = True
    person: Person = request.getfixturevalue("offline")
    holder = Holder(person, chromium)
    holder.starts({**HEAT, "segments": [{"seconds": 4, "text": "Keep it on.", "cue": "mark"}]})
    person.visits("about/")
    until(holder.bar.status, "It is over.")
    person.goes_back()
    until(holder.timer.told, HEAT["over"])
    holder.timer.waits_until_over()


@pytest.mark.parametrize("closed", [False, True], ids=["watched", "closed"])
def test_a_clock_set_forward_by_days_does_not_make_warmth_vanish(
    phone: Holder, closed: bool
) -> None:
    phone.starts(HEAT)
    phone.waits(60)
    if closed:
        phone.chromium.visit("about:blank")
    phone.turns_the_clock(3 * 24 * 3600)
    if closed:
        phone.person.visits("timer/")
    phone.waits(2)
    phone.timer.waits_until_over()
    assert phone.timer.told() == HEAT["over"]
    assert phone.timer.late().startswith("71:46:")


def test_a_clock_turned_back_by_days_unseen_still_bounds_the_telling(phone: Holder) -> None:
    phone.device.notes_what_is_heard()
    phone.starts(HEAT)
    phone.timer.lets_it_sound()
    phone.waits(60)
    phone.device.hides_the_page()
    phone.turns_the_clock(-3 * 24 * 3600)
    phone.device.shows_the_page()
    phone.waits(610)
    assert END[0] in phone.device.heard()
    phone.waits(60)
    assert phone.device.heard() == []


def test_storage_is_written_at_changes_and_not_every_second(phone: Holder) -> None:
    phone.device.notes_what_is_written()
    phone.starts(HEAT)
    phone.waits(5)
    phone.device.written()
    phone.waits(280)
    assert phone.device.written() <= 5
    phone.waits(12)
    assert phone.device.written() <= 2


def test_late_by_the_second_after_a_sleep(phone: Holder) -> None:
    phone.starts(HEAT)
    phone.waits(10)
    phone.sleeps(15 * 60 + 125 - 10)
    phone.waits(0.1)
    assert phone.timer.late() == "2:05"
    assert phone.timer.told() == HEAT["over"]


@pytest.mark.parametrize("plan", [HEAT, BREATHING], ids=lambda plan: str(plan["kind"]))
def test_a_clock_that_is_turned_back_changes_nothing_while_somebody_looks(
    phone: Holder, plan: dict[str, Any]
) -> None:
    phone.starts(plan)
    phone.waits(63.2)
    before = phone.timer.left()
    phone.turns_the_clock(-3600)
    phone.waits(0.5)
    assert phone.timer.left() == before
    phone.waits(60)
    whole = sum(s["seconds"] for s in plan["segments"]) * plan.get("rounds", 1)
    assert phone.timer.seconds_left_in_all() in (whole - 123, whole - 124)


def test_a_clock_that_is_set_forward_counts_as_time_that_has_passed(phone: Holder) -> None:
    phone.starts(HEAT)
    phone.waits(60)
    phone.turns_the_clock(3600)
    phone.waits(2)
    phone.timer.waits_until_over()
    # 3,662 seconds since the start, of which 900 were meant
    assert phone.timer.late() in ("46:01", "46:02")


@pytest.mark.parametrize("hidden", [True, False], ids=["hidden", "closed"])
def test_a_clock_turned_back_unseen_ends_what_lies_on_the_skin(phone: Holder, hidden: bool) -> None:
    phone.starts(HEAT)
    phone.waits(60)
    if hidden:
        phone.device.hides_the_page()
    else:
        phone.chromium.visit("about:blank")
    phone.turns_the_clock(-30)
    if hidden:
        phone.device.shows_the_page()
    else:
        phone.person.visits("timer/")
    changed = "Your phone's clock was changed. Take it off now and look at your skin."
    until(phone.timer.note, changed)


def test_a_clock_turned_back_while_closed_goes_on_from_what_was_seen(phone: Holder) -> None:
    phone.starts(BREATHING)
    phone.waits(62)
    phone.chromium.visit("about:blank")
    phone.turns_the_clock(-3600)
    phone.person.visits("timer/")
    until(lambda: phone.timer.left_in_all() in ("3:58", "3:59"), True)


def test_after_a_restart_the_time_has_gone_on(offline: Person, chromium: Chromium) -> None:
    holder = Holder(offline, chromium)
    holder.starts(HEAT)
    begun = holder.timer.started_at()
    offline.restarts()
    offline.visits()
    holder.bar.waits()
    assert holder.bar.name() == "Warmth"
    holder.bar.presses()
    until(
        lambda: abs(seconds(holder.timer.left()) - holder.seconds_until(begun + 900_000)) < 1.5,
        True,
    )


def test_too_soon_is_refused(phone: Holder) -> None:
    assert phone.starts(HEAT) is None
    phone.sleeps(901)
    assert phone.starts(HEAT) == "early"
    assert phone.starts({**HEAT, "kind": "ice"}) is None
    assert phone.starts(HEAT, replace=True) == "early"
    assert phone.timer.name() == "Warmth"
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
    warmth = HeatOrIce(phone.person).warmth
    warmth.presses(15)
    for what in ("early", "today"):
        until(lambda what=what: warmth.says(what), True)
    for other in ("tomorrow", "often"):
        assert not warmth.says(other)
    # Begun a second after noon; the whole minute after its end and 2 hours.
    until(lambda: "2:16" in warmth.again_from(), True)


def test_a_slip_of_the_finger_costs_no_rest(phone: Holder) -> None:
    phone.starts(HEAT)
    phone.waits(20)
    phone.timer.stops()
    until(lambda: phone.person.browser.run("return location.pathname"), "/en/walking/")
    assert phone.starts(HEAT) is None


def test_one_timer_waits_for_the_other(phone: Holder) -> None:
    phone.starts(HEAT)
    phone.person.visits("walking/")
    starter = Walking(phone.person).on_the_ladder(3)
    starter.presses(10)
    until(starter.other, "Warmth")
    starter.replaces()
    until(phone.timer.left, "10:00")


def test_the_bar_is_on_every_page_but_the_timers_own(phone: Holder) -> None:
    phone.starts(HEAT)
    assert not phone.bar.is_shown()
    for route in ("", "now/", "check/", "exercises/", "about/", "settings/", "nonsense/"):
        phone.person.visits(route)
        phone.bar.waits()
        phone.waits(1)
    assert phone.bar.left() in ("14:52", "14:53", "14:54")
    phone.sleeps(900)
    phone.waits(1)
    assert phone.bar.status() == "It is over."


def test_two_tabs_show_one_timer(offline: Person, chromium: Chromium) -> None:
    holder = Holder(offline, chromium)
    offline.visits()
    other = chromium.context.new_page()
    other.goto(f"{offline.site}/en/about/")
    assert other.locator(TimerBar.CSS).is_hidden()
    holder.starts(BREATHING)
    other.locator(TimerBar.CSS).wait_for(state="visible")
    holder.timer.stops()
    other.locator(TimerBar.CSS).wait_for(state="hidden")


def test_a_timer_that_is_broken_is_none(phone: Holder) -> None:
    phone.starts(HEAT)
    kept = phone.timer.kept()
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
        phone.timer.keeps(broken)
        phone.person.visits("timer/")
        phone.timer.waits_until_none()


def test_with_storage_closed_it_lasts_as_long_as_the_window(phone: Holder) -> None:
    phone.device.keeps_nothing()
    phone.person.visits("walking/")
    until(lambda: Starter(phone.person).says("unkept"), True)
    assert phone.starts(HEAT) is None
    until(phone.timer.left, "15:00")
    phone.waits(10)
    phone.person.visits("about/")
    phone.bar.waits()
    phone.person.visits("timer/")
    until(phone.timer.left, "14:50")
    phone.timer.warns_that_it_is_not_kept()


def test_a_phone_that_lacks_the_rest_says_the_same_in_words(phone: Holder) -> None:
    phone.device.has_only_words()
    phone.starts(HEAT)
    phone.waits(301)
    assert phone.timer.text() == "Look at your skin."
    assert phone.timer.told() == "Look at your skin."
    assert phone.timer.has_only_words()
    assert phone.timer.warns_that_the_screen_may_go_off()


def test_a_screen_that_is_not_held_on_is_told_in_words(phone: Holder) -> None:
    phone.device.refuses_to_stay_awake()
    phone.starts(HEAT)
    until(phone.timer.warns_that_the_screen_may_go_off, True)
    phone.waits(901)
    until(phone.timer.warns_that_the_screen_may_go_off, False)


def test_a_full_storage_is_told_in_words(phone: Holder) -> None:
    phone.person.visits("walking/")
    phone.device.fills_its_storage()
    phone.person.visits("walking/")
    until(lambda: Starter(phone.person).says("unkept"), True)
    assert phone.timer.starts(HEAT) is None
    phone.timer.opens()
    until(phone.timer.left, "15:00")
    phone.timer.warns_that_it_is_not_kept()


@pytest.mark.parametrize(
    ("voices", "spoken"),
    [
        ([("en-GB", True)], [["Look at your skin.", "en-GB"]]),
        ([("en-US", False), ("es", True)], None),
    ],
    ids=["local", "none"],
)
def test_only_a_voice_of_this_phone_and_language_speaks(
    phone: Holder, voices: list[tuple[str, bool]], spoken: list[Any] | None
) -> None:
    phone.device.has_voices(*voices)
    phone.starts(HEAT)
    # It is prepared once the timer runs.
    phone.waits(3)
    until(lambda: phone.timer.offers("voice"), spoken is not None)
    if spoken is None:
        return
    phone.timer.switches("voice")
    before = len(phone.device.said())
    phone.waits(301)
    assert [said for said in phone.device.said()[before:] if said] == spoken


def test_a_channel_that_is_off_stays_off(phone: Holder) -> None:
    phone.device.notes_what_is_heard()
    phone.starts(BREATHING)
    # Whether a browser wants a tap before it sounds depends on what it has seen so far.
    phone.timer.lets_it_sound()
    for channel in ("sound", "vibration"):
        phone.timer.switches(channel)
    phone.person.visits("timer/")
    phone.timer.touches_the_text()
    phone.device.heard()
    phone.waits(12)
    assert phone.device.heard() == []
    assert phone.timer.is_on("sound") is False


def test_the_screen_is_held_on_and_taken_again(phone: Holder, chromium: Chromium) -> None:
    chromium.context.grant_permissions(["screen-wake-lock"])
    phone.starts(HEAT)
    until(lambda: phone.timer.is_on("awake"), True)
    other = chromium.context.new_page()
    other.bring_to_front()
    chromium.page.bring_to_front()
    until(lambda: phone.timer.is_on("awake"), True)
    assert not phone.timer.warns_that_the_screen_may_go_off()
    phone.timer.switches("awake")
    until(lambda: phone.timer.is_on("awake"), False)
    assert phone.timer.warns_that_the_screen_may_go_off()


def test_without_scripts_it_says_to_use_a_clock(chromium: Chromium, server: StagedServer) -> None:
    chromium.scripts = False
    chromium.start()
    person = Person(chromium, server.url)
    person.visits("timer/")
    until(lambda: "Use a clock." in person.reads(), True)
    assert not person.shows(".timer, .timer-none, button")
    person.follows("Walking")
    assert not Starter(person).is_shown()
    assert not TimerBar(person).is_shown()


def seconds(shown: str) -> float:
    """Return what minutes and seconds come to; no number while nothing is shown yet."""
    minutes, _, rest = shown.partition(":")
    return int(minutes) * 60 + int(rest) if rest else math.nan
