"""What somebody else has written stays a text, and turns nothing around it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.browser.pages.hand_over import HandOver
from tests.browser.pages.help_card import HelpCard
from tests.support.browsers import Chromium
from tests.support.entries import NOW, Entry, id_of
from tests.support.in_page import InPage
from tests.support.person import Person, until
from tests.support.records import StagedServer

IN_PAGE = InPage.beside(__file__)
MARK = "smuggled"
TEXT = (
    f'\u202e\u2067{MARK}\u2066 <img src=x onerror=alert(1)><a href="https://evil.example">here</a>'
    "<script>alert(1)</script>"
)
ISOLATED = {"isolate", "plaintext", "isolate-override"}
DAY = 86_400_000


def copy(folder: Path) -> Path:
    """Return a file with notes of every kind that holds a text."""
    kinds: list[tuple[str, dict[str, object]]] = [
        ("begin", {"region": "neck"}),
        ("feel", {"pain": 3, "can": {}}),
        ("check", {"urgency": "soon", "reasons": [TEXT, TEXT], "release": TEXT[:40]}),
        ("medicine", {"text": TEXT}),
        ("note", {"text": f"{TEXT}\nNOTES\n{TEXT}"}),
    ]
    entries: list[Entry] = [
        {
            "id": id_of(number),
            "at": NOW - DAY + number,
            "zone": 0,
            "kind": kind,
            "data": data,
        }
        for number, (kind, data) in enumerate(kinds)
    ]
    file = folder / "stranger.json"
    file.write_text(json.dumps({"easeback": 1, "entries": entries}))
    return file


def is_only_text(person: Person, times: int) -> None:
    """Fail unless the text is shown so many times, each by itself and as a text."""
    standing = person.browser.call(IN_PAGE, "standing", MARK)
    assert len(standing) == times, standing
    assert {bidi for _, bidi in standing} <= ISOLATED, standing
    assert person.browser.call(IN_PAGE, "smuggled") == 0


def test_what_a_strangers_copy_brought_is_text_wherever_it_is_shown(
    offline: Person, chromium: Chromium, tmp_path: Path
) -> None:
    page = HandOver(offline)
    offline.visits("journal/hand-over/")
    offline.waits_for("[data-restore]")
    page.restores(copy(tmp_path))
    page.waits_until_told("done")
    page.waits_for_report()
    is_only_text(offline, 3)
    offline.visits("journal/")
    offline.waits_for("[data-journal-list] > [data-id]")
    is_only_text(offline, 3)
    assert chromium.console == []


def test_what_is_typed_is_text_wherever_it_is_shown(offline: Person, chromium: Chromium) -> None:
    card = HelpCard(offline)
    card.opens()
    offline.browser.call(IN_PAGE, "type", "[data-write]", TEXT)
    offline.browser.run("for (const fold of document.querySelectorAll('details')) fold.open = true")
    is_only_text(offline, 2)
    offline.visits("journal/backup/")
    offline.waits_for("[data-backup-form]")
    offline.browser.call(IN_PAGE, "type", "[name=code]", TEXT)
    offline.browser.press("[data-backup-form] button")
    offline.waits_for("[data-backup-strangers]")
    is_only_text(offline, 2)
    assert chromium.console == []


def test_words_that_are_too_many_come_back_from_the_server_as_text(
    person: Person, server: StagedServer, chromium: Chromium
) -> None:
    person.visits("feedback/")
    person.waits_until_started()
    long = TEXT + "x" * 600
    person.browser.run("document.querySelector('#words').removeAttribute('maxlength')")
    person.browser.call(IN_PAGE, "type", "#words", long)
    person.browser.press("label:has([name=helped][value=no])")
    person.browser.press("form[data-feedback] button")
    until(lambda: person.shows("#words-fault"), True)
    is_only_text(person, 1)
    assert person.browser.run("return document.querySelector('#words').value.length") == len(long)
    assert [request.path for request in server.received() if request.method == "POST"]
