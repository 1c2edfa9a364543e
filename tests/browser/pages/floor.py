"""The page that leads up from the floor, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.in_page import InPage
from tests.support.person import Person

_IN_PAGE = InPage.beside(__file__)


@dataclass
class Floor:
    """The page: a list of steps, until somebody begins to go through them."""

    STEP = "[data-floor-step]"

    person: Person

    def opens(self) -> None:
        """Open the page and wait for its two ways to begin."""
        self.person.visits("now/floor/")
        self.waits()

    def waits(self) -> None:
        """Wait for the two ways to begin."""
        self.person.waits_for("[data-floor-start]")

    def begins(self) -> None:
        """Open the page and begin to go on by hand."""
        self.opens()
        self.begins_by_hand()

    def begins_alone(self) -> None:
        """Open the page and let it go on by itself, every 30 seconds."""
        self.opens()
        self._goes("alone")

    def begins_by_hand(self) -> None:
        """Press the button below the list."""
        self._goes("start")

    def is_helped(self) -> None:
        """Say that somebody is there to help."""
        self.person.browser.press("label:has([data-floor-helped])")

    # --- at a step ------------------------------------------------------------------------

    def goes_on(self) -> None:
        """Press Next."""
        self._goes("next")

    def goes_one_back(self) -> None:
        """Press Back."""
        self._goes("back")

    def is_up(self) -> None:
        """Say, at the last step, that it is done."""
        self._goes("done")

    def stops(self) -> None:
        """Say that it is too much."""
        self._goes("stop")

    def switches_the_voice(self) -> None:
        """Switch the voice on, or off again."""
        self._goes("voice")

    def waits_for_check_and_call(self) -> None:
        """Wait until the way to the check, and the number to call, can be seen."""
        self.person.waits_for("[data-floor-bar] a[href$='/check/']")
        self.person.waits_for(".call")

    # --- reading --------------------------------------------------------------------------

    def shown(self) -> list[str]:
        """Return the texts of the steps that can be seen."""
        return list(self.person.browser.call(_IN_PAGE, "shown"))

    def pictures(self) -> int:
        """Return how many steps have a picture."""
        return int(self.person.browser.call(_IN_PAGE, "pictures"))

    def counts(self) -> bool:
        """Return whether the page counts down to the next step."""
        return self.person.shows("[data-floor-wait]")

    def left(self) -> int:
        """Return the seconds until the next step."""
        return int(self.person.reads("[data-floor-left]"))

    def is_underway(self) -> bool:
        """Return whether the page is at a step, rather than at the list."""
        return self.person.shows("[data-floor-bar]")

    def offers_a_voice(self) -> bool:
        return self.person.shows("[data-floor-go=voice]")

    def offers_anything(self) -> bool:
        """Return whether there is any button to begin or to go on."""
        return self.person.shows("[data-floor-go]")

    def shows_what_a_helper_does(self) -> bool:
        return self.person.shows("[data-floor-helper]")

    def _goes(self, how: str) -> None:
        self.person.browser.press(f"[data-floor-go={how}]")
