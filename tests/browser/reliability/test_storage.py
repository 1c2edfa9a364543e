"""What the phone keeps: no room, a connection that is lost, a locked screen, all deleted."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.browser import test_journal_store
from tests.browser.pages.journal import Journal
from tests.browser.pages.offline_ready import OfflineReady
from tests.browser.pages.timer import Timer
from tests.browser.reliability.conftest import Engines, Line, Lines
from tests.support import device, faults
from tests.support.in_page import InPage
from tests.support.journal import add_note, records, said
from tests.support.kept_files import KeptFiles
from tests.support.person import until
from tests.support.worker import Worker

IN_PAGE = InPage.beside(__file__)
STORE = InPage.beside(test_journal_store.__file__)
DEVICE = InPage.beside(device.__file__)
FULL_WORKER = Path(__file__).with_name("full_worker.js").read_text("utf-8")
BREATHING: dict[str, Any] = {
    "kind": "breathing",
    "name": "Breathe",
    "back": "now/",
    "rounds": 30,
    "segments": [
        {"seconds": 2, "text": "In", "cue": "in"},
        {"seconds": 3, "text": "Out", "cue": "out"},
    ],
}
TONES_OF_A_CUE = 2
SHORTEST_MS = 2000
"""Between two cues of the breathing."""


def seconds(text: str) -> int:
    """Return minutes and seconds as seconds."""
    minutes, _, rest = text.partition(":")
    return 60 * int(minutes) + int(rest)


@pytest.mark.scenario(6)
def test_without_room_for_an_update_the_old_release_goes_on(line: Line) -> None:
    person = line.gets_ready()
    release = person.reads("release")
    line.deploys()
    line.proxy.meets("/sw.js", faults.prefix(FULL_WORKER))
    assert Worker(person.browser).is_updated() == "redundant"
    line.dies()
    person.visits()
    until(person.is_ready, True)
    assert person.reads("release") == release


@pytest.mark.scenario(6)
def test_without_room_on_the_first_visit_pages_come_from_the_server(line: Line) -> None:
    line.proxy.meets("/sw.js", faults.prefix(FULL_WORKER))
    page = OfflineReady(line.person)
    page.opens()
    until(page.state, "failed")
    line.person.visits("check/")
    line.person.has_weak_legs()
    assert not line.person.is_ready()


@pytest.mark.scenario(6)
def test_a_note_for_which_there_is_no_room_is_said_to_be_lost_and_kept_later(line: Line) -> None:
    person = line.gets_ready()
    kept = [add_note(person, "While there was room")]
    journal = Journal(person)
    journal.opens()
    person.browser.call(IN_PAGE, "fill")
    person.browser.press("[data-journal-form=begin] label:has([name=region][value=neck])")
    journal.keeps("begin")
    journal.waits_until_refused("full")
    assert said(person) == kept
    person.browser.call(IN_PAGE, "makeRoom")
    journal.keeps("begin")
    journal.waits_for("flags")
    assert said(person) == [*kept, ("begin", "neck")]


@pytest.mark.scenario(31)
def test_a_connection_that_is_lost_is_opened_again_and_each_note_kept_once(line: Line) -> None:
    person = line.gets_ready()
    person.visits("journal/")
    person.waits_for("[data-journal]")
    person.browser.call(STORE, "loseConnection")
    assert person.browser.call(STORE, "pains") == [1, 2]


@pytest.mark.scenario(32)
def test_after_a_minute_under_a_locked_screen_the_time_is_right_and_cues_are_few(
    engines: Engines, lines: Lines
) -> None:
    line = lines(engines.opens(every={"before_pages": IN_PAGE.calling("watch")}))
    person, timer = line.gets_ready(), Timer(line.person)
    person.visits("walking/")
    timer.starts(BREATHING)
    timer.opens()
    person.waits_until_started()
    until(lambda: len(person.browser.call(IN_PAGE, "tones")) >= TONES_OF_A_CUE, True)
    before = seconds(timer.left_in_all())
    person.browser.call(IN_PAGE, "lockFor", 60)
    until(lambda: before - seconds(timer.left_in_all()) >= 60, True)
    assert before - seconds(timer.left_in_all()) < 75
    # Each cue that sounds from then on is one that is due: none of those in between comes late.
    until(lambda: len(person.browser.call(IN_PAGE, "tones")) >= 3 * TONES_OF_A_CUE, True)
    begun = person.browser.call(IN_PAGE, "tones")[::TONES_OF_A_CUE]
    assert all(later - earlier > SHORTEST_MS / 2 for earlier, later in pairwise(begun)), begun
    # It asks for the screen again; where there is no such thing, the page says that it may go off.
    asked = person.browser.call(IN_PAGE, "timesAsked")
    assert timer.warns_that_the_screen_may_go_off() if asked is None else asked >= 1


@pytest.mark.scenario(33)
def test_without_sound_vibration_voice_and_wake_lock_the_words_are_the_same(
    engines: Engines, lines: Lines
) -> None:
    line = lines(engines.opens(every={"before_pages": DEVICE.calling("fallSilent")}))
    person, timer = line.gets_ready(), Timer(line.person)
    person.visits("walking/")
    timer.starts(BREATHING)
    timer.opens()
    person.waits_until_started()
    assert timer.text() in ("In", "Out")
    assert timer.next() in ("In", "Out")
    for channel in ("sound", "vibration", "voice", "awake"):
        assert not person.shows(f"[data-timer-toggle={channel}]")
    until(lambda: timer.text() == "Out", True)
    assert timer.told() == "Out"
    timer.stops()


@pytest.mark.scenario(43)
def test_what_is_deleted_offline_is_gone_everywhere_and_back_shows_none_of_it(
    line: Line,
) -> None:
    person, journal = line.gets_ready(), Journal(line.person)
    person.waits_for_everything()
    add_note(person, "Nobody else shall read this")
    line.dies()
    journal.opens()
    journal.waits_for("list")
    person.waits_until_started()
    assert "Nobody else" in person.reads()
    journal.erases()
    person.visits("now/")
    person.goes_back()
    person.waits_for("[data-journal]")
    assert "Nobody else" not in person.reads()
    assert records(person) == []
    assert not [kept for kept in KeptFiles(person.browser).addresses() if "journal-spare" in kept]
    assert "Nobody else" not in str(person.browser.run("return {...localStorage}"))
