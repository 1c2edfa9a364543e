"""The journal with the server dead: what is noted is kept, changed, deleted, and asked about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.browser.pages.journal import CLEAR, LOST, NOW, Journal, part
from tests.browser.pages.keep_result import KeepResult
from tests.support.browsers import Chromium
from tests.support.in_page import InPage
from tests.support.journal import moment, records
from tests.support.losses import lose_databases, lose_journal
from tests.support.person import Person, until

IN_PAGE = InPage.beside(__file__)


def test_the_first_time_it_says_that_nothing_is_kept(journal: Journal) -> None:
    journal.waits_for("empty")
    assert not journal.shows("list")
    assert not journal.shows("open")


def test_the_danger_signs_come_first_at_every_opening(writer: Person, journal: Journal) -> None:
    journal.begins()
    journal.opens()
    journal.waits_for("flags")
    assert not writer.shows("[data-journal-form=feel]")
    writer.waits_for("[data-journal-part=flags] a[href$='/check/']")
    journal.clears()


def test_what_is_kept_is_there_after_a_restart(writer: Person, journal: Journal) -> None:
    journal.begins()
    journal.feels(7)
    until(lambda: len(journal.lines()), 2)
    writer.restarts()
    journal.opens()
    journal.waits_for("list")
    assert any("Pain 7" in line and "Walking: With trouble" in line for line in journal.lines())


def test_a_change_is_a_new_entry_and_the_old_one_is_shown_no_more(
    writer: Person, journal: Journal
) -> None:
    journal.begins()
    journal.feels(7)
    first = records(writer)[-1]
    journal.changes("Pain 7")
    journal.feels(4)
    until(lambda: [line for line in journal.lines() if "Pain" in line and "Pain 4" not in line], [])
    kept = records(writer)
    assert [record["data"].get("pain") for record in kept if record["kind"] == "feel"] == [None, 4]
    assert kept[-1]["supersedes"] == [kept[-2]["id"]]
    assert kept[-1]["at"] == first["at"]
    journal.deletes("Pain 4")
    until(lambda: len(journal.lines()), 1)
    assert not [record for record in records(writer) if "pain" in record["data"]]


def test_more_pain_leads_to_the_check(writer: Person, journal: Journal) -> None:
    journal.begins()
    journal.feels(3)
    assert not writer.shows("[data-journal-risen]")
    journal.feels(5)
    writer.waits_for("[data-journal-risen] a[href$='/check/']")


def test_what_was_done_is_summed_up_and_few_uses_are_called_few(journal: Journal) -> None:
    journal.begins()
    for _ in range(2):
        journal.did("heat", minutes=15, before=7, after=4)
    until(journal.helps, ["Warmth", "2", "\u200e−3.0", "Too few to say"])


def test_days_are_drawn_and_told_as_a_table(
    writer: Person, journal: Journal, chromium: Chromium
) -> None:
    journal.begins()
    for day, pain in enumerate((8, 6, 3)):
        chromium.page.clock.set_fixed_time(NOW + timedelta(days=day, minutes=1))
        journal.opens()
        journal.clears()
        journal.feels(pain)
    writer.waits_for("[data-journal-chart] svg")
    assert journal.days() == ["18", "26", "33"]
    journal.recovers()
    journal.waits_for("last")
    assert writer.reads("[data-last=worst]") == "1"


def test_a_result_of_the_check_is_kept_when_asked(writer: Person, journal: Journal) -> None:
    journal.begins()
    writer.visits("check/")
    writer.answers_until("result-self-care")
    KeepResult(writer).keeps()
    journal.opens()
    journal.waits_for("list")
    assert any("You can look after this at home" in line for line in journal.lines())


def test_an_emergency_can_be_kept_with_its_reason_alone(writer: Person, journal: Journal) -> None:
    journal.begins()
    writer.visits("check/")
    writer.has_weak_legs()
    reason = writer.reads(".reasons p")
    KeepResult(writer).keeps()
    (kept,) = (record for record in records(writer) if record["kind"] == "check")
    assert kept["data"]["urgency"] == "emergency"
    assert kept["data"]["release"] == writer.reads("release") != ""
    assert kept["data"]["reasons"] == [reason]


def test_a_result_that_a_full_phone_cannot_keep_can_be_kept_later(writer: Person) -> None:
    result = KeepResult(writer)
    writer.visits("check/")
    writer.answers_until("result-self-care")
    writer.browser.call(IN_PAGE, "fillPhone")
    result.tries()
    result.waits_until_refused()
    assert not result.says_kept()
    writer.browser.call(IN_PAGE, "freePhone")
    result.keeps()
    assert not result.says_refused()
    assert [record["kind"] for record in records(writer)] == ["check"]


def test_everything_is_deleted_with_two_taps(writer: Person, journal: Journal) -> None:
    journal.begins()
    journal.feels(7)
    journal.erases()
    assert records(writer) == []
    assert not writer.browser.run("return caches.has('journal-spare')")
    journal.waits_for("empty")


def test_what_a_timer_did_is_offered_once(
    writer: Person, journal: Journal, chromium: Chromium
) -> None:
    journal.begins()
    chromium.page.clock.set_fixed_time(NOW + timedelta(hours=1))
    writer.browser.call(IN_PAGE, "runTimers")
    journal.opens()
    journal.clears()
    journal.waits_for_offers()
    assert len(journal.offered()) == 2
    journal.takes(2)
    assert chromium.page.locator("[name=minutes]").input_value() == "15"
    journal.rates("measure", "after", 4)
    journal.keeps("measure")
    until(lambda: len(journal.offered()), 1)
    assert any("Warmth, 15 min · Pain afterwards 4" in line for line in journal.lines())
    assert "5 min" in journal.offered()[0]
    journal.leaves_newest()
    journal.opens()
    journal.clears()
    assert journal.offered() == []


def test_a_store_that_the_browser_cleared_is_told_with_what_to_do(
    writer: Person, journal: Journal
) -> None:
    journal.begins()
    assert not journal.says_lost()
    writer.visits()
    lose_journal(writer.browser)
    journal.opens()
    writer.waits_for(f"{LOST} a[href$='/journal/backup/']")
    journal.waits_for("empty")


def test_a_database_that_the_browser_threw_away_comes_back(
    writer: Person, journal: Journal
) -> None:
    journal.begins()
    journal.feels(7)
    before = records(writer)
    assert before
    writer.visits()
    lose_databases(writer.browser)
    journal.opens()
    journal.waits_for("list")
    assert not journal.says_lost()
    assert records(writer) == before


def test_that_a_browser_may_clear_it_is_said_unless_it_promised_not_to(
    writer: Person, journal: Journal, chromium: Chromium
) -> None:
    journal.begins()
    for promise in ("false", "true"):
        chromium.page.add_init_script(f"StorageManager.prototype.persisted = async () => {promise}")
        journal.opens()
        journal.waits_for("list")
        until(lambda: writer.shows("[data-journal-passing]"), promise == "false")
        if promise == "false":
            # An iPhone keeps what is kept in Safari apart from the app on the home screen.
            told = writer.reads("[data-journal-passing]")
            assert told.index("Save a copy first") < told.index("home screen")


def test_what_lies_beside_the_journal_is_deleted_with_it(writer: Person, journal: Journal) -> None:
    journal.begins()
    writer.browser.call(IN_PAGE, "runTimers")
    writer.browser.call(IN_PAGE, "keepBeside")
    journal.erases()
    left = writer.browser.run("return Object.keys(localStorage)")
    assert set(left) <= {"easeback.country"}
    journal.opens()
    journal.waits_for("empty")
    assert not journal.says_lost()


def test_what_one_tab_deletes_is_not_called_lost_in_another(
    journal: Journal, chromium: Chromium
) -> None:
    journal.begins()
    other = chromium.context.new_page()
    other.goto(chromium.page.url)
    other.locator(part("flags")).wait_for()
    journal.erases()
    other.locator(part("empty")).wait_for()
    assert other.locator(LOST).is_hidden()
    other.close()


def test_two_tabs_see_each_others_entries(journal: Journal, chromium: Chromium) -> None:
    journal.begins()
    other = chromium.context.new_page()
    other.goto(chromium.page.url)
    other.locator(CLEAR).click()
    journal.feels(6)
    other.get_by_text("Pain 6").wait_for()
    other.close()


def test_where_nothing_can_be_kept_it_says_so(offline: Person, chromium: Chromium) -> None:
    chromium.page.add_init_script("delete Window.prototype.indexedDB; delete window.indexedDB;")
    offline.visits("journal/")
    Journal(offline).waits_until_refused("none")
    assert not offline.shows("[data-journal]")


def test_on_a_full_phone_what_was_written_stays(
    writer: Person, journal: Journal, chromium: Chromium
) -> None:
    journal.begins()
    writer.browser.call(IN_PAGE, "fillPhone")
    journal.writes("note", "It began when I lifted a box.")
    journal.waits_until_refused("full")
    assert chromium.page.locator("[data-journal-form=note] textarea").input_value()
    assert not journal.says_kept()


def test_the_day_on_which_it_locked_can_be_said_and_changed(
    writer: Person, journal: Journal, chromium: Chromium
) -> None:
    day = chromium.page.locator("[name=day]")
    assert (day.input_value(), day.get_attribute("max")) == ("2026-03-04", "2026-03-04")
    day.fill("2026-03-02")
    journal.begins()
    (first,) = records(writer)
    assert moment(first["at"]) == datetime(2026, 3, 2, 12, tzinfo=UTC)
    writer.waits_for("[data-journal-due=now]")
    journal.changes()
    assert day.input_value() == "2026-03-02"
    day.fill("2026-03-03")
    journal.keeps("begin")
    until(lambda: ["Mar 3, 2026" in line for line in journal.lines()], [True])
    assert len(records(writer)) == 2
    assert "Low back" in journal.lines()[0]


def test_a_note_can_be_of_an_earlier_hour(writer: Person, journal: Journal) -> None:
    journal.begins()
    for when, kept in [
        ("2026-03-04T08:30", "2026-03-04T08:30:00+00:00"),
        ("2026-03-04T12:30", "2026-03-04T12:30:00+00:00"),
        ("", "2026-03-04T12:30:00.001+00:00"),
    ]:
        count = len(records(writer))
        journal.notes("Sharp.", when)
        until(lambda: len(records(writer)), count + 1)
        last = max(records(writer), key=lambda record: str(record["id"]))
        assert moment(last["at"]) == datetime.fromisoformat(kept)
