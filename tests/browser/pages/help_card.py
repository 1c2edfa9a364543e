"""The help card: sentences to show to others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from tests.support.in_page import InPage
from tests.support.person import Person

_IN_PAGE = InPage.beside(__file__)
_SECOND = "[data-second-text]"

Sentences = dict[str, list[str | None]]
"""Text, language and direction of each sentence by its id."""


@dataclass
class HelpCard:
    """The card; its sentences are named by their ids in the knowledge."""

    person: Person

    def opens(self) -> None:
        """Open the card and wait until its sentences can be pressed."""
        self.person.visits("help-card/")
        self.waits()

    def waits(self) -> None:
        """Wait until the sentences can be pressed."""
        self.person.waits_for(".phrase button")

    def unfolds(self, listener: str) -> None:
        """Unfold the sentences for somebody."""
        self.person.browser.press(f"summary:has(#{listener})")

    def shown(self) -> list[str]:
        """Return the sentences that can be seen."""
        return list(self._call("shown"))

    def sentences(self) -> Sentences:
        """Return every sentence, in the page's language."""
        return dict(self._call("sentences"))

    # --- one sentence ---------------------------------------------------------------------

    def ticks(self, sentence: str) -> None:
        """Tick a sentence, or take its tick away."""
        self.person.browser.press(f"#{sentence} label")

    def enlarges(self, sentence: str) -> None:
        """Show a sentence large."""
        self.person.browser.press(f"#{sentence} button")

    def large(self) -> str:
        """Return the sentence that fills the screen."""
        return self.person.reads("dialog[open] [data-large-words]")

    def is_large(self) -> bool:
        """Return whether a sentence fills the screen."""
        return self.person.shows("dialog")

    def number(self) -> str:
        """Return the number behind the large sentence."""
        return self.person.reads("dialog[open] [data-number-text]")

    def waits_for_the_large_second(self) -> None:
        """Wait until the large sentence stands there in the second language, too."""
        self.person.waits_for(f"dialog[open] {_SECOND}")

    def closes(self) -> None:
        """Press the button below the large sentence."""
        self.person.browser.press("dialog button")

    def focused(self) -> str | None:
        """Return the sentence that has the focus."""
        sentence: str | None = self._call("focused")
        return sentence

    def is_in_view(self, sentence: str) -> bool:
        """Return whether a sentence can be seen without a move."""
        return bool(self._call("isInView", sentence))

    def written(self, sentence: str) -> str:
        """Return what stands behind a sentence."""
        return self.person.reads(f"#{sentence} [data-written]")

    # --- what is ticked -------------------------------------------------------------------

    def shows_only_ticked(self) -> None:
        """Show only what is ticked, or all again."""
        self.person.browser.press("[data-only]")

    def offers_only_ticked(self) -> bool:
        return self.person.shows("[data-only]")

    def waits_for_answers(self) -> None:
        """Wait until the card offers to tick what was answered in the check."""
        self.person.waits_for("[data-add-answers]")

    def offers_answers(self) -> bool:
        return self.person.shows("[data-add-answers]")

    def adds_answers(self) -> None:
        """Tick what was answered with yes in the check."""
        self.person.browser.press("[data-add-answers]")

    def tells_that_answers_were_added(self) -> None:
        """Wait until a screen reader is told so."""
        self.person.waits_for("[role=status] > [data-added]")

    def tells_that_no_answer_was_added(self) -> None:
        """Wait until a screen reader is told so."""
        self.person.waits_for("[role=status] > [data-none-added]")

    # --- a second language ----------------------------------------------------------------

    def chooses_second(self, code: str) -> None:
        """Choose the second language, or take it away."""
        if self.person.shows(".fold--languages:not([open])"):
            self.person.browser.press(".fold--languages > summary")
        self.person.browser.press(f"button[data-second][value='{code}']")

    def second_languages(self) -> list[str]:
        """Return the languages to choose from."""
        return list(self._call("secondLanguages"))

    def other_cards(self) -> list[str]:
        """Return the paths of the cards in other languages, as links without scripts."""
        return list(self._call("otherCards"))

    def second_sentences(self) -> Sentences:
        """Return every sentence in the second language."""
        return dict(self._call("secondSentences"))

    def waits_for_second(self) -> None:
        """Wait until a sentence stands there in a second language, too."""
        self.person.waits_for(_SECOND)

    def shows_second(self) -> bool:
        """Return whether a sentence stands there in a second language, too."""
        return self.person.shows(_SECOND)

    def tells_that_the_language_is_missing(self) -> None:
        """Wait until a screen reader is told so."""
        self.person.waits_for("[role=status] > [data-second-missing]")

    def has_chosen_second(self) -> bool:
        """Return whether a language is marked as chosen."""
        return self.person.shows("button[data-second][aria-pressed=true]")

    # --- a message, and the place ---------------------------------------------------------

    def message(self) -> str:
        """Return the text message that the person would send, to nobody yet."""
        address = str(self._call("message"))
        start = "sms:?&body="
        assert address.startswith(start)
        return unquote(address.removeprefix(start))

    def waits_for_the_message(self) -> None:
        """Wait until the link to the text message is there."""
        self.person.waits_for("[data-message]")

    def locates(self) -> None:
        """Ask where the phone is."""
        self.person.browser.press("[data-locate]")

    def offers_to_locate(self) -> bool:
        return self.person.shows("[data-locate]")

    def place_notes(self) -> list[str]:
        """Return what is said of the place: looking, found, denied, not-found or too-late."""
        return list(self._call("placeNotes"))

    def tells_that_the_place_was_found(self) -> int:
        """Wait until a screen reader is told so; return by how many metres it may be off."""
        self.person.waits_for("[role=status] > [data-place-note=found]")
        return int(self.person.reads("[data-metres]"))

    def shows_the_place(self) -> bool:
        return self.person.shows("#card-here")

    def place(self) -> str:
        """Return the place that stands behind its sentence."""
        return self.person.reads("#card-here [data-place]")

    # --- what needs scripts, and what stays -----------------------------------------------

    def has_controls(self) -> bool:
        """Return whether there is anything to press or to fill in."""
        return bool(self._call("hasControls"))

    def keeps_anything(self) -> bool:
        """Return whether the page has kept anything in its storage.

        Every page notes when it last asked whether its release was called back.
        """
        keys = "Object.keys({ ...localStorage, ...sessionStorage })"
        count = f"return {keys}.filter((key) => !key.startsWith('easeback.recall')).length"
        return bool(self.person.browser.run(count))

    def traces(self) -> str:
        """Return everything that the page has kept, and its address."""
        return str(self._call("traces"))

    def _call(self, name: str, *arguments: object) -> Any:
        return self.person.browser.call(_IN_PAGE, name, *arguments)
