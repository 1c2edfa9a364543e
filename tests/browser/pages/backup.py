"""The private backup: made with a code, brought back by it, stopped, deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.support.in_page import InPage
from tests.support.person import Person, until

_CODE = "[name=code]"
_IN_PAGE = InPage.beside(__file__)


@dataclass
class Backup:
    """The page of the private backup; its parts are off, have and on."""

    person: Person

    def opens(self) -> None:
        """Open it and wait until it shows whether there is a backup."""
        self.person.visits("journal/backup/")
        self.person.waits_for("[data-backup]")

    def asks_for_code(self) -> list[str]:
        """Ask for a new code; return its words."""
        self._does("new")
        self.person.waits_for("[data-backup-qr] svg")
        return self.words()

    def turns_on(self) -> list[str]:
        """Make a backup; return the words of its code."""
        words = self.asks_for_code()
        self.person.browser.press("label:has([data-backup-sure])")
        self._does("on")
        self.is_told("done")
        return words

    def changes_code(self) -> list[str]:
        """Have a new code in the place of the old one; return its words."""
        self._does("renew")
        self.person.waits_for("[data-backup-qr] svg")
        words = self.words()
        self.person.browser.press("label:has([data-backup-sure])")
        self._does("move")
        self.is_told("moved")
        return words

    def address_of(self, words: list[str]) -> str:
        """Return the address that the picture of a code holds."""
        return f"{self.person.site}/en/journal/backup/#code={'-'.join(words)}"

    def has_any_code(self) -> bool:
        """Return whether words, a picture or a tick of a code are on the page, shown or not."""
        return bool(self._call("hasCode"))

    def can_be_turned_on(self) -> bool:
        """Return whether the button that makes the backup can be pressed."""
        return bool(self.person.browser.page.locator("[data-backup-do=on]").is_enabled())

    def enters(self, code: str) -> None:
        """Type a code and ask for its backup."""
        self.person.browser.page.locator(_CODE).fill(code)
        self.person.browser.press("[data-backup-form] [type=submit]")

    def syncs(self) -> None:
        """Press "Back up now", and wait until phone and backup hold the same."""
        self._does("sync")
        self.is_told("done")

    def stops(self) -> None:
        """Stop on this phone."""
        self._does("off")
        self.is_told("stopped")

    def deletes(self) -> None:
        """Delete the backup, and say that this is meant."""
        self._does("ask")
        self._does("delete")
        self.is_told("deleted")

    # --- reading --------------------------------------------------------------------------

    def is_told(self, what: str) -> None:
        """Wait until it says how it ended, such as done, wrong-code or stopped."""
        until(lambda: self._call("said"), what)

    def is_told_fault(self, fault: str) -> None:
        """Wait until it says what is wrong with a code: words, count or order."""
        self.person.waits_for(f"[data-backup-fault={fault}]")

    def typed(self) -> str:
        """Return the code as it was typed."""
        return str(self.person.browser.page.locator(_CODE).input_value())

    def words(self) -> list[str]:
        """Return the words of the code that is shown, or none."""
        return list(self._call("words"))

    def pulled(self) -> str:
        """Return how many entries it says that it has brought to this phone."""
        return self.person.reads("[data-backup-count=pulled] bdi")

    def waits_for(self, part: str) -> None:
        """Wait until a part is shown."""
        self.person.waits_for(f"[data-backup-part={part}]")

    def shows(self, part: str) -> bool:
        """Return whether a part is shown."""
        return self.person.shows(f"[data-backup-part={part}]")

    # --- how ------------------------------------------------------------------------------

    def _does(self, what: str) -> None:
        self.person.browser.press(f"[data-backup-do={what}]")

    def _call(self, name: str) -> Any:
        return self.person.browser.call(_IN_PAGE, name)
