"""The result of the check, as far as the journal can keep it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.person import Person

_PART = "[data-keep-result]"


@dataclass
class KeepResult:
    """What stands below a result: it is kept only when that is asked."""

    person: Person

    def keeps(self) -> None:
        """Ask to keep the result, and wait until it says that it is kept."""
        self.tries()
        self.waits_until_kept()

    def tries(self) -> None:
        """Ask to keep the result."""
        self.person.waits_for(f"{_PART} button")
        self.person.browser.press(f"{_PART} button")

    def tries_twice(self) -> None:
        """Press the button with two taps of a finger."""
        button = self.person.browser.page.locator(f"{_PART} button")
        button.dblclick()

    def waits_until_kept(self) -> None:
        """Wait until it says that the result is in the journal."""
        self.person.waits_for(f"{_PART} [data-kept]")

    def waits_until_refused(self) -> None:
        """Wait until it says that the result could not be kept."""
        self.person.waits_for(f"{_PART} [data-not-kept]")

    def says_kept(self) -> bool:
        return self.person.shows("[data-kept]")

    def says_refused(self) -> bool:
        return self.person.shows("[data-not-kept]")
