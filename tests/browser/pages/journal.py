"""The journal: what a person notes there, and what its page tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.support.in_page import InPage
from tests.support.person import Person, until

NOW = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)
"""The moment at which somebody opens it for the first time, where a test sets the clock."""

CLEAR = "[data-journal-do=clear]"
LOST = "[data-journal-lost]"
_IN_PAGE = InPage.beside(__file__)
_LINE = ".journal__line[data-id]"
_SAID = "[data-journal-said]"
_TAKE, _LEAVE = "[data-line=take]", "[data-line=leave]"


def part(name: str) -> str:
    """Return the selector of a part: begin, empty, last, flags, open, list or backed."""
    return f"[data-journal-part={name}]"


@dataclass
class Journal:
    """The page of the journal; its forms are begin, feel, measure, medicine, note, recovered."""

    person: Person

    def opens(self) -> None:
        """Open it and wait until it shows what is kept."""
        self.person.visits("journal/")
        self.person.waits_for("[data-journal]")

    def clears(self) -> None:
        """Say that no danger sign is there."""
        self.waits_for("flags")
        self.person.browser.press(CLEAR)
        self.person.waits_for(_form("feel"))

    # --- noting ---------------------------------------------------------------------------

    def begins(self, region: str = "low-back") -> None:
        """Say where it locked, and that there is no danger sign."""
        self._picks("begin", "region", region)
        self.keeps("begin")
        self.clears()

    def feels(self, pain: int, walk: int = 1) -> None:
        """Note how it is now."""
        self.rates("feel", "pain", pain)
        self._picks("feel", "walk", walk)
        self.keeps("feel")
        # Only once the form is empty again does it take the next answer.
        until(lambda: self._call("hasPain", "feel"), False)
        self.waits_until_kept()

    def did(self, what: str, minutes: int, before: int, after: int) -> None:
        """Note something that was done against the pain."""
        self.unfolds("measure")
        self._picks("measure", "what", what)
        self.fills("measure", "minutes", str(minutes))
        self.rates("measure", "before", before)
        self.rates("measure", "after", after)
        self.keeps("measure")
        self._waits_until_folded("measure")

    def rates(self, kind: str, name: str, pain: int) -> None:
        """Say how much it hurts, or did before or after what was done."""
        self._picks(kind, name, pain)

    def fills(self, kind: str, name: str, value: str) -> None:
        """Write into a field of a form: minutes, text or when."""
        self.person.browser.page.locator(f"{_form(kind)} [name={name}]").fill(value)

    def writes(self, kind: str, words: str, when: str = "") -> None:
        """Note a medicine, or something else in own words; the page has not kept it yet."""
        self.unfolds(kind)
        self.fills(kind, "text", words)
        self.fills(kind, "when", when)
        self.keeps(kind)

    def notes(self, words: str, when: str = "") -> None:
        """Note something in own words."""
        self.writes("note", words, when)
        self._waits_until_folded("note")
        self.waits_until_kept()

    def recovers(self) -> None:
        """Say that it is over."""
        self.keeps("recovered")

    def changes(self, words: str = "") -> None:
        """Open the newest entry, or the newest with these words, for a change."""
        self._line(words).locator("[data-line=edit]").click()
        self.person.waits_for("[data-journal-start]")

    def deletes(self, words: str = "") -> None:
        """Delete the newest entry, or the newest with these words."""
        self._line(words).locator("[data-line=delete]").click()

    def waits_until_deleted(self) -> None:
        """Wait until it says that a note is deleted, and from where."""
        self.person.waits_for("[data-journal-deleted]:not([hidden])")

    def types(self, kind: str, name: str, words: str) -> None:
        """Write at the end of what a field holds, letter by letter; nothing is kept yet."""
        self.person.browser.page.locator(f"{_form(kind)} [name={name}]").press_sequentially(words)

    def chooses(self, kind: str, name: str, value: object) -> None:
        """Choose an answer of a form; nothing is kept yet."""
        self._picks(kind, name, value)

    def cancels(self, kind: str) -> None:
        """Leave what a form began from."""
        self.person.browser.press(f"{_form(kind)} [data-journal-do=cancel]")

    def folds(self, kind: str) -> None:
        """Close a form that is open."""
        self.person.browser.press(f"{_fold(kind)} > summary")
        self._waits_until_folded(kind)

    def sends_twice(self, kind: str, pause: int) -> None:
        """Send a form, and send it again after so many milliseconds."""
        self._call("sendTwice", kind, pause)

    def unfolds(self, kind: str) -> None:
        """Open a form that is folded."""
        self.person.browser.press(f"{_fold(kind)} > summary")

    def keeps(self, kind: str) -> None:
        """Press the button of a form."""
        self.person.browser.press(f"{_form(kind)} [type=submit]")

    def takes(self, nth: int) -> None:
        """Let the form begin from a timer that is offered, counted from 1."""
        self.person.browser.press(f"[data-journal-suggestions] li:nth-child({nth}) {_TAKE}")
        self.person.waits_for("[data-journal-start]")

    def leaves_newest(self) -> None:
        """Say no to the newest timer that is offered."""
        self.waits_for_offers()
        left = len(self.offered()) - 1
        self.person.browser.page.locator(_LEAVE).first.click()
        until(lambda: len(self.offered()), left)

    def erases(self) -> None:
        """Delete everything."""
        self.asks_to_erase()
        self.confirms()

    def asks_to_erase(self) -> None:
        """Press "Delete all of it"; nothing is deleted yet."""
        self.person.browser.press("[data-journal-do=ask]")

    def confirms(self) -> None:
        """Say that all of it is to be deleted, and wait until it is."""
        self.person.browser.press("[data-journal-do=erase]")
        self.person.waits_for("[data-journal-erased]")

    # --- what befalls it --------------------------------------------------------------------

    def takes_long_to_write(self, pause: int) -> None:
        """Need so many milliseconds until the second copy of an entry is on the disk."""
        self._call("slowDown", pause)

    def is_writing(self) -> bool:
        """Return whether it has begun to write, since it takes long."""
        return bool(self.person.browser.run("return window.isWriting"))

    def spoils_its_drawing(self) -> None:
        """Fail to draw from now on."""
        self._call("spoilDrawing")

    def notes_what_is_said(self) -> None:
        """Write down from now on what is said of actions."""
        self._call("watchSaid")

    # --- reading --------------------------------------------------------------------------

    def said(self) -> list[str]:
        """Return what was said, one by one; "" where it was taken back before the next."""
        return list(self._call("saids"))

    def draft(self) -> str | None:
        """Return what the phone keeps of what is being written."""
        kept: str | None = self._call("draft")
        return kept

    def lines(self) -> list[str]:
        """Return the lines of what is kept, the newest first."""
        return list(self._call("lines"))

    def told(self) -> list[str]:
        """Return what each line says of its entry, without when and what it is."""
        return list(self._call("told"))

    def shows_all(self) -> None:
        """Press "Show more"."""
        self.person.browser.press("[data-journal-do=more]")

    def days(self) -> list[str]:
        """Return the table of the days: each with its number and its pain."""
        return list(self._call("days"))

    def helps(self) -> list[str]:
        """Return the table of what helps, cell by cell."""
        return self.person.reads("[data-journal-rows=helps]").split("\t")

    def offered(self) -> list[str]:
        """Return what a timer did that may be kept."""
        return list(self._call("offered"))

    def waits_for_offers(self) -> None:
        """Wait until a timer is offered."""
        self.person.waits_for(_TAKE)

    def waits_for(self, name: str) -> None:
        """Wait until a part is shown; see `part`."""
        self.person.waits_for(part(name))

    def shows(self, name: str) -> bool:
        """Return whether a part is shown; see `part`."""
        return self.person.shows(part(name))

    def waits_until_kept(self) -> None:
        """Wait until it says that an entry is kept."""
        self.person.waits_for("[data-journal-kept]")

    def says(self) -> str:
        """Return what the page says of the last action, once it says something."""
        until(lambda: self.person.reads(_SAID) != "", True)
        return self.person.reads(_SAID)

    def holds(self, kind: str) -> dict[str, str]:
        """Return what a form holds, by the names of its fields."""
        return dict(self._call("holds", kind))

    def is_unfolded(self, kind: str) -> bool:
        return self.person.shows(f"{_fold(kind)}[open]")

    def change(self, kind: str) -> str:
        """Return what a form says of what it began from; "" where that is nothing."""
        notice = f"{_form(kind)} [data-journal-start]"
        return self.person.reads(f"{notice} p") if self.person.shows(notice) else ""

    def fault(self, kind: str, name: str) -> str:
        """Return what is said to be wrong with a field; "" where that is nothing."""
        line = f"{_form(kind)} [data-journal-fault={name}]"
        return self.person.reads(line) if self.person.shows(line) else ""

    def focus(self) -> str:
        """Return the words or the name of what has the focus; "" for none."""
        return self.person.focus()

    def buttons(self) -> list[str]:
        """Return the names of the buttons of all lines."""
        return list(self._call("buttons"))

    def says_kept(self) -> bool:
        return self.person.shows("[data-journal-kept]")

    def says_lost(self) -> bool:
        """Return whether it says that the browser has cleared its store."""
        return self.person.shows(LOST)

    def waits_until_refused(self, why: str) -> None:
        """Wait until it says what is wrong: none, closed, full or unreadable."""
        self.person.waits_for(f"[data-journal-why={why}]")

    def waits_for_backup(self, state: str) -> None:
        """Wait until it says of the backup that it is done, or comes later."""
        self.person.waits_for(f"[data-journal-backup={state}]")

    # --- how ------------------------------------------------------------------------------

    def _picks(self, kind: str, name: str, value: object) -> None:
        self.person.browser.press(f"{_form(kind)} label:has([name='{name}'][value='{value}'])")

    def _waits_until_folded(self, kind: str) -> None:
        """Wait until a form has kept what it held, which folds it."""
        until(lambda: self.person.shows(f"{_fold(kind)}[open]"), False)

    def _line(self, words: str) -> Any:
        return self.person.browser.page.locator(_LINE, has_text=words).first

    def _call(self, name: str, *arguments: object) -> Any:
        return self.person.browser.call(_IN_PAGE, name, *arguments)


def _form(kind: str) -> str:
    return f"[data-journal-form={kind}]"


def _fold(kind: str) -> str:
    return f"[data-journal-fold={kind}]"
