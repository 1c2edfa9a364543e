"""The page for a doctor and the journal as a file, with the server dead."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fhir.resources.R4B.bundle import Bundle

from tests.support.browsers import Chromium
from tests.support.journal import RECORDS, fill
from tests.support.person import Person, until

SHEET = """
window.shared = [];
navigator.canShare = ({ files }) => files.length > 0;
navigator.share = async ({ files }) => {
  window.shared.push([files[0].name, files[0].type, await files[0].text()]);
  if (window.closing) throw new DOMException("", "AbortError");
};
"""
TOO_LARGE = """
    const chosen = new DataTransfer();
    chosen.items.add(new File([" ".repeat(20_000_001)], "x.json"));
    const field = document.querySelector("[data-restore]");
    field.files = chosen.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
"""
OWN_WORDS = ("Two of the white ones", "I lifted a box.")
A_SHEET = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def patient(offline: Person, chromium: Chromium) -> Iterator[Person]:
    """Somebody offline who has kept a journal and wants to show it."""
    fill(offline)
    shows_it(offline)
    yield offline
    assert chromium.console == []


def shows_it(person: Person) -> None:
    person.visits("journal/hand-over/")
    person.waits_for("[data-report] h3")


def saved(chromium: Chromium, form: str) -> Path:
    """Press the button of a form, and return the file that was downloaded."""
    with chromium.page.expect_download() as download:
        chromium.press(f"[data-hand={form}]")
    return download.value.path()


def restores(person: Person, name: str, content: str) -> None:
    file = {"name": name, "mimeType": "application/json", "buffer": content.encode()}
    person.browser.page.locator("[data-restore]").set_input_files(file)


def erases(person: Person) -> None:
    person.visits("journal/")
    person.waits_for("[data-journal-part=list]")
    person.browser.press("[data-journal-do=ask]")
    person.browser.press("[data-journal-do=erase]")
    person.waits_for("[data-journal-erased]")


def test_an_empty_journal_leads_to_where_it_is_written(offline: Person) -> None:
    offline.visits("journal/hand-over/")
    offline.waits_for("[data-hand-over-part=empty]")
    assert not offline.shows("[data-report]")
    assert not offline.shows("[data-hand=backup]")


def test_the_page_tells_of_the_last_time_or_of_everything(patient: Person) -> None:
    told = patient.reads("[data-report]")
    assert "Low back" in told
    assert "Neck" not in told
    assert "In between." not in told
    patient.browser.press("label:has([name=span][value=all])")
    until(lambda: "Neck" in patient.reads("[data-report]"), True)
    assert "In between." in patient.reads("[data-report]")


def test_own_words_can_stay_at_home(patient: Person) -> None:
    assert all(words in patient.reads("[data-report]") for words in OWN_WORDS)
    patient.browser.press("label:has([name=words])")
    until(lambda: [word for word in OWN_WORDS if word in patient.reads("[data-report]")], [])
    assert "It has lasted long." in patient.reads("[data-report]")


def test_what_is_left_out_of_the_page_is_in_no_file_of_it(
    patient: Person, chromium: Chromium
) -> None:
    patient.browser.press("label:has([name=words])")
    patient.browser.press("[data-hand-over] details.more > summary")
    for form in ("text", "csv", "fhir"):
        told = saved(chromium, form).read_text()
        assert told
        assert not [words for words in (*OWN_WORDS, "In between.") if words in told]


def test_others_can_read_the_files(patient: Person, chromium: Chromium) -> None:
    text = saved(chromium, "text").read_text()
    assert patient.reads("[data-report] h2") in text
    patient.browser.press("[data-hand-over] details.more > summary")
    rows = list(csv.DictReader(saved(chromium, "csv").read_text("utf-8-sig").splitlines()))
    assert {row["text"] for row in rows} >= set(OWN_WORDS)
    bundle = Bundle.model_validate_json(saved(chromium, "fhir").read_text())
    assert bundle.entry


def test_the_share_sheet_gets_the_file_and_may_be_closed(
    patient: Person, chromium: Chromium
) -> None:
    patient.browser.run(SHEET)
    patient.browser.press("[data-hand=text]")
    until(lambda: patient.browser.run("return shared.length"), 1)
    [[name, kind, told]] = patient.browser.run("return shared")
    assert (name, kind) == ("easeback.txt", "text/plain")
    assert "Low back" in told
    downloads: list[object] = []
    chromium.page.on("download", lambda download: downloads.append(download))  # noqa: PLW0108
    patient.browser.run("window.closing = true")
    patient.browser.press("[data-hand=text]")
    until(lambda: patient.browser.run("return shared.length"), 2)
    assert downloads == []


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_a_short_journal_is_one_sheet_with_nothing_else_on_it(
    patient: Person, chromium: Chromium, language: str
) -> None:
    patient.language = language
    shows_it(patient)
    chromium.page.emulate_media(media="print")
    assert not any(
        patient.shows(css) for css in (".top", ".foot", "nav", "button", "form", "input")
    )
    assert patient.shows("[data-report] .chart svg")
    chromium.page.emulate_media(media="null")
    assert len(A_SHEET.findall(chromium.page.pdf(format="A4"))) == 1


def test_the_button_prints(patient: Person) -> None:
    patient.browser.run("window.printed = 0; window.print = () => { window.printed += 1; }")
    patient.browser.press("[data-hand=print]")
    until(lambda: patient.browser.run("return printed"), 1)


def test_a_copy_brings_back_all_that_was_deleted_and_nothing_twice(
    patient: Person, chromium: Chromium
) -> None:
    before = patient.browser.run(RECORDS)
    copy = saved(chromium, "backup").read_text()
    erases(patient)
    assert patient.browser.run(RECORDS) == []
    patient.visits("journal/hand-over/")
    for new in (len(before), 0):
        restores(patient, "easeback-journal.json", copy)
        until(lambda: patient.reads("[data-restored-count]"), str(new))
        assert patient.browser.run(RECORDS) == before
    patient.waits_for("[data-report] h3")


def test_a_file_that_is_no_copy_changes_nothing_and_says_what_to_do(
    patient: Person, chromium: Chromium
) -> None:
    before = patient.browser.run(RECORDS)
    copy = json.loads(saved(chromium, "backup").read_text())
    edited = json.dumps(copy).replace("I lifted a box.", "I lifted two boxes.")
    for content, why in [
        ("", "form"),
        ("{}", "form"),
        (json.dumps(copy)[:-20], "form"),
        (json.dumps({**copy, "easeback": 99}), "newer"),
        (edited, "conflict"),
    ]:
        restores(patient, "x.json", content)
        patient.waits_for(f"[data-restored={why}]")
        assert not patient.shows("[data-restored=done]")
        assert patient.browser.run(RECORDS) == before
    patient.browser.run(TOO_LARGE)
    patient.waits_for("[data-restored=size]")
    assert patient.browser.run(RECORDS) == before


def test_what_is_no_note_of_ours_is_left_out_and_counted(
    patient: Person, chromium: Chromium
) -> None:
    copy = json.loads(saved(chromium, "backup").read_text())
    odd = {**copy, "entries": [*copy["entries"], {"id": "x"}, None]}
    restores(patient, "x.json", json.dumps(odd))
    until(lambda: patient.reads("[data-refused-count]"), "2")
    assert len(patient.browser.run(RECORDS)) == len(copy["entries"])
