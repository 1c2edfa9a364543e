"""The offer of a newer release, which any page shows."""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.person import Person


@dataclass
class UpdateOffer:
    """The offer; the person takes it with `Person.takes_the_update`."""

    CSS = "[data-update]"
    TAKE = "[data-update-now]"

    person: Person

    def waits(self) -> None:
        """Wait until it is there."""
        self.person.waits_for(self.CSS)

    def is_shown(self) -> bool:
        return self.person.shows(self.CSS)
