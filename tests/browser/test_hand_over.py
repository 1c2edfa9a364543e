"""The page for a doctor and the journal as a file, with the server dead."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fhir.resources.R4B.bundle import Bundle

from tests.browser.pages.hand_over import HandOver
from tests.browser.pages.journal import Journal
from tests.support.aside import comes_back, tells_nothing
from tests.support.browsers import Chromium
from tests.support.in_page import InPage
from tests.support.journal import add_record, entries, fill, records
from tests.support.person import Person, until

IN_PAGE = InPage.beside(__file__)
OWN_WORDS = ("Two of the white ones", "I lifted a box.")
A_SHEET = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def patient(offline: Person, chromium: Chromium) -> Iterator[Person]:
    """Somebody offline who has kept a journal and wants to show it."""
    fill(offline)
    HandOver(offline).opens()
    yield offline
    assert chromium.console == []


@pytest.fixture
def page(patient: Person) -> HandOver:
    """The page that the patient has opened."""
    return HandOver(patient)


def strangers(page: HandOver, folder: Path) -> Path:
    """Return a copy with three notes that this phone does not have."""
    copy = json.loads(page.saves("backup").read_text())
    told = json.dumps({**copy, "entries": copy["entries"][-3:]})
    file = folder / "stranger.json"
    file.write_text(told.replace('"id": "0', '"id": "1'))
    return file


def test_an_empty_journal_leads_to_where_it_is_written(offline: Person) -> None:
    offline.visits("journal/hand-over/")
    offline.waits_for("[data-hand-over-part=empty]")
    assert not offline.shows("[data-report]")
    assert not offline.shows("[data-hand=backup]")


def test_the_page_tells_of_the_last_time_or_of_everything(page: HandOver) -> None:
    told = page.report()
    assert "Low back" in told
    assert "Neck" not in told
    assert "In between." not in told
    page.chooses_everything()
    until(lambda: "Neck" in page.report(), True)
    assert "In between." in page.report()


def test_own_words_can_stay_at_home(page: HandOver) -> None:
    assert all(words in page.report() for words in OWN_WORDS)
    page.leaves_own_words_out()
    until(lambda: [word for word in OWN_WORDS if word in page.report()], [])
    assert "It has lasted long." in page.report()


def test_what_is_left_out_of_the_page_is_in_no_file_of_it(page: HandOver) -> None:
    page.leaves_own_words_out()
    page.unfolds_other_forms()
    for form in ("text", "csv", "fhir"):
        told = page.saves(form).read_text()
        assert told
        assert not [words for words in (*OWN_WORDS, "In between.") if words in told]


def test_others_can_read_the_files(page: HandOver) -> None:
    text = page.saves("text").read_text()
    assert page.title() in text
    page.unfolds_other_forms()
    rows = list(csv.DictReader(page.saves("csv").read_text("utf-8-sig").splitlines()))
    assert {row["text"] for row in rows} >= set(OWN_WORDS)
    bundle = Bundle.model_validate_json(page.saves("fhir").read_text())
    assert bundle.entry


def test_the_share_sheet_gets_the_file_and_may_be_closed(
    patient: Person, page: HandOver, chromium: Chromium
) -> None:
    patient.browser.call(IN_PAGE, "share")
    page.hands("text")
    until(lambda: patient.browser.run("return shared.length"), 1)
    [[name, kind, told]] = patient.browser.run("return shared")
    assert (name, kind) == ("easeback.txt", "text/plain")
    assert "Low back" in told
    downloads: list[object] = []
    chromium.page.on("download", lambda download: downloads.append(download))  # noqa: PLW0108
    patient.browser.run("window.closing = true")
    page.hands("text")
    until(lambda: patient.browser.run("return shared.length"), 2)
    assert downloads == []


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_a_short_journal_is_one_sheet_with_nothing_else_on_it(
    patient: Person, page: HandOver, chromium: Chromium, language: str
) -> None:
    patient.language = language
    page.opens()
    chromium.page.emulate_media(media="print")
    assert not any(
        patient.shows(css) for css in (".top", ".foot", "nav", "button", "form", "input")
    )
    assert patient.shows("[data-report] .chart svg")
    chromium.page.emulate_media(media="null")
    assert len(A_SHEET.findall(chromium.page.pdf(format="A4"))) == 1


def test_the_button_prints(patient: Person, page: HandOver) -> None:
    patient.browser.run("window.printed = 0; window.print = () => { window.printed += 1; }")
    page.hands("print")
    until(lambda: patient.browser.run("return printed"), 1)


def test_a_copy_brings_back_a_journal_that_was_lost_and_nothing_twice(
    patient: Person, page: HandOver, tmp_path: Path
) -> None:
    before = entries(patient)
    copy = Path(shutil.copy(page.saves("backup"), tmp_path / "easeback-journal.json"))
    journal = Journal(patient)
    journal.opens()
    journal.erases()
    assert entries(patient) == []
    patient.visits("journal/hand-over/")
    page.restores(copy)
    until(page.restored, str(len(before)))
    assert entries(patient) == before
    page.chooses_file(copy)
    page.waits_until_told("nothing")
    assert page.offered("there") == str(len(before))
    assert entries(patient) == before
    page.waits_for_report()


def test_a_copy_is_asked_about_first_and_can_be_taken_out_again(
    patient: Person, page: HandOver, tmp_path: Path
) -> None:
    before = entries(patient)
    file = strangers(page, tmp_path)
    page.chooses_file(file)
    assert page.offered("fresh") == "3"
    assert patient.reads("[data-restore-from]")
    assert entries(patient) == before
    patient.browser.press("[data-restore-do=leave]")
    assert not patient.shows("[data-restore-ask]")
    page.restores(file)
    until(page.restored, "3")
    assert len(entries(patient)) == len(before) + 3
    page.opens()  # it can be undone later, too
    page.takes_out_again()
    assert entries(patient) == before
    assert not patient.shows("[data-restore-undo]")


def test_a_file_that_is_brought_with_two_taps_can_be_taken_out_again(
    patient: Person, page: HandOver, tmp_path: Path
) -> None:
    before = entries(patient)
    page.chooses_file(strangers(page, tmp_path))
    page.brings_twice()
    until(page.restored, "3")
    page.takes_out_again()
    assert entries(patient) == before


def test_a_file_can_be_taken_out_again_after_something_else_was_deleted(
    patient: Person, page: HandOver, tmp_path: Path
) -> None:
    page.restores(strangers(page, tmp_path))
    until(page.restored, "3")
    brought = {entry["id"] for entry in entries(patient) if entry["id"].startswith("1")}
    journal = Journal(patient)
    journal.opens()
    journal.deletes("Pain 6")
    journal.waits_until_deleted()
    page.opens()
    page.takes_out_again()
    left = entries(patient)
    assert not brought & {entry["id"] for entry in left}
    assert not [entry for entry in left if entry["data"].get("pain") == 6]


def test_a_browser_that_is_killed_while_it_brings_a_file_can_take_it_out_again(
    patient: Person, page: HandOver, tmp_path: Path
) -> None:
    before = entries(patient)
    file = strangers(page, tmp_path)
    Journal(patient).takes_long_to_write(600_000)
    page.restores(file)
    until(lambda: len(entries(patient)), len(before) + 3)
    patient.restarts()
    page.opens()
    page.takes_out_again()
    assert entries(patient) == before


def test_what_is_taken_out_of_an_empty_journal_stays_out_and_is_not_called_lost(
    patient: Person, page: HandOver, tmp_path: Path
) -> None:
    file = strangers(page, tmp_path)
    journal = Journal(patient)
    journal.opens()
    journal.erases()
    patient.visits("journal/hand-over/")
    page.restores(file)
    until(page.restored, "3")
    journal.opens()
    journal.waits_for("list")
    patient.visits("journal/hand-over/")
    # The browser is killed before it has cleared the second copy.
    journal.takes_long_to_write(600_000)
    patient.browser.press("[data-restore-do=undo]")
    until(lambda: records(patient), [])
    patient.restarts()
    journal.opens()
    journal.waits_for("empty")
    assert entries(patient) == []
    patient.visits("journal/hand-over/")
    page.takes_out_again()
    journal.opens()
    journal.waits_for("empty")
    assert not journal.says_lost()


def test_the_focus_goes_on_where_the_person_does(
    patient: Person, page: HandOver, tmp_path: Path
) -> None:
    file = strangers(page, tmp_path)
    page.chooses_file(file)
    until(patient.focus, "What the file holds")
    patient.browser.press("[data-restore-do=leave]")
    until(patient.focus, "A copy for yourself")
    assert page.says("left")
    page.restores(file)
    until(patient.focus, "A copy for yourself")
    page.waits_until_told("done")
    page.takes_out_again()
    until(patient.focus, "A copy for yourself")


def test_a_page_out_of_the_browsers_memory_shows_nothing_that_was_deleted_meanwhile(
    patient: Person, page: HandOver, chromium: Chromium
) -> None:
    assert OWN_WORDS[1] in page.report()
    other = chromium.context.new_page()
    other.goto(f"{patient.site}/en/journal/")
    tells_nothing(other)
    other.locator("[data-journal-do=ask]").click()
    other.locator("[data-journal-do=erase]").click()
    other.locator("[data-journal-erased]").wait_for()
    other.close()
    comes_back(chromium.page)
    patient.waits_for("[data-hand-over-part=empty]")
    report = patient.browser.run("return document.querySelector('[data-report]').textContent")
    assert report == ""


def test_a_part_of_the_page_that_is_missing_is_said_and_what_is_unreadable_stays_said(
    patient: Person, page: HandOver, chromium: Chromium
) -> None:
    add_record(patient, {"id": "odd", "at": "now"})
    page.opens()
    patient.waits_for("[data-journal-why=unreadable]")
    page.chooses_everything()
    until(lambda: "Neck" in page.report(), True)
    assert patient.shows("[data-journal-why=unreadable]")
    patient.browser.run("document.querySelector('[data-report]').remove()")
    page.leaves_own_words_out()
    patient.waits_for("[data-journal-why=broken][role=alert]")
    chromium.console.clear()


def test_where_a_browser_cannot_print_no_button_says_that_it_does(
    patient: Person, page: HandOver, chromium: Chromium
) -> None:
    assert patient.shows("[data-hand=print]")
    chromium.page.add_init_script("delete window.print; delete Window.prototype.print;")
    page.opens()
    assert not patient.shows("[data-hand=print]")


def test_a_file_that_was_saved_is_told_beside_its_button(page: HandOver) -> None:
    page.saves("text")
    until(lambda: page.told_where("page"), "easeback.txt")
    page.saves("backup")
    until(lambda: page.told_where("backup"), "easeback-journal.json")
    assert page.told_where("page") == ""


def test_a_file_that_would_end_what_goes_on_says_so_first(
    patient: Person, page: HandOver, tmp_path: Path
) -> None:
    copy = json.loads(page.saves("backup").read_text())
    (*_, begin) = (one for one in copy["entries"] if one["kind"] == "begin")
    over = {**begin, "id": f"1{begin['id'][1:]}", "kind": "recovered", "data": {}}
    file = tmp_path / "stranger.json"
    file.write_text(json.dumps({**copy, "entries": [{**over, "at": begin["at"] + 1}]}))
    page.chooses_file(file)
    assert page.offered("fresh") == "1"
    assert page.warns_of_the_end()


def test_a_file_deletes_and_changes_nothing_that_is_here(
    patient: Person, page: HandOver, tmp_path: Path
) -> None:
    before = entries(patient)
    copy = json.loads(page.saves("backup").read_text())
    marks = [
        {**one, "id": f"1{one['id'][1:]}", "data": {}, "supersedes": [one["id"]], "gone": True}
        for one in copy["entries"]
    ]
    file = tmp_path / "stranger.json"
    file.write_text(json.dumps({**copy, "entries": marks}))
    page.chooses_file(file)
    page.waits_until_told("nothing")
    assert page.offered("changing") == str(len(marks))
    assert entries(patient) == before


def test_a_file_that_is_no_copy_changes_nothing_and_says_what_to_do(
    patient: Person, page: HandOver, tmp_path: Path
) -> None:
    before = entries(patient)
    copy = json.loads(page.saves("backup").read_text())
    file = tmp_path / "x.json"
    edited = json.dumps(copy).replace("I lifted a box.", "I lifted two boxes.")
    for content, why in [
        ("", "form"),
        ("{}", "form"),
        (json.dumps(copy)[:-20], "form"),
        (json.dumps({**copy, "easeback": 99}), "newer"),
        (edited, "conflict"),
    ]:
        file.write_text(content)
        page.chooses_file(file)
        page.waits_until_told(why)
        assert not page.says("done")
        assert entries(patient) == before
    file.write_bytes(b" " * 20_000_001)
    page.chooses_file(file)
    page.waits_until_told("size")
    assert entries(patient) == before


def test_what_is_no_note_of_ours_is_left_out_and_counted(
    patient: Person, page: HandOver, tmp_path: Path
) -> None:
    copy = json.loads(page.saves("backup").read_text())
    odd = {**copy, "entries": [*copy["entries"], {"id": "x"}, None]}
    file = tmp_path / "x.json"
    file.write_text(json.dumps(odd))
    page.chooses_file(file)
    until(page.left_out, "2")
    assert len(entries(patient)) == len(copy["entries"])
