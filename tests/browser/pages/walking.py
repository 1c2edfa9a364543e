"""The page about walking: a question, the plan, the walks that were, the calendar, the ladder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.browser.pages.timer import Starter
from tests.support.in_page import InPage
from tests.support.person import Person, until
from tests.support.walks import Walk

_IN_PAGE = InPage.beside(__file__)
_MORNING = "[data-walks-morning]"


@dataclass
class Walking:
    """The page as somebody finds it who has walked, or not yet."""

    person: Person

    def opens(self) -> None:
        """Open the page, and wait for the question that stands before every plan."""
        self.person.visits("walking/")
        until(self.asks_about_today, True)

    def opens_after(self, *walks: Walk) -> None:
        """Open the page on a phone that keeps these walks."""
        self.opens_on(json.dumps(walks))

    def opens_on(self, text: str) -> None:
        """Open the page on a phone that keeps this text as walks."""
        self.person.visits("walking/")
        self._call("keep", text)
        self.opens()

    # --- the plan -------------------------------------------------------------------------

    def asks_about_today(self) -> bool:
        """Return whether the page asks if a danger sign is true today."""
        return self.person.shows("[data-walks-part=gate]")

    def question(self) -> str:
        """Return what is asked before every plan."""
        return self.person.reads("[data-walks-part=gate]")

    def is_unwell(self) -> None:
        """Say that a danger sign is true today, or may be."""
        self._does("unwell")

    def is_well(self) -> str:
        """Say that no danger sign is true; return the plan."""
        self._does("well")
        return self.person.reads("[data-walks-part=plan]")

    def shows_a_plan(self) -> bool:
        return self.person.shows("[data-walks-part=plan]")

    def refusal(self) -> str:
        """Return what the page says instead of a plan."""
        return self.person.reads("[data-walks-part=none]")

    def does_the_check_instead(self) -> None:
        """Follow the link below the refusal."""
        self.person.browser.press("[data-walks-part=none] a")
        self.person.sees("age")

    def plan_offers_the_check(self) -> bool:
        """Return whether the plan has a link to the check."""
        return self.person.shows("[data-walks-part=plan] a[href$='/check/']")

    def minutes(self) -> int:
        """Return the minutes of the next step."""
        return int(self.person.reads("[data-walks-number]"))

    def has_minutes(self) -> bool:
        """Return whether the plan is to walk at all."""
        return self.person.shows("[data-walks-number]")

    def names_the_step_from(self, minutes: int) -> bool:
        """Return whether the plan shows the step of the ladder that begins at these minutes."""
        return self.person.shows(f"[data-walks-from='{minutes}']")

    @property
    def plans_timer(self) -> Starter:
        """What starts the walk of the plan."""
        return Starter(self.person, "[data-walks-part=plan] [data-timer-start]")

    # --- the log --------------------------------------------------------------------------

    def notes(self, before: int, most: int, morning: str = "later", *, longer_by: int = 0) -> None:
        """Fill in the form for a walk, some minutes longer than it proposes, and keep it."""
        self.fills_in(before, most, morning, longer_by=longer_by)
        self.keeps_the_walk()

    def fills_in(
        self, before: int, most: int, morning: str = "later", *, longer_by: int = 0
    ) -> None:
        """Fill in the form for a walk, some minutes longer than it proposes."""
        if not self.person.shows("[data-walks-note][open]"):
            self.person.browser.press("[data-walks-note] > summary")
        for _ in range(longer_by):
            self.person.browser.press("[data-by='1']")
        self.person.browser.press(f".scale__point:has([name=before][value='{before}'])")
        self.person.browser.press(f".scale__point:has([name=most][value='{most}'])")
        self.person.browser.press(f"label:has([name=morning][value={morning}])")

    def keeps_the_walk(self) -> None:
        """Press the button that keeps what is filled in."""
        self.person.browser.press("[data-walks-form] [type=submit]")

    def filled_in(self) -> list[Any]:
        """Return minutes, pain before and most pain as the form holds them."""
        return list(self._call("filledIn"))

    def says_that_it_is_not_kept(self) -> bool:
        return self.person.shows("[data-walks-unkept]")

    def says_that_it_is_kept(self) -> bool:
        return self.person.shows("[data-walks-noted]")

    def proposes(self) -> int:
        """Wait for the form to open by itself; return the minutes that it proposes."""
        self.person.waits_for("[data-walks-note][open]")
        return int(self.person.reads("[data-walks-long]"))

    def says_that_it_asks_tomorrow(self) -> None:
        """Wait until a noted walk is confirmed, in sight, with what comes in the morning."""
        self.person.waits_for("[data-walks-noted] [data-walks-tomorrow]")
        until(lambda: self._call("noteIsInView"), True)

    def asks_about_the_morning(self) -> bool:
        """Return whether the page asks how the pain was in the morning after a walk."""
        return self.person.shows(_MORNING)

    def was_fine_in_the_morning(self) -> None:
        """Wait for the question about the morning, and answer yes."""
        self.person.waits_for(_MORNING)
        self.person.browser.press(f"{_MORNING} [data-value=yes]")
        until(self.asks_about_the_morning, False)

    def unfolds_the_walks(self) -> str:
        """Unfold the walks that were noted, and return what they say."""
        self.person.browser.press("[data-walks-kept] > summary")
        return self.person.reads("[data-walks-list]")

    def lists_walks(self) -> bool:
        return self.person.shows("[data-walks-kept]")

    def forgets(self, *, sure: bool) -> None:
        """Press the button that deletes the walks, and answer whether one is sure."""
        self._does("forget")
        self._does("delete" if sure else "keep")

    def kept(self) -> list[Walk] | None:
        """Return the walks that the phone keeps; None where it keeps nothing, not even a list."""
        walks: list[Walk] | None = self._call("kept")
        return walks

    # --- the calendar ---------------------------------------------------------------------

    def presses_hours(self, *hours: int) -> None:
        """Unfold the form for the calendar, and press hours to choose them or not any more."""
        self.person.browser.press("details:has([data-calendar]) > summary")
        for hour in hours:
            self.person.browser.press(f"label:has([name=hour][value='{hour}'])")

    def makes_the_file(self) -> None:
        """Press the button that makes the calendar file."""
        self.person.browser.press("[data-calendar] [type=submit]")

    def can_make_the_file(self) -> bool:
        return bool(self._call("canMakeTheFile"))

    # --- the ladder, and where there is nothing else --------------------------------------

    def ladder(self) -> str:
        """Return what the steps of the ladder say."""
        return self.person.reads(".ladder")

    def on_the_ladder(self, step: int) -> Starter:
        """Return what starts a timer on a step of the ladder; the first is 1."""
        return Starter(self.person, f".ladder__step:nth-child({step}) [data-timer-start]")

    def shows_the_ladder(self) -> bool:
        return self.person.shows(".ladder")

    def ladder_has_timers(self) -> bool:
        """Return whether a step of the ladder can be timed."""
        return Starter(self.person, ".ladder [data-timer-start]").is_shown()

    def says_that_nothing_is_kept(self) -> None:
        """Wait until the page says that this phone keeps nothing for it."""
        self.person.waits_for("[data-walks-part=closed]")

    def asks_for_anything(self) -> bool:
        """Return whether there is anything to answer or to note."""
        return self.person.shows("[data-walks-form], [data-walks-do]")

    def shows_what_needs_scripts(self) -> bool:
        """Return whether the plan, the log or the calendar is there."""
        return self.person.shows("[data-walks], [data-calendar]")

    def _does(self, what: str) -> None:
        self.person.browser.press(f"[data-walks-do={what}]:visible")

    def _call(self, name: str, *arguments: object) -> Any:
        return self.person.browser.call(_IN_PAGE, name, *arguments)
