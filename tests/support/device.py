"""The phone around a page: what it lacks, and what a page asked of its voice, sound and screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.support.browsers import Chromium
from tests.support.in_page import InPage

_IN_PAGE = InPage.beside(__file__)

Said = list[str] | None
"""A text and its language, or a silence that the page asked for."""


@dataclass
class Device:
    """A phone that runs Chromium; what it has or lacks, pages find from the next one on."""

    chromium: Chromium

    def keeps_nothing(self) -> None:
        """Close the storage to pages."""
        self._has("closeStorage")

    def fills_its_storage(self) -> None:
        """Leave no room for another letter, from the page that is shown on."""
        self.chromium.call(_IN_PAGE, "fillStorage")

    def makes_room(self) -> None:
        """Have room for what pages keep again."""
        self.chromium.call(_IN_PAGE, "emptyStorage")

    def notes_what_is_written(self) -> None:
        """Count what pages write to the storage."""
        self._has("countWrites")

    def written(self) -> int:
        """Return how often this page has written to the storage since this was last asked."""
        return int(self.chromium.run("const count = writes; window.writes = 0; return count"))

    def refuses_to_stay_awake(self) -> None:
        """Have a way to hold the screen on, and refuse it."""
        self._has("refuseScreen")

    def has_only_words(self) -> None:
        """Lack sound, vibration, voices, and what holds the screen on."""
        self._has("fallSilent")

    def cannot_tell_its_place(self) -> None:
        """Lack the way to ask where it is."""
        self._has("losePlace")

    def refuses_its_place(self, code: int) -> None:
        """Fail, on the page that is shown, to say where it is; the code says why."""
        self.chromium.call(_IN_PAGE, "refusePlace", code)

    def has_voices(self, *voices: tuple[str, bool]) -> None:
        """Have voices of these languages; each is of the phone, or asks a network."""
        self._has("speak", voices)

    def said(self) -> list[Said]:
        """Return what this page has said so far."""
        return list(self.chromium.run("return said"))

    def talks(self) -> None:
        """Be in the middle of a sentence, for as long as nobody ends it."""
        self.chromium.run("window.talks = true")

    def ends_its_sentence(self) -> None:
        """Have said everything."""
        self.chromium.run("window.talks = false")

    def notes_what_is_heard(self) -> None:
        """Write down tones and vibrations."""
        self._has("listen")

    def heard(self) -> list[Any]:
        """Return the tones, in hertz, and the buzzes since this was last asked."""
        return list(self.chromium.run("return heard.splice(0)"))

    def notes_what_holds_the_screen_on(self) -> None:
        """Let pages hold the screen on, and count how often they do at a time."""
        self.chromium.context.grant_permissions(["screen-wake-lock"])
        self._has("countLocks")

    def awake(self) -> int:
        """Return how many times over the screen is held on."""
        return int(self.chromium.run("return awake"))

    def has_a_share_sheet(self) -> None:
        """Offer to hand files to other apps."""
        self._has("share")

    def refuses_to_share(self, why: str) -> None:
        """Fail when the page that is shown hands on a file; the name says why, "" ends it."""
        self.chromium.call(_IN_PAGE, "refuseToShare", why)

    def shared(self) -> list[list[str]]:
        """Return name and type of each file that this page has handed to the sheet."""
        return list(self.chromium.run("return shared"))

    def hides_the_page(self) -> None:
        """Show another app."""
        self.chromium.call(_IN_PAGE, "hide", True)

    def shows_the_page(self) -> None:
        """Show the browser again."""
        self.chromium.call(_IN_PAGE, "hide", False)

    def _has(self, name: str, *arguments: object) -> None:
        self.chromium.context.add_init_script(_IN_PAGE.calling(name, *arguments))
