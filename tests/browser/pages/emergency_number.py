"""The number to call, which every page shows."""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.in_page import InPage
from tests.support.person import Person, until

_IN_PAGE = InPage.beside(__file__)


@dataclass
class EmergencyNumber:
    """The number, as the page that is shown writes and dials it."""

    person: Person

    def shown(self) -> list[str]:
        """Return every number that this page writes or dials, each once."""
        return list(self.person.browser.call(_IN_PAGE, "numbers"))

    def is_only(self, number: str, *routes: str) -> None:
        """Fail unless every one of the pages writes and dials this number and no other."""
        for route in routes:
            self.person.visits(route)
            until(self.shown, [number])

    def written(self) -> str:
        """Return the number as the page writes it first."""
        return self.person.reads("[data-number-text]")
