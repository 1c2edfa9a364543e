"""The page that asks whether this helped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.support.in_page import InPage
from tests.support.person import Person, until

_IN_PAGE = InPage.beside(__file__)


@dataclass
class FeedbackPage:
    """The form; with scripts it sends by itself, or keeps what waits for a network."""

    person: Person

    def opens(self, origin: str = "") -> None:
        """Open the page, from another one or from none, and wait until its script has begun."""
        self.person.visits(f"feedback/?page={origin}" if origin else "feedback/")
        until(lambda: self._value("[name=id]") != "", True)

    def says(self, helped: str, words: str = "", origin: str = "/walking/") -> None:
        """Open the page from another one, choose, write and press the button."""
        self.opens(origin)
        self.chooses(helped)
        self.writes(words)
        self.sends()

    def chooses(self, helped: str) -> None:
        """Choose yes, partly or no."""
        self.person.browser.press(f"label.row:has([value='{helped}'])")

    def writes(self, words: str) -> None:
        """Write words in place of what is there."""
        self.person.browser.call(_IN_PAGE, "write", words)

    def sends(self) -> None:
        """Press the button."""
        self.person.browser.press("[data-feedback] button")

    def is_told(self, what: str) -> None:
        """Wait until a screen reader is told this.

        It is kept, busy, sent, full, failed, later, long or refused.
        """
        self.person.waits_for(f"[role=status] > [data-feedback-say={what}]")

    def is_asked_to_choose(self) -> None:
        """Wait until the script asks for a choice."""
        self.person.waits_for("[role=alert][data-feedback-say=choose]")

    def is_faulted(self, field: str) -> None:
        """Wait until the server's own page says what is wrong with helped or words."""
        self.person.waits_for(f"#{field}-fault")

    def words(self) -> str:
        """Return what is written in the field."""
        return self._value("textarea")

    def origin(self) -> str:
        """Return the page from which this one was opened, as the form holds it."""
        return self._value("[name=page]")

    def waiting(self) -> list[dict[str, Any]]:
        """Return what waits on the phone until it can be sent."""
        return list(self.person.browser.call(_IN_PAGE, "waiting"))

    def first_is_of_language(self, code: str) -> None:
        """Let the first that waits be of a language that may be no more."""
        self.person.browser.call(_IN_PAGE, "changeLanguage", code)

    def _value(self, css: str) -> str:
        return str(self.person.browser.call(_IN_PAGE, "value", css))
