"""The walks that a phone keeps, the plan that follows, and the calendar file; server dead."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.support.browsers import Chromium
from tests.support.person import Person, until
from tests.support.records import StagedServer
from tests.support.site import build
from tests.support.walks import GOOD, NOW, Walk, walk

STAGES = build().knowledge.stages
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
