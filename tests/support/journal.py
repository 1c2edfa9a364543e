"""The journal of a phone under its page, which has to be one of the app's."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.support.in_page import InPage
from tests.support.person import Person

_IN_PAGE = InPage.beside(__file__)

Entry = dict[str, Any]
Said = tuple[str, str | int]
"""The kind of an entry, and what it says: its text, pain, urgency or region."""


def fill(person: Person) -> None:
    """Put an episode that is over and one that goes on into the journal of this phone."""
    person.visits("journal/")
    person.waits_for("[data-journal]")
    person.browser.call(_IN_PAGE, "addEpisodes")


def add_week(person: Person) -> None:
    """Put a week with one episode into the journal."""
    person.browser.call(_IN_PAGE, "addWeek")


def add_note(person: Person, text: str) -> Said:
    """Keep a note; return it once it is kept."""
    person.browser.call(_IN_PAGE, "addNote", text)
    return "note", text


def back_up(person: Person) -> None:
    """Turn a new backup on."""
    person.browser.call(_IN_PAGE, "backUp")


def entries(person: Person) -> list[Entry]:
    """Return the entries as the app reads them."""
    return list(person.browser.call(_IN_PAGE, "entries"))


def said(person: Person) -> list[Said]:
    """Return what each entry says, the oldest first."""
    names = ("text", "pain", "urgency", "region")
    return [
        (entry["kind"], next((entry["data"][name] for name in names if name in entry["data"]), ""))
        for entry in entries(person)
    ]


def records(person: Person) -> list[Entry]:
    """Return what lies in the database, without asking the app."""
    return list(person.browser.call(_IN_PAGE, "records"))


def kept(person: Person, kind: str) -> list[Entry]:
    """Return the data of what is kept of a kind, in the order in which it was written."""
    of_kind = [record for record in records(person) if record["kind"] == kind]
    return [record["data"] for record in of_kind if not record.get("gone")]


def moment(milliseconds: int) -> datetime:
    """Return when an entry was, in UTC."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def add_entry(person: Person, entry: Entry) -> None:
    """Keep an entry of another phone, as what a backup brings."""
    person.browser.call(_IN_PAGE, "addEntry", entry)


def add_record(person: Person, record: dict[str, Any]) -> None:
    """Put something beside the entries, without asking the app."""
    person.browser.call(_IN_PAGE, "addRecord", record)
