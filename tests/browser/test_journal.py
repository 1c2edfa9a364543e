"""The journal with the server dead: what is noted is kept, changed, deleted, and asked about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.browsers import Chromium
from tests.support.person import Person, until

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
LINES = "return [...document.querySelectorAll('.journal__line')].map((one) => one.innerText);"
RECORDS = """
const database = await new Promise((done) => {
  const request = indexedDB.open("easeback.journal");
  request.onsuccess = () => done(request.result);
});
const found = await new Promise((done) => {
  const request = database.transaction("entries").objectStore("entries").getAll();
  request.onsuccess = () => done(request.result);
});
database.close();
return found;
"""
FIRST = f"const [first] = await (async () => {{ {RECORDS} }})();"
TIMED = """
    const minutes = (from, to) => ({ start: Date.now() - from * 6e4, end: Date.now() - to * 6e4 });
    const uses = [{ kind: "heat", ...minutes(45, 30) }, { kind: "walk", ...minutes(20, 15) }];
    localStorage.setItem("easeback.timer-log", JSON.stringify([
      ...uses, { kind: "heat", ...minutes(1500, 1490) }, { kind: "stand", ...minutes(9, 8) }, {},
    ]));
"""
THROWN_AWAY = """
    await new Promise((done) => {
      indexedDB.deleteDatabase("easeback.journal").onsuccess = done;
    });
"""
FILLED_IN = "return !!document.querySelector('[data-journal-form=feel] [name=pain]:checked')"
CLEARED = f"{THROWN_AWAY} await caches.delete('journal-spare');"
BESIDE = """
    localStorage.setItem("easeback.walks", "[]");
    localStorage.setItem("easeback.feedback", "[]");
    localStorage.setItem("easeback.country", "DE");
"""
FULL = """
    IDBObjectStore.prototype.add = function () {
      this.transaction.abort();
      throw new DOMException("full", "QuotaExceededError");
    };
"""


@pytest.fixture
def writer(offline: Person, chromium: Chromium) -> Iterator[Person]:
    """Somebody offline who opens the journal for the first time, on a known day."""
    chromium.page.clock.set_fixed_time(NOW)
    offline.visits("journal/")
    offline.waits_for("[data-journal]")
    yield offline
    assert chromium.console == []


def begins(person: Person, region: str = "low-back") -> None:
    """Say where it locked, and that there is no danger sign."""
    person.browser.press(f"label:has([name=region][value='{region}'])")
    person.browser.press("[data-journal-form=begin] [type=submit]")
    clears(person)


def clears(person: Person) -> None:
    """Say that no danger sign is there."""
    person.waits_for("[data-journal-part=flags]")
    person.browser.press("[data-journal-do=clear]")
    person.waits_for("[data-journal-form=feel]")


def feels(person: Person, pain: int) -> None:
    """Note how it is now."""
    press = person.browser.press
    press(f"[data-journal-form=feel] .scale__point:has([name=pain][value='{pain}'])")
    press("[data-journal-form=feel] label:has([name=walk][value='1'])")
    press("[data-journal-form=feel] [type=submit]")
    # Only once the form is empty again does it take the next answer.
    until(lambda: person.browser.run(FILLED_IN), False)
    person.waits_for("[data-journal-kept]")


def lines(person: Person) -> list[str]:
    """Return the lines of all that is kept."""
    return list(person.browser.run(LINES))


def test_the_first_time_it_says_that_nothing_is_kept(writer: Person) -> None:
    writer.waits_for("[data-journal-part=empty]")
    assert not writer.shows("[data-journal-part=list]")
    assert not writer.shows("[data-journal-part=open]")


def test_the_danger_signs_come_first_at_every_opening(writer: Person) -> None:
    begins(writer)
    writer.visits("journal/")
    writer.waits_for("[data-journal-part=flags]")
    assert not writer.shows("[data-journal-form=feel]")
    writer.waits_for("[data-journal-part=flags] a[href$='/check/']")
    clears(writer)


def test_what_is_kept_is_there_after_a_restart(writer: Person) -> None:
    begins(writer)
    feels(writer, 7)
    until(lambda: len(lines(writer)), 2)
    writer.restarts()
    writer.visits("journal/")
    writer.waits_for("[data-journal-part=list]")
    assert any("Pain 7" in line and "Walking: With trouble" in line for line in lines(writer))


def test_a_change_is_a_new_entry_and_the_old_one_is_shown_no_more(
    writer: Person, chromium: Chromium
) -> None:
    begins(writer)
    feels(writer, 7)
    chromium.page.locator(".journal__line", has_text="Pain 7").locator("[data-line=edit]").click()
    feels(writer, 4)
    until(lambda: [line for line in lines(writer) if "Pain" in line and "Pain 4" not in line], [])
    records = writer.browser.run(RECORDS)
    assert [record["data"]["pain"] for record in records if record["kind"] == "feel"] == [7, 4]
    assert records[-1]["supersedes"] == [records[-2]["id"]]
    assert records[-1]["at"] == records[-2]["at"]
    chromium.page.locator(".journal__line", has_text="Pain 4").locator("[data-line=delete]").click()
    until(lambda: len(lines(writer)), 1)
    assert len(writer.browser.run(RECORDS)) == 4


def test_more_pain_leads_to_the_check(writer: Person) -> None:
    begins(writer)
    feels(writer, 3)
    assert not writer.shows("[data-journal-risen]")
    feels(writer, 5)
    writer.waits_for("[data-journal-risen] a[href$='/check/']")


def test_what_was_done_is_summed_up_and_few_uses_are_called_few(writer: Person) -> None:
    begins(writer)
    for _ in range(2):
        writer.browser.press("[data-journal-fold=measure] > summary")
        form = "[data-journal-form=measure]"
        writer.browser.press(f"{form} label:has([name=what][value=heat])")
        writer.browser.run(f"document.querySelector('{form} [name=minutes]').value = '15'")
        writer.browser.press(f"{form} .scale__point:has([name=before][value='7'])")
        writer.browser.press(f"{form} .scale__point:has([name=after][value='4'])")
        writer.browser.press(f"{form} [type=submit]")
        until(lambda: writer.shows("[data-journal-fold=measure][open]"), False)
    until(
        lambda: writer.reads("[data-journal-rows=helps]").split("\t"),
        ["Warmth", "2", "\u200e−3.0", "Too few to say"],
    )


def test_days_are_drawn_and_told_as_a_table(writer: Person, chromium: Chromium) -> None:
    begins(writer)
    for day, pain in enumerate((8, 6, 3)):
        chromium.page.clock.set_fixed_time(NOW + timedelta(days=day, minutes=1))
        writer.visits("journal/")
        clears(writer)
        feels(writer, pain)
    writer.waits_for("[data-journal-chart] svg")
    rows = "return [...document.querySelectorAll('[data-journal-rows=course] tr')]"
    assert writer.browser.run(f"{rows}.map((row) => row.textContent)") == ["18", "26", "33"]
    writer.browser.press("[data-journal-form=recovered] [type=submit]")
    writer.waits_for("[data-journal-part=last]")
    assert writer.reads("[data-last=worst]") == "1"


def test_a_result_of_the_check_is_kept_when_asked(writer: Person) -> None:
    begins(writer)
    writer.visits("check/")
    writer.answers_until("result-self-care")
    writer.waits_for("[data-keep-result] button")
    writer.browser.press("[data-keep-result] button")
    writer.waits_for("[data-keep-result] [data-kept]")
    writer.visits("journal/")
    writer.waits_for("[data-journal-part=list]")
    assert any("You can look after this at home" in line for line in lines(writer))


def test_a_result_that_a_full_phone_cannot_keep_can_be_kept_later(writer: Person) -> None:
    writer.visits("check/")
    writer.answers_until("result-self-care")
    writer.waits_for("[data-keep-result] button")
    writer.browser.run(f"window.add = IDBObjectStore.prototype.add; {FULL}")
    writer.browser.press("[data-keep-result] button")
    writer.waits_for("[data-keep-result] [data-not-kept]")
    assert not writer.shows("[data-kept]")
    writer.browser.run("IDBObjectStore.prototype.add = window.add;")
    writer.browser.press("[data-keep-result] button")
    writer.waits_for("[data-keep-result] [data-kept]")
    assert not writer.shows("[data-not-kept]")
    assert [record["kind"] for record in writer.browser.run(RECORDS)] == ["check"]


def test_everything_is_deleted_with_two_taps(writer: Person) -> None:
    begins(writer)
    feels(writer, 7)
    writer.browser.press("[data-journal-do=ask]")
    writer.browser.press("[data-journal-do=erase]")
    writer.waits_for("[data-journal-erased]")
    assert writer.browser.run(RECORDS) == []
    assert not writer.browser.run("return caches.has('journal-spare')")
    writer.waits_for("[data-journal-part=empty]")


def test_what_a_timer_did_is_offered_once(writer: Person, chromium: Chromium) -> None:
    begins(writer)
    chromium.page.clock.set_fixed_time(NOW + timedelta(hours=1))
    writer.browser.run(TIMED)
    writer.visits("journal/")
    clears(writer)
    writer.waits_for("[data-line=take]")
    assert len(chromium.page.locator("[data-line=take]").all()) == 2
    writer.browser.press("[data-journal-suggestions] li:nth-child(2) [data-line=take]")
    assert chromium.page.locator("[name=minutes]").input_value() == "15"
    writer.browser.press("[data-journal-form=measure] .scale__point:has([name=after][value='4'])")
    writer.browser.press("[data-journal-form=measure] [type=submit]")
    until(lambda: len(chromium.page.locator("[data-line=take]").all()), 1)
    assert any("Warmth, 15 min · Pain afterwards 4" in line for line in lines(writer))
    assert "5 min" in writer.reads("[data-journal-suggestions]")
    writer.browser.press("[data-line=leave]")
    until(lambda: writer.shows("[data-line=take]"), False)
    writer.visits("journal/")
    clears(writer)
    assert not writer.shows("[data-line=take]")


def test_a_store_that_the_browser_cleared_is_told_with_what_to_do(writer: Person) -> None:
    begins(writer)
    assert not writer.shows("[data-journal-lost]")
    writer.visits()
    writer.browser.run(CLEARED)
    writer.visits("journal/")
    writer.waits_for("[data-journal-lost] a[href$='/journal/backup/']")
    writer.waits_for("[data-journal-part=empty]")


def test_a_database_that_the_browser_threw_away_comes_back(writer: Person) -> None:
    begins(writer)
    feels(writer, 7)
    before = writer.browser.run(RECORDS)
    assert before
    writer.visits()
    writer.browser.run(THROWN_AWAY)
    writer.visits("journal/")
    writer.waits_for("[data-journal-part=list]")
    assert not writer.shows("[data-journal-lost]")
    assert writer.browser.run(RECORDS) == before


def test_that_a_browser_may_clear_it_is_said_unless_it_promised_not_to(
    writer: Person, chromium: Chromium
) -> None:
    begins(writer)
    for promise in ("false", "true"):
        chromium.page.add_init_script(f"StorageManager.prototype.persisted = async () => {promise}")
        writer.visits("journal/")
        writer.waits_for("[data-journal-part=list]")
        until(lambda: writer.shows("[data-journal-passing]"), promise == "false")


def test_what_lies_beside_the_journal_is_deleted_with_it(writer: Person) -> None:
    begins(writer)
    writer.browser.run(TIMED)
    writer.browser.run(BESIDE)
    writer.browser.press("[data-journal-do=ask]")
    writer.browser.press("[data-journal-do=erase]")
    writer.waits_for("[data-journal-erased]")
    left = writer.browser.run("return Object.keys(localStorage)")
    assert set(left) <= {"easeback.country"}
    writer.visits("journal/")
    writer.waits_for("[data-journal-part=empty]")
    assert not writer.shows("[data-journal-lost]")


def test_what_one_tab_deletes_is_not_called_lost_in_another(
    writer: Person, chromium: Chromium
) -> None:
    begins(writer)
    other = chromium.context.new_page()
    other.goto(chromium.page.url)
    other.locator("[data-journal-part=flags]").wait_for()
    writer.browser.press("[data-journal-do=ask]")
    writer.browser.press("[data-journal-do=erase]")
    other.locator("[data-journal-part=empty]").wait_for()
    assert other.locator("[data-journal-lost]").is_hidden()
    other.close()


def test_two_tabs_see_each_others_entries(writer: Person, chromium: Chromium) -> None:
    begins(writer)
    other = chromium.context.new_page()
    other.goto(chromium.page.url)
    other.locator("[data-journal-do=clear]").click()
    feels(writer, 6)
    other.get_by_text("Pain 6").wait_for()
    other.close()


def test_where_nothing_can_be_kept_it_says_so(offline: Person, chromium: Chromium) -> None:
    chromium.page.add_init_script("delete Window.prototype.indexedDB; delete window.indexedDB;")
    offline.visits("journal/")
    offline.waits_for("[data-journal-why=none]")
    assert not offline.shows("[data-journal]")


def test_on_a_full_phone_what_was_written_stays(writer: Person, chromium: Chromium) -> None:
    begins(writer)
    writer.browser.run(FULL)
    writer.browser.press("[data-journal-fold=note] > summary")
    chromium.page.locator("[data-journal-form=note] textarea").fill("It began when I lifted a box.")
    writer.browser.press("[data-journal-form=note] [type=submit]")
    writer.waits_for("[data-journal-why=full]")
    assert chromium.page.locator("[data-journal-form=note] textarea").input_value()
    assert not writer.shows("[data-journal-kept]")


def test_the_day_on_which_it_locked_can_be_said_and_changed(writer: Person) -> None:
    day = writer.browser.page.locator("[name=day]")
    assert (day.input_value(), day.get_attribute("max")) == ("2026-03-04", "2026-03-04")
    day.fill("2026-03-02")
    begins(writer)
    assert writer.browser.run(f"{FIRST} return new Date(first.at).toISOString()") == (
        "2026-03-02T12:00:00.000Z"
    )
    writer.waits_for("[data-journal-due=now]")
    writer.browser.press(".journal__line [data-line=edit]")
    assert day.input_value() == "2026-03-02"
    day.fill("2026-03-03")
    writer.browser.press("[data-journal-form=begin] [type=submit]")
    until(lambda: ["Mar 3, 2026" in line for line in lines(writer)], [True])
    assert len(writer.browser.run(RECORDS)) == 2
    assert "Low back" in lines(writer)[0]


def test_a_note_can_be_of_an_earlier_hour_and_never_of_a_later_one(
    writer: Person, chromium: Chromium
) -> None:
    begins(writer)
    for when, kept in [
        ("2026-03-04T08:30", "2026-03-04T08:30:00.000Z"),
        ("2026-03-05T08:30", "2026-03-04T12:00:00.000Z"),
        ("", "2026-03-04T12:00:00.000Z"),
    ]:
        count = len(writer.browser.run(RECORDS))
        writer.browser.press("[data-journal-fold=note] > summary")
        chromium.page.locator("[data-journal-form=note] textarea").fill("Sharp.")
        chromium.page.locator("[data-journal-form=note] [name=when]").fill(when)
        writer.browser.press("[data-journal-form=note] [type=submit]")
        until(lambda: len(writer.browser.run(RECORDS)), count + 1)
        last = max(writer.browser.run(RECORDS), key=lambda record: str(record["id"]))
        at = datetime.fromtimestamp(last["at"] / 1000, UTC)
        assert at == datetime.fromisoformat(kept)
