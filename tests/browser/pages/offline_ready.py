"""The page that says whether this phone is ready to be without a network."""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.in_page import InPage
from tests.support.person import Person, until

_IN_PAGE = InPage.beside(__file__)


@dataclass
class OfflineReady:
    """What the page says, in the one of its states that is shown."""

    person: Person

    def opens(self) -> None:
        """Open the page."""
        self.person.visits("offline/")

    def why_not(self) -> str:
        """Return why this browser cannot be made ready, once the page says so by itself."""
        until(lambda: self.person.browser.call(_IN_PAGE, "saysWhyNot"), True)
        return self.person.reads(".without-scripts")

    def state(self) -> str | None:
        """Return what it says: checking, ready, not-ready or failed; None where it says nothing."""
        shown = "document.querySelector('[data-offline-status]:not([hidden])')"
        state: str | None = self.person.browser.run(f"return {shown}?.dataset.offlineStatus")
        return state
