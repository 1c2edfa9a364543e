"""The pages of exercises: the set that fits somebody, and a card with its drawing."""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.in_page import InPage
from tests.support.person import Person

_IN_PAGE = InPage.beside(__file__)
_MOVER = "[data-mover] button"


@dataclass
class Exercises:
    """A page that shows exercises, or must not."""

    person: Person

    def fitting(self) -> int:
        """Return how many cards fit this person."""
        return self._counts()["fitting"]

    def printed(self) -> int:
        """Return how many exercises a print would hold."""
        return self._counts()["printed"]

    def offered(self) -> int:
        """Return how many ways lead to exercises."""
        return self._counts()["offered"]

    def can_be_printed(self) -> bool:
        return self.person.shows("[data-print] button")

    def can_move(self) -> bool:
        """Return whether the drawing offers to move."""
        return self.person.shows(_MOVER)

    def moves_or_holds_still(self) -> None:
        """Press the button that moves the drawing, or holds it still again."""
        self.person.browser.press(_MOVER)

    def moving(self) -> int:
        """Return how many drawings move."""
        return int(self.person.browser.call(_IN_PAGE, "moving"))

    def _counts(self) -> dict[str, int]:
        return dict(self.person.browser.call(_IN_PAGE, "counts"))
