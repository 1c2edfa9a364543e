"""The walks that a phone keeps, the plan that follows, and the calendar file; server dead."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.browser.pages.timer import Starter, Timer
from tests.browser.pages.walking import Walking
from tests.support.browsers import Chromium
from tests.support.device import Device
from tests.support.person import Person, until
from tests.support.records import StagedServer
from tests.support.site import build
from tests.support.walks import GOOD, NOW, walk

STAGES = build().knowledge.stages


@pytest.fixture
def walker(offline: Person, chromium: Chromium) -> Walking:
    """Somebody offline, in the morning of a known day; the clock of every page stands still."""
    chromium.page.clock.set_fixed_time(NOW)
    return Walking(offline)


# --- the plan and the log ----------------------------------------------------------------------


def test_a_danger_sign_today_means_no_plan_and_is_asked_each_time(walker: Walking) -> None:
    walker.opens_after(*GOOD)
    assert "true today" in walker.question()
    assert not walker.shows_a_plan()
    walker.is_unwell()
    assert "No walking plan for today" in walker.refusal()
    assert not walker.shows_a_plan()
    assert not walker.asks_about_today()
    assert walker.shows_the_ladder()
    assert not walker.ladder_has_timers()
    walker.does_the_check_instead()
    walker.opens()
    assert "2 minutes more" in walker.is_well()
    walker.opens()


@pytest.mark.parametrize(
    ("passed", "asks"),
    [
        (timedelta(hours=1), False),
        (timedelta(hours=5), True),
        (timedelta(days=1), True),
        (timedelta(hours=-2), True),
    ],
    ids=["an hour", "hours", "a day", "a clock turned back"],
)
@pytest.mark.parametrize("ill", [False, True], ids=["well", "unwell"])
def test_an_app_left_open_asks_about_danger_signs_anew(
    walker: Walking, chromium: Chromium, passed: timedelta, *, asks: bool, ill: bool
) -> None:
    walker.opens_after(*GOOD)
    if ill:
        walker.is_unwell()
    else:
        walker.is_well()
    device = Device(chromium)
    device.hides_the_page()
    chromium.page.clock.set_fixed_time(NOW + passed)
    device.shows_the_page()
    assert walker.asks_about_today() == asks
    assert walker.shows_a_plan() == (not asks and not ill)


def test_a_page_that_stays_in_view_asks_anew_after_hours(
    offline: Person, chromium: Chromium
) -> None:
    chromium.page.clock.install(time=NOW)
    chromium.page.clock.pause_at(NOW + timedelta(seconds=1))
    walker = Walking(offline)
    walker.opens_after(*GOOD)
    walker.is_well()
    chromium.page.clock.run_for(3 * 3_600_000)
    assert walker.shows_a_plan()
    chromium.page.clock.run_for(3_700_000)
    assert walker.asks_about_today()
    assert not walker.shows_a_plan()


def test_what_was_filled_in_outlives_the_new_question(walker: Walking, chromium: Chromium) -> None:
    walker.opens_after(*GOOD)
    walker.is_well()
    walker.fills_in(before=3, most=4, longer_by=3)
    filled = walker.filled_in()
    assert filled[1:] == [3, 4]
    device = Device(chromium)
    device.hides_the_page()
    chromium.page.clock.set_fixed_time(NOW + timedelta(hours=6))
    device.shows_the_page()
    assert walker.asks_about_today()
    assert walker.filled_in() == filled
    walker.keeps_the_walk()
    until(lambda: len(walker.kept() or ()), 3)


def test_a_walk_for_which_there_is_no_room_is_not_called_kept(
    walker: Walking, chromium: Chromium
) -> None:
    walker.opens_after(*GOOD)
    device = Device(chromium)
    device.fills_its_storage()
    walker.fills_in(before=3, most=4)
    filled = walker.filled_in()
    walker.keeps_the_walk()
    until(walker.says_that_it_is_not_kept, True)
    assert not walker.says_that_it_is_kept()
    assert walker.kept() == list(GOOD)
    assert walker.filled_in() == filled
    # A full storage hides nothing that was kept before.
    walker.opens()
    assert "2 minutes more" in walker.is_well()
    walker.fills_in(before=3, most=4)
    device.makes_room()
    walker.keeps_the_walk()
    until(walker.says_that_it_is_kept, True)
    assert not walker.says_that_it_is_not_kept()
    assert len(walker.kept() or ()) == 3


def test_walks_are_noted_and_the_steps_follow(walker: Walking, chromium: Chromium) -> None:
    walker.opens_after()
    assert "Begin with 1 minute" in walker.is_well()
    assert walker.minutes() == 1
    walker.notes(before=3, most=5, longer_by=4)
    assert walker.kept() == [walk(0, 5, 3, 5, "later")]
    walker.says_that_it_asks_tomorrow()
    assert not walker.asks_about_the_morning()
    for day in (1, 2):
        chromium.page.clock.set_fixed_time(NOW + timedelta(days=day))
        walker.opens()
        walker.was_fine_in_the_morning()
        if day == 1:
            assert "as long as last time" in walker.is_well()
            assert walker.minutes() == 5
            walker.notes(before=3, most=3)
    assert "2 minutes more" in walker.is_well()
    assert walker.minutes() == 7
    assert walker.names_the_step_from(5)
    assert not walker.names_the_step_from(10)


def test_too_much_is_halved_and_leads_to_the_check(walker: Walking) -> None:
    walker.opens_after(*GOOD)
    walker.notes(before=3, most=8, longer_by=4)
    assert "half as long, and just as often" in walker.is_well()
    assert walker.minutes() == 5
    assert walker.plan_offers_the_check()


def test_below_a_minute_there_is_standing(walker: Walking) -> None:
    walker.opens_after(walk(0, 1, 3, 9, "later"))
    assert "Only stand for now" in walker.is_well()
    assert not walker.has_minutes()
    assert not walker.plans_timer.is_shown()


def test_the_plan_starts_its_own_timer_and_the_walk_comes_back(
    walker: Walking, chromium: Chromium
) -> None:
    walker.opens_after(*GOOD)
    walker.is_well()
    walker.plans_timer.starts(7)
    timer = Timer(walker.person)
    assert sum(segment["seconds"] for segment in timer.kept()["segments"]) == 7 * 60
    chromium.page.clock.set_fixed_time(NOW + timedelta(minutes=8))
    walker.opens()
    assert walker.proposes() == 7
    start = NOW.timestamp() * 1000 - 8 * 60_000
    timer.was_used({"kind": "walk", "start": start, "end": start + 6 * 60_000})
    walker.opens()
    assert walker.proposes() == 6


def test_walks_are_deleted_with_two_taps(walker: Walking) -> None:
    walker.opens_after(*GOOD)
    assert "5 min, pain before 3, at most 5" in walker.unfolds_the_walks()
    walker.forgets(sure=False)
    assert walker.kept() == list(GOOD)
    walker.forgets(sure=True)
    assert walker.kept() is None
    assert not walker.lists_walks()


def test_the_focus_goes_to_what_an_action_has_made(walker: Walking, chromium: Chromium) -> None:
    walker.opens_after(*GOOD)
    walker.is_well()
    until(lambda: "2 minutes more" in walker.person.focus(), True)
    walker.fills_in(before=3, most=4)
    walker.keeps_the_walk()
    until(lambda: walker.person.focus().startswith("Kept."), True)
    chromium.page.clock.set_fixed_time(NOW + timedelta(days=1))
    walker.opens()
    walker.was_fine_in_the_morning()
    until(lambda: "true today" in walker.person.focus(), True)
    walker.is_unwell()
    until(lambda: "No walking plan for today" in walker.person.focus(), True)
    walker.unfolds_the_walks()
    walker.forgets(sure=False)
    until(walker.person.focus, "Delete my walks")
    walker.forgets(sure=True)
    until(lambda: "true today" in walker.person.focus(), True)


@pytest.mark.parametrize("content", ["{", "null", "7", '{"day": 1}', '[null, {"day": "x"}, [1]]'])
def test_what_the_page_did_not_write_is_no_walk(walker: Walking, content: str) -> None:
    walker.opens_on(content)
    assert "Begin with 1 minute" in walker.is_well()


def test_where_storage_is_closed_it_says_so_and_the_ladder_is_there(
    offline: Person, chromium: Chromium
) -> None:
    Device(chromium).keeps_nothing()
    offline.visits("walking/")
    walker = Walking(offline)
    walker.says_that_nothing_is_kept()
    assert not walker.asks_for_anything()
    assert STAGES[-1].text.english in walker.ladder()


def test_without_scripts_the_ladder_is_text(chromium: Chromium, server: StagedServer) -> None:
    chromium.scripts = False
    chromium.start()
    person = Person(chromium, server.url)
    person.visits("walking/")
    walker = Walking(person)
    for stage in STAGES:
        assert stage.dose.english in walker.ladder()
        assert stage.text.english in walker.ladder()
    assert not walker.shows_what_needs_scripts()
    assert not Starter(person).is_shown()


# --- the calendar --------------------------------------------------------------------------------


def makes_a_file(walker: Walking) -> None:
    """Ask for the calendar file of the plan, at 8, 11 and 18 hours; 8, 15 and 18 are proposed."""
    walker.is_well()
    walker.presses_hours(11, 15)
    walker.makes_the_file()


def test_the_file_is_downloaded_where_there_is_no_share_sheet(
    walker: Walking, chromium: Chromium, tmp_path: Path
) -> None:
    walker.opens_after(*GOOD)
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


def test_the_share_sheet_comes_first_and_may_be_closed(walker: Walking, chromium: Chromium) -> None:
    phone = Device(chromium)
    phone.has_a_share_sheet()
    walker.opens_after(*GOOD)
    downloads = []
    chromium.page.on("download", lambda download: downloads.append(download))  # noqa: PLW0108
    phone.refuses_to_share("AbortError")
    makes_a_file(walker)
    until(phone.shared, [["easeback.ics", "text/calendar"]])
    phone.refuses_to_share("")
    walker.makes_the_file()
    until(lambda: len(phone.shared()), 2)
    assert downloads == []


def test_a_share_sheet_that_fails_leaves_the_download(walker: Walking, chromium: Chromium) -> None:
    phone = Device(chromium)
    phone.has_a_share_sheet()
    walker.opens_after(*GOOD)
    phone.refuses_to_share("NotAllowedError")
    with chromium.page.expect_download() as download:
        makes_a_file(walker)
    assert download.value.suggested_filename == "easeback.ics"


def test_without_a_time_there_is_no_file(walker: Walking) -> None:
    walker.opens_after(*GOOD)
    walker.is_well()
    walker.presses_hours(8, 15, 18)
    assert not walker.can_make_the_file()
