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
from tests.support.browsers import Chromium
from tests.support.in_page import InPage
from tests.support.journal import entries, fill
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
    copy = json.loads(page.saves("backup").read_text())
    told = json.dumps({**copy, "entries": copy["entries"][-3:]})
    file = tmp_path / "stranger.json"
    file.write_text(told.replace('"id": "0', '"id": "1'))
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
