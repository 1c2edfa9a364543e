"""The page that says heat or ice: how to use each, and what starts its timer."""

from __future__ import annotations

from dataclasses import dataclass

from tests.browser.pages.timer import Starter
from tests.support.person import Person


@dataclass
class HeatOrIce:
    """The page once it has given its answer."""

    person: Person

    @property
    def warmth(self) -> Starter:
        """What starts the timer for warmth."""
        return Starter(self.person, "[data-kind=heat]")

    @property
    def cold(self) -> Starter:
        """What starts the timer for cold."""
        return Starter(self.person, "[data-kind=ice]")

    def cold_is_folded(self) -> bool:
        """Return whether cold is there, and has to be unfolded first."""
        folded = (
            "return document.querySelector('[data-kind=ice]').closest('details')?.open === false"
        )
        return bool(self.person.browser.run(folded))
