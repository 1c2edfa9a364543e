"""What stands above every page when it concerns the whole app."""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.person import Person

RECALLED = "[data-recalled]"
OLD_ADVICE = "[data-old-advice]"


@dataclass
class Notices:
    """The notices above the page."""

    person: Person

    def waits_for_the_recall(self) -> None:
        """Wait until the page says that its release was called back."""
        self.person.waits_for(RECALLED)

    def says_it_was_recalled(self) -> bool:
        return self.person.shows(RECALLED)

    def says_the_advice_is_old(self) -> bool:
        return self.person.shows(OLD_ADVICE)
