"""The walks that a phone keeps, the next step that follows, and the calendar file; server dead."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.support.browsers import Chromium
from tests.support.person import Person, until
from tests.support.records import StagedServer
from tests.support.site import build

STAGES = build().knowledge.stages
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TODAY = (NOW - datetime(1970, 1, 1, tzinfo=UTC)).days
MODULE = """
const app = document.querySelector("script[type=module]").src;
const module = await import(app.replace("app.js", "MODULE"));
"""
CLOSED = """
Object.defineProperty(window, "localStorage", {
  get() {
    throw new DOMException("closed", "SecurityError");
  },
});
"""
SHEET = """
window.shared = [];
navigator.canShare = ({ files }) => files.length > 0;
navigator.share = async ({ files }) => {
  window.shared.push([files[0].name, files[0].type]);
  if (window.refusal) throw new DOMException("refused", window.refusal);
};
"""

Walk = dict[str, Any]


def walk(ago: int, minutes: int, before: int, most: int, morning: str = "yes") -> Walk:
    """Return a walk some days ago, as the phone keeps it."""
    pain = {"before": before, "most": most, "morning": morning}
    return {"day": TODAY - ago, "minutes": minutes, **pain}


GOOD = walk(2, 5, 3, 5), walk(1, 5, 3, 4)
NOTED_IN_VIEW = """
const { top, bottom } = document.querySelector("[data-walks-noted]").getBoundingClientRect();
return top > 0 && bottom < innerHeight;
"""


@pytest.fixture
def walker(offline: Person, chromium: Chromium) -> Person:
    """Somebody offline, in the morning of a known day; the clock of every page stands still."""
    chromium.page.clock.set_fixed_time(NOW)
    return offline


def opens(person: Person, *walks: Walk) -> None:
    """Open the page on a phone that keeps these walks."""
    person.visits("walking/")
    person.browser.run(f"localStorage.setItem('easeback.walks', {json.dumps(json.dumps(walks))})")
    person.visits("walking/")
    person.waits_for("[data-walks] h2")


def kept(person: Person) -> list[Walk]:
    """Return the walks that the phone keeps."""
    return list(person.browser.run("return JSON.parse(localStorage['easeback.walks'] ?? '[]')"))


def does(person: Person, what: str) -> None:
    """Press a button of the plan or the form."""
    person.browser.press(f"[data-walks-do={what}]:visible")


def notes(person: Person, before: int, most: int, morning: str = "later", steps: int = 0) -> None:
    """Fill in the form for a walk, some minutes longer than it proposes."""
    if not person.shows("[data-walks-note][open]"):
        person.browser.press("[data-walks-note] > summary")
    for _ in range(steps):
        person.browser.press("[data-by='1']")
    person.browser.press(f".scale__point:has([name=before][value='{before}'])")
    person.browser.press(f".scale__point:has([name=most][value='{most}'])")
    person.browser.press(f"label:has([name=morning][value={morning}])")
    person.browser.press("[data-walks-form] [type=submit]")


def plan(person: Person) -> str:
    """Return what the plan says to somebody who may walk today."""
    does(person, "well")
    return person.reads("[data-walks-part=plan]")


def minutes(person: Person) -> int:
    """Return the minutes of the next step."""
    return int(person.reads("[data-walks-number]"))


# --- the rule --------------------------------------------------------------------------------


def expected(walks: list[Walk]) -> dict[str, Any]:
    """Return the next step, worked out once more."""
    days: dict[int, list[Walk]] = {}
    for one in walks:
        if TODAY - 13 <= one["day"] <= TODAY:
            days.setdefault(one["day"], []).append(one)
    if not days:
        return {"minutes": 1, "why": "begin"}
    newest, *older = [days[day] for day in sorted(days, reverse=True)]
    if too_much := [one["minutes"] for one in newest if hurt(one)]:
        half = min(too_much) // 2
        return {"minutes": max(1, half), "why": "shorter" if half else "stand"}
    length = max(one["minutes"] for one in newest)
    proved = older and max(one["minutes"] for one in older[0]) >= length
    both = [*newest, *older[0]] if proved else []
    good = both and all(one["morning"] == "yes" and not hurt(one) for one in both)
    if good and length < 30:
        return {"minutes": min(30, length + 2), "why": "longer"}
    return {"minutes": length, "why": "same"}


def hurt(one: Walk) -> bool:
    """Return whether pain rose by more than two points, or was not back by the next morning."""
    return bool(one["most"] > one["before"] + 2 or one["morning"] == "no")


DAYS = st.integers(-1, 4) | st.integers(-1, 20)
PAIN = st.integers(0, 4) | st.integers(0, 10)
WALKS = st.lists(
    st.builds(
        walk,
        DAYS,
        st.integers(1, 40),
        PAIN,
        PAIN,
        st.sampled_from(["yes", "yes", "yes", "no", "later"]),
    ),
    max_size=8,
)


def test_the_next_step_follows_the_rule(walker: Person) -> None:
    walker.visits("walking/")
    code = MODULE.replace("MODULE", "walking/plan.js")

    @settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
    @given(WALKS)
    def agrees(walks: list[Walk]) -> None:
        call = f"return module.nextStep({json.dumps(walks)}, {TODAY})"
        step = walker.browser.run(code + call)
        assert step == expected(walks)
        assert step["minutes"] >= 1

    agrees()


RULE = {
    "no walk yet": ([], 1, "begin"),
    "two good days": ([*GOOD], 7, "longer"),
    "one good day": ([GOOD[1]], 5, "same"),
    "good, and then a morning that nobody knows": ([GOOD[0], walk(1, 5, 3, 4, "later")], 5, "same"),
    "longer than the day before": ([walk(2, 5, 3, 3), walk(1, 7, 3, 3)], 7, "same"),
    "three points more": ([*GOOD, walk(0, 9, 3, 6, "later")], 4, "shorter"),
    "not back by morning": ([walk(1, 10, 3, 4, "no")], 5, "shorter"),
    "one minute was too much": ([walk(1, 1, 3, 8)], 1, "stand"),
    "half an hour is enough": ([walk(2, 30, 1, 1), walk(1, 30, 1, 1)], 30, "same"),
    "long ago": ([walk(15, 10, 1, 1), walk(14, 10, 1, 1)], 1, "begin"),
}


@pytest.mark.parametrize(("walks", "length", "why"), RULE.values(), ids=RULE)
def test_the_rule_says_what_the_page_says(walks: list[Walk], length: int, why: str) -> None:
    assert expected(walks) == {"minutes": length, "why": why}


# --- the plan and the log ----------------------------------------------------------------------


def test_a_danger_sign_today_means_no_plan_and_is_asked_each_time(walker: Person) -> None:
    opens(walker, *GOOD)
    assert "true today" in walker.reads("[data-walks-part=gate]")
    assert not walker.shows("[data-walks-part=plan]")
    does(walker, "unwell")
    assert "No walking plan for today" in walker.reads("[data-walks-part=none]")
    assert not walker.shows("[data-walks-part=plan], [data-walks-part=gate]")
    walker.waits_for(".ladder")
    assert not walker.shows(".ladder [data-minutes]")
    walker.browser.press("[data-walks-part=none] a")
    walker.sees("danger")
    walker.visits("walking/")
    walker.waits_for("[data-walks-part=gate]")
    assert "2 minutes more" in plan(walker)
    walker.visits("walking/")
    walker.waits_for("[data-walks-part=gate]")


def test_walks_are_noted_and_the_steps_follow(walker: Person, chromium: Chromium) -> None:
    opens(walker)
    assert "Begin with 1 minute" in plan(walker)
    assert minutes(walker) == 1
    notes(walker, before=3, most=5, steps=4)
    assert kept(walker) == [walk(0, 5, 3, 5, "later")]
    walker.waits_for("[data-walks-noted] [data-walks-tomorrow]")
    until(lambda: walker.browser.run(NOTED_IN_VIEW), True)
    assert not walker.shows("[data-walks-morning]")
    for day in (1, 2):
        chromium.page.clock.set_fixed_time(NOW + timedelta(days=day))
        walker.visits("walking/")
        walker.waits_for("[data-walks-morning]")
        walker.browser.press("[data-walks-morning] [data-value=yes]")
        until(lambda: walker.shows("[data-walks-morning]"), False)
        if day == 1:
            assert "as long as last time" in plan(walker)
            assert minutes(walker) == 5
            notes(walker, before=3, most=3)
    assert "2 minutes more" in plan(walker)
    assert minutes(walker) == 7
    walker.waits_for("[data-walks-from='5']")
    assert not walker.shows("[data-walks-from='10']")


def test_too_much_is_halved_and_leads_to_the_check(walker: Person) -> None:
    opens(walker, *GOOD)
    notes(walker, before=3, most=8, steps=4)
    assert "half as long, and just as often" in plan(walker)
    assert minutes(walker) == 5
    walker.waits_for("[data-walks-part=plan] a[href$='/check/']")


def test_below_a_minute_there_is_standing(walker: Person) -> None:
    opens(walker, walk(0, 1, 3, 9, "later"))
    assert "Only stand for now" in plan(walker)
    assert not walker.shows("[data-walks-number]")
    assert not walker.shows("[data-walks-part=plan] [data-timer-start]")


def test_the_plan_starts_its_own_timer_and_the_walk_comes_back(
    walker: Person, chromium: Chromium
) -> None:
    opens(walker, *GOOD)
    plan(walker)
    walker.browser.press("[data-walks-part=plan] [data-timer-start] button[data-minutes='7']")
    walker.sees("timer/")
    length = "const { segments } = JSON.parse(localStorage['easeback.timer']);"
    sum_up = "return segments.reduce((sum, { seconds }) => sum + seconds, 0);"
    assert walker.browser.run(length + sum_up) == 7 * 60
    chromium.page.clock.set_fixed_time(NOW + timedelta(minutes=8))
    walker.visits("walking/")
    walker.waits_for("[data-walks-note][open]")
    assert walker.reads("[data-walks-long]") == "7"
    start = NOW.timestamp() * 1000 - 8 * 60_000
    use = {"kind": "walk", "start": start, "end": start + 6 * 60_000}
    store = f"localStorage.setItem('easeback.timer-log', {json.dumps(json.dumps([use]))})"
    walker.browser.run(f"localStorage.removeItem('easeback.timer'); {store}")
    walker.visits("walking/")
    walker.waits_for("[data-walks-note][open]")
    assert walker.reads("[data-walks-long]") == "6"


def test_walks_are_deleted_with_two_taps(walker: Person) -> None:
    opens(walker, *GOOD)
    walker.browser.press("[data-walks-kept] > summary")
    assert "5 min, pain before 3, at most 5" in walker.reads("[data-walks-list]")
    does(walker, "forget")
    does(walker, "keep")
    assert len(kept(walker)) == 2
    does(walker, "forget")
    does(walker, "delete")
    assert kept(walker) == []
    assert walker.browser.run("return localStorage.getItem('easeback.walks')") is None
    assert not walker.shows("[data-walks-kept]")


@pytest.mark.parametrize("content", ["{", "null", "7", '{"day": 1}', '[null, {"day": "x"}, [1]]'])
def test_what_the_page_did_not_write_is_no_walk(walker: Person, content: str) -> None:
    walker.visits("walking/")
    walker.browser.run(f"localStorage.setItem('easeback.walks', {json.dumps(content)})")
    walker.visits("walking/")
    walker.waits_for("[data-walks-part=gate]")
    assert "Begin with 1 minute" in plan(walker)


def test_where_storage_is_closed_it_says_so_and_the_ladder_is_there(
    offline: Person, chromium: Chromium
) -> None:
    chromium.context.add_init_script(CLOSED)
    offline.visits("walking/")
    offline.waits_for("[data-walks-part=closed]")
    assert not offline.shows("[data-walks-form], [data-walks-do]")
    assert STAGES[-1].text.english in offline.reads(".ladder")


def test_without_scripts_the_ladder_is_text(chromium: Chromium, server: StagedServer) -> None:
    chromium.scripts = False
    chromium.start()
    person = Person(chromium, server.url)
    person.visits("walking/")
    for stage in STAGES:
        assert stage.dose.english in person.reads(".ladder")
        assert stage.text.english in person.reads(".ladder")
    assert not person.shows("[data-walks], [data-timer-start], [data-calendar]")


# --- the calendar --------------------------------------------------------------------------------


def makes_a_file(person: Person) -> None:
    """Ask for the calendar file of the plan, at 8, 11 and 18 hours."""
    plan(person)
    person.browser.press("details:has([data-calendar]) > summary")
    for hour in (11, 15):
        person.browser.press(f"label:has([name=hour][value='{hour}'])")
    person.browser.press("[data-calendar] [type=submit]")


def test_the_file_is_downloaded_where_there_is_no_share_sheet(
    walker: Person, chromium: Chromium, tmp_path: Path
) -> None:
    opens(walker, *GOOD)
    with chromium.page.expect_download() as download:
        makes_a_file(walker)
    assert download.value.suggested_filename == "easeback.ics"
    content = Path(download.value.path()).read_bytes()
    events = list(Calendar.from_ical(content.decode()).walk("VEVENT"))
    assert [event["DTSTART"].dt for event in events] == [
        datetime(2026, 11, 23, hour)  # noqa: DTZ001 the hour on whatever clock the phone has
        for hour in (8, 11, 18)
    ]
    assert {event["DURATION"].dt for event in events} == {timedelta(minutes=7)}
    assert {event["SUMMARY"] for event in events} == {"A short walk"}
    assert len({event["UID"] for event in events}) == 3
    assert chromium.console == []


def test_the_share_sheet_comes_first_and_may_be_closed(walker: Person, chromium: Chromium) -> None:
    chromium.context.add_init_script(SHEET)
    opens(walker, *GOOD)
    downloads = []
    chromium.page.on("download", lambda download: downloads.append(download))  # noqa: PLW0108
    walker.browser.run("window.refusal = 'AbortError'")
    makes_a_file(walker)
    until(lambda: walker.browser.run("return shared"), [["easeback.ics", "text/calendar"]])
    walker.browser.run("window.refusal = ''")
    walker.browser.press("[data-calendar] [type=submit]")
    until(lambda: walker.browser.run("return shared.length"), 2)
    assert downloads == []


def test_a_share_sheet_that_fails_leaves_the_download(walker: Person, chromium: Chromium) -> None:
    chromium.context.add_init_script(SHEET)
    opens(walker, *GOOD)
    walker.browser.run("window.refusal = 'NotAllowedError'")
    with chromium.page.expect_download() as download:
        makes_a_file(walker)
    assert download.value.suggested_filename == "easeback.ics"


def test_without_a_time_there_is_no_file(walker: Person) -> None:
    opens(walker, *GOOD)
    plan(walker)
    walker.browser.press("details:has([data-calendar]) > summary")
    for hour in (8, 15, 18):
        walker.browser.press(f"label:has([name=hour][value='{hour}'])")
    assert walker.browser.run("return document.querySelector('[data-calendar] button').disabled")


PRINTED = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=90)
LETTERS = st.text("aé،مش;,\\ 𝄞", max_size=90)


def test_every_file_is_a_calendar_that_others_can_read(walker: Person) -> None:
    walker.visits("walking/")
    code = MODULE.replace("MODULE", "lib/icalendar.js")

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(PRINTED | LETTERS, PRINTED | LETTERS, st.integers(1, 240), st.sets(st.integers(0, 23)))
    def reads_back(title: str, text: str, length: int, hours: set[int]) -> None:
        wanted = {"hours": sorted(hours), "minutes": length, "title": title, "text": text}
        call = f"return module.calendar({json.dumps(wanted)}, new Date())"
        content = walker.browser.run(code + call).encode()
        assert content.endswith(b"END:VCALENDAR\r\n")
        assert content.count(b"\n") == content.count(b"\r") == content.count(b"\r\n")
        assert max(map(len, content.split(b"\r\n"))) <= 75
        for line in content.split(b"\r\n"):
            line.decode()
        read = Calendar.from_ical(content.decode())
        assert not read.errors
        events = list(read.walk("VEVENT"))
        assert len(events) == len(hours)
        for event, hour in zip(events, sorted(hours), strict=True):
            start = event["DTSTART"].dt
            assert (start.hour, start.tzinfo, start.day) == (hour, None, 23)
            assert event["DTSTAMP"].dt == NOW
            assert dict(event["RRULE"]) == {"FREQ": ["DAILY"], "COUNT": [14]}
            assert str(event["SUMMARY"]) == title
            assert str(event.get("DESCRIPTION", "")) == text
            assert [alarm["ACTION"] for alarm in event.walk("VALARM")] == ["DISPLAY"]

    reads_back()
