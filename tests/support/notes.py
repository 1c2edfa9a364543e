"""What a phone's journal holds, asked from whatever page it shows."""

from __future__ import annotations

from tests.support.in_page import InPage
from tests.support.person import Person

_IN_PAGE = InPage.beside(__file__)

Note = tuple[str, str | int]
"""The kind of an entry, and what it says: its text, pain, urgency or region."""


def write(person: Person, text: str) -> Note:
    """Keep a note; return it once it is kept."""
    person.browser.call(_IN_PAGE, "write", text)
    return "note", text


def kept(person: Person) -> list[Note]:
    """Return every entry, the oldest first."""
    return [(kind, says) for kind, says in person.browser.call(_IN_PAGE, "kept")]
