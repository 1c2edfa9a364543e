"""The timer: the buttons that start it, its page, and the bar that all other pages show of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.support.in_page import InPage
from tests.support.person import Person, until

_IN_PAGE = InPage.beside(__file__)
_TAP = "[data-timer-show=tap]"


@dataclass
class Timer:
    """The timer's page; its clock is the test's."""

    person: Person

    def opens(self) -> None:
        """Go to the page, whether a timer runs or none."""
        self.person.visits("timer/")
        self.person.waits_for("[data-timer-none], [data-timer-view]")

    def starts(self, plan: dict[str, Any], *, replace: bool = False) -> str | None:
        """Start a timer as a page's script does; return why not, if it was refused."""
        refusal: str | None = self._call("start", plan, replace)
        return refusal

    def waits(self) -> None:
        """Wait until the page has come by itself and shows a timer."""
        self.person.sees("timer/")
        self.person.waits_for("[data-timer-view]")

    def waits_until_over(self) -> None:
        """Wait until the page says that the time is over."""
        self.person.waits_for(".timer__over")

    def waits_until_paused(self) -> None:
        """Wait until the page says that the time stands still."""
        self.person.waits_for(".timer__state[data-timer-when=paused]")

    def waits_until_none(self) -> None:
        """Wait until the page says that no timer runs."""
        self.person.waits_for("[data-timer-none]")

    # --- pressing -------------------------------------------------------------------------

    def toggles_the_pause(self) -> None:
        """Press Pause, or Go on, and wait until the timer has taken it."""
        before = self._call("keptText")
        self._does("toggle")
        until(lambda: self._call("keptText") != before, True)

    def stops(self) -> None:
        """Press Stop, and wait until the timer has taken it."""
        before = self._call("keptText")
        self._does("stop")
        until(lambda: self._call("keptText") != before, True)

    def closes(self) -> None:
        """Press the button that is there once the time is over."""
        self._does("close")

    def goes_back(self) -> None:
        """Follow the link to where the timer was started, which comes only with the timer."""
        self.person.waits_for("[data-timer-back]")
        self.person.browser.press("[data-timer-back]")

    def switches(self, channel: str) -> None:
        """Switch sound, vibration, voice or awake (the screen stays on) on or off.

        The phone may refuse to keep its screen on; the others are waited for.
        """
        before = self.is_on(channel)
        self.person.browser.press(f"[data-timer-toggle={channel}]")
        if channel != "awake":
            until(lambda: self.is_on(channel), not before)

    def lets_it_sound(self) -> None:
        """Tap for sound, where the browser wants a tap."""
        self.person.waits_for(f"[data-timer-toggle=sound], {_TAP}")
        if self.person.shows(_TAP):
            self.person.browser.press(_TAP)
        self.person.waits_for("[data-timer-toggle=sound]")

    def touches_the_text(self) -> None:
        """Tap where nothing happens, once the page has its buttons."""
        self.person.waits_for("[data-timer-toggle=sound]")
        self.person.browser.press("[data-timer-text]")

    # --- reading --------------------------------------------------------------------------

    def left(self) -> str:
        """Return minutes and seconds of this segment that are left."""
        return self.person.reads("[data-timer-left]")

    def left_in_all(self) -> str:
        """Return minutes and seconds until everything is over."""
        return self.person.reads("[data-timer-all]")

    def text(self) -> str:
        """Return what to do now."""
        return self.person.reads("[data-timer-text]")

    def next(self) -> str:
        """Return what to do after that."""
        return self.person.reads("[data-timer-next]")

    def told(self) -> str:
        """Return what a screen reader was told last."""
        return self.person.reads("[data-timer-said]")

    def name(self) -> str:
        """Return what the timer is called."""
        return self.person.reads("[data-timer-name]")

    def note(self) -> str:
        """Return the warning that stands on the page."""
        return self.person.reads(".timer .note:not([hidden])")

    def late(self) -> str:
        """Return how long it has been over while nobody looked."""
        self.person.waits_for("[data-timer-show=missed]")
        return self.person.reads("[data-timer-late]")

    def warns_that_it_is_not_kept(self) -> None:
        """Wait until the page says that the timer ends with the window."""
        self.person.waits_for("[data-timer-show=unkept]")

    def warns_that_the_screen_may_go_off(self) -> bool:
        """Return whether the page says that nothing is heard once the screen is off."""
        return self.person.shows("[data-timer-show=dark]")

    def played(self) -> list[Any]:
        """Return the first sentence of what to do, and whether its picture is mirrored."""
        return list(self._call("played"))

    def can_be_paused(self) -> bool:
        return self.person.shows("[data-timer-do=toggle]")

    def offers(self, channel: str) -> bool:
        """Return whether there is a button for a channel."""
        return self.person.shows(f"[data-timer-toggle={channel}]")

    def has_only_words(self) -> bool:
        """Return whether there is a button for no channel."""
        return not self.person.shows(f"[data-timer-toggle], {_TAP}")

    def is_on(self, channel: str) -> bool | None:
        """Return whether a channel's button says that it is on; None where it does not say."""
        answer: bool | None = self._call("isOn", channel)
        return answer

    # --- under the page -------------------------------------------------------------------

    def is_there(self) -> bool:
        """Return whether a timer runs, is paused or has just ended, whatever the page shows."""
        return bool(self._call("isThere"))

    def kept(self) -> dict[str, Any]:
        """Return the timer as the phone keeps it."""
        return dict(self._call("kept"))

    def keeps(self, text: str) -> None:
        """Put something in the place where the phone keeps the timer."""
        self._call("keep", text)

    def was_used(self, *uses: dict[str, Any]) -> None:
        """Let the phone know these uses, and no timer that runs."""
        self._call("keepOnlyUses", uses)

    def started_at(self) -> int:
        """Return when it was started, in milliseconds since 1970."""
        return int(self._call("startedAt"))

    def seconds_left_in_all(self) -> int:
        return int(self._call("leftInAll"))

    def _does(self, what: str) -> None:
        self.person.browser.press(f"[data-timer-do={what}]")

    def _call(self, name: str, *arguments: object) -> Any:
        return self.person.browser.call(_IN_PAGE, name, *arguments)


@dataclass
class TimerBar:
    """The bar that every page but the timer's own shows while a timer runs."""

    CSS = "[data-timer-bar]"

    person: Person

    def waits(self) -> None:
        """Wait until the page shows it."""
        self.person.waits_for(self.CSS)

    def is_shown(self) -> bool:
        return self.person.shows(self.CSS)

    def presses(self) -> None:
        """Go to the timer."""
        self.person.browser.press(self.CSS)
        self.person.sees("timer/")

    def name(self) -> str:
        return self.person.reads(f"{self.CSS} > span:first-child")

    def left(self) -> str:
        return self.person.reads(f"{self.CSS} [role=timer]")

    def status(self) -> str:
        """Return what a screen reader is told."""
        return self.person.reads(f"{self.CSS} [role=status]")


@dataclass
class Starter:
    """Buttons that start a timer: the only visible ones, or those that a selector finds."""

    person: Person
    css: str = "[data-timer-start]"

    def waits(self, minutes: int | None = None) -> None:
        """Wait until there is a button, for so many minutes or any number."""
        self.person.waits_for(self._button(minutes))

    def offers(self, minutes: int | None = None) -> bool:
        """Return whether there is a button that can be pressed."""
        return self.person.shows(self._button(minutes))

    def is_shown(self) -> bool:
        return self.person.shows(self.css)

    def is_on_the_page(self) -> bool:
        """Return whether there is anything to start from, even out of sight."""
        return bool(self.person.browser.call(_IN_PAGE, "isOnThePage", self.css))

    def presses(self, minutes: int | None = None) -> None:
        """Wait for the button and press it."""
        self.waits(minutes)
        self.person.browser.press(self._button(minutes))

    def starts(self, minutes: int | None = None) -> None:
        """Press the button, and wait for the timer's page."""
        self.presses(minutes)
        self.person.sees("timer/")

    def says(self, what: str) -> bool:
        """Return whether it says this: early, often, busy, today, tomorrow or unkept."""
        return self.person.shows(f"{self.css} [data-timer-say~={what}]")

    def again_from(self) -> str:
        """Return the time from which on it may be used again."""
        return self.person.reads(f"{self.css} [data-timer-from]")

    def other(self) -> str:
        """Return the name of the timer that runs already."""
        return self.person.reads(f"{self.css} [data-timer-other]")

    def replaces(self) -> None:
        """Stop the timer that runs, and start this one."""
        self.person.browser.press(f"{self.css} [data-timer-replace]")
        self.person.sees("timer/")

    def _button(self, minutes: int | None) -> str:
        wanted = "" if minutes is None else f"='{minutes}'"
        return f"{self.css} button[data-minutes{wanted}]"
