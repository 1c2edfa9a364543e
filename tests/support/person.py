"""A person with a browser: visits, ticks, chooses, reads; waits for what they expect to see.

Answers are named by their ids in the knowledge, so that the same walk works in every language.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.browsers import FAULTS, Browser
from tests.support.in_page import InPage
from webapp import config

_PATIENCE_S = 60.0  # what is waited for happens in one second, or in twenty on a busy machine

PLAIN_ANSWERS: Mapping[str, str] = {
    "age": "age-18-39",
    "region": "low-back",
    "began": "in-minutes",
    "how-long-now": "days-13",
    "better-now": "it-betters",
    "sex": "male",
    "pattern": "worse-sitting",
}
"""What a person with a simple locked low back answers; they tick nothing."""

_FORWARD = "setTimeout(() => history.forward())"
_LEAVINGS = itertools.count(1)
_IN_PAGE = InPage.beside(__file__)


def until(question: Callable[[], object], expected: object, patience: float = _PATIENCE_S) -> None:
    """Return once the answer is the expected one; fail with the last answer if it never is."""
    end = time.monotonic() + patience
    while True:
        try:
            answer = question()
        except FAULTS as fault:
            answer = fault
        if answer == expected:
            return
        if time.monotonic() > end:
            pytest.fail(f"Expected {expected!r}, but the last that was seen is {answer!r}.")
        time.sleep(0.03)


@dataclass
class Person:
    """Someone who uses Easeback at ``site`` in one language."""

    browser: Browser
    site: str
    language: str = "en"

    # --- going places ---------------------------------------------------------------------

    def visits(self, route: str = "") -> None:
        """Type the address of a page; a route is of their language, a path with "/" is whole."""
        path = route if route.startswith("/") else f"/{self.language}/{route}"
        self.browser.visit(self.site + path)
        self._is_on_our_page()

    def follows(self, name: str) -> None:
        """Follow the link with this name and wait for the page."""
        self._leaves(lambda: self.browser.follow(name))

    def takes_answers_to(self, route: str) -> None:
        """From the result, ask what helps, and press the button that leads to the route.

        It stands in a folded panel.
        """
        self.asks_what_helps()
        button = f"button[formaction$='/{route}']"
        self.browser.press(f"details.fold:has({button}) > summary")
        self._leaves(lambda: self.browser.press(button))

    def goes_back(self) -> None:
        """Press the browser's Back."""
        self._leaves(self.browser.back)

    def goes_forward(self) -> None:
        """Press the browser's Forward."""
        self._leaves(lambda: self.browser.run(_FORWARD))

    def reloads(self) -> None:
        """Reload the page."""
        self._leaves(self.browser.reload)

    def restarts(self) -> None:
        """Close the browser and open it again."""
        self.browser.close()
        self.browser.start()

    def comes_back_to_the_page(self) -> None:
        """Look at the page again, after another app."""
        self._call("comeBack")

    def switches_to(self, code: str) -> None:
        """Go to the settings and choose a language."""
        self._leaves(lambda: self.browser.press("header a[href$='/settings/']"))
        self._leaves(lambda: self.browser.press(f"main a[hreflang='{code}']"))
        self.language = code
        assert self.reads("lang") == code

    def takes_the_update(self) -> None:
        """Press "Use it now"; the page comes anew by itself."""
        self._leaves(lambda: self.browser.press("[data-update-now]"))

    # --- answering the check --------------------------------------------------------------

    def ticks(self, *gates: str) -> None:
        """Tick gates, or take their ticks away."""
        for gate in gates:
            self.browser.press(f"label.gate:has([name='{gate}'])")

    def says(self, answer: str, *rows: str) -> None:
        """Answer rows with yes, unsure or no; the Yes of a danger sign leads to the next page."""
        for row in rows:
            sends = f"button.tick[name=yes][value='{row}']"
            if answer == "yes" and self.shows(sends):
                self._leaves(lambda sends=sends: self.browser.press(sends))
            else:
                self.browser.press(f"label.tick:has([name='{row}'][value='{answer}'])")

    def presses(self, action: str) -> None:
        """Press the button below the rows: next or none; where the page asks, once more."""
        button = f"button[name=go][value='{action}']"
        self._leaves(lambda: self._insists(button))

    def _insists(self, button: str) -> None:
        """Press a button, and press it again if the page asks whether it was read."""
        self.browser.press(button)
        with suppress(*FAULTS):
            if self._call("asksBack"):
                self.browser.press(button)

    def taps_none_unread(self) -> None:
        """Tap None of these as if the first card had been opened half a second ago."""
        self._call("tapNoneUnread")

    def asks_for(self, whom: str) -> None:
        """Say whom the check is for: me or other."""
        self.browser.press(f"label.segment:has([value='{whom}'])")

    def chooses(self, option: str) -> None:
        """Press one of the answers to a question."""
        self._leaves(lambda: self.browser.press(f"button.choice[value='{option}']"))

    def answers(self, choices: Mapping[str, str] = PLAIN_ANSWERS) -> None:
        """Answer the screen that is shown, ticking nothing."""
        option = choices.get(self.place)
        if option:
            self.chooses(option)
        else:
            self.presses("none")

    def has_weak_legs(self) -> None:
        """Answer the check, just opened or on its first card, until it says to call."""
        self.answers_until("gates")
        self.ticks("g-limb")
        self.presses("next")
        self.answers_until("danger-3")
        self.says("yes", "legs-weak")
        self.sees("result-emergency")

    def answers_until(self, place: str, choices: Mapping[str, str] = PLAIN_ANSWERS) -> None:
        """Answer screen after screen until this one, or the result, is shown."""
        for _ in range(40):
            if self.place == place:
                return
            assert not self.place.startswith("result"), f"{self.place} instead of {place}"
            self.answers(choices)
        pytest.fail(f"{place} was never shown")

    def asks_what_helps(self, choices: Mapping[str, str] = PLAIN_ANSWERS) -> None:
        """On the result, answer what is asked for the plan, and come back to the result."""
        result = self.place
        self._leaves(lambda: self.browser.press("button[form='answers'][name='show']"))
        while self.place != result:
            assert not self.place.startswith("result"), f"{self.place} instead of {result}"
            self.answers(choices)

    def changes(self, screen: str) -> None:
        """Open an earlier screen from the list of answers."""
        if self.shows("details.answers:not([open])"):
            self.browser.press("details.answers > summary")
        self._leaves(lambda: self.browser.press(f"button[name=show][value='{screen}']"))

    def changes_mind_about_earlier_answers(self) -> None:
        """Ask to see the answers so far, in the middle of the check."""
        if self.shows("details.asides:not([open])"):
            self.browser.press("details.asides > summary")
        self._leaves(lambda: self.browser.press("button[name=show][value=answers]"))

    # --- reading --------------------------------------------------------------------------

    @property
    def place(self) -> str:
        """Where in the check they are: a screen's id, "answers", "result-…", else the route."""
        return str(self._call("place"))

    def sees(self, place: str) -> None:
        """Wait until they are at this place."""
        until(lambda: self.place, place)

    def focus(self) -> str:
        """Return the words or the name of what has the focus; "" for none."""
        return str(self.browser.call(_IN_PAGE, "focused"))

    def reads(self, what: str = "main") -> str:
        """Return the words of a part of the page: "lang" is its language, "release" its release."""
        if what == "lang":
            return str(self.browser.run("return document.documentElement.lang"))
        css = "footer p:last-of-type > bdi" if what == "release" else what
        return str(self._ask(css, "innerText")).strip()

    def ticked(self) -> list[str]:
        """Return the gates and rows that were answered with yes."""
        return list(self._call("ticked"))

    def chosen(self) -> list[str]:
        """Return the answers that are marked as chosen earlier."""
        return list(self._call("chosen"))

    def kept(self) -> dict[str, str]:
        """Return the answers that the page holds for its next step."""
        return {k: v for k, v in self._call("kept").items() if k != "at"}

    def shows(self, css: str) -> bool:
        """Return whether something that the selector finds is visible."""
        return bool(self._call("shows", css))

    def waits_for(self, css: str) -> None:
        """Wait until something is visible."""
        until(lambda: self.shows(css), True)

    def waits_until_started(self) -> None:
        """Wait until every script of the page has done what it does unasked."""
        self._call("started")

    def is_ready(self) -> bool:
        """Return whether the page says that it works offline."""
        return bool(self.browser.run("return document.documentElement.dataset.offline === 'ready'"))

    def gets_ready(self) -> None:
        """Open the first page and wait until it says that it works offline."""
        self.visits()
        until(self.is_ready, True, patience=30)

    def waits_for_everything(self) -> None:
        """Choose every language; stay online until all, with what is deferred, is on the phone."""
        codes = [language.code for language in config.from_environment(os.environ).languages]
        until(lambda: len(self._call("partsHere", codes)), 2 * len(codes) + 1)

    # --- how ------------------------------------------------------------------------------

    def _leaves(self, act: Callable[[], Any]) -> None:
        """Do what leads to another page, and wait until that page is there and is ours.

        The page is marked rather than known by its time of birth, which a test's clock may hold.
        """
        mark = next(_LEAVINGS)
        self.browser.run(f"window.leaving = {mark}")
        act()
        until(lambda: self._loaded(mark), True)
        self._is_on_our_page()

    def _loaded(self, mark: int) -> bool:
        left, state, address = self._call("loaded")
        # Firefox is at about:blank for a moment, between two pages.
        return bool(left != mark and state == "complete" and address != "about:blank")

    def _is_on_our_page(self) -> None:
        address = str(self.browser.run("return location.href"))
        assert address.startswith(self.site), f"the browser shows {address}"

    def _ask(self, css: str, attribute: str) -> Any:
        return self._call("ask", css, attribute)

    def _call(self, name: str, *arguments: object) -> Any:
        return self.browser.call(_IN_PAGE, name, *arguments)
