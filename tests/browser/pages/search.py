"""The page with the field that searches all pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator

from tests.support.browsers import Chromium
from tests.support.in_page import InPage
from tests.support.person import Person, until

_IN_PAGE = InPage.beside(__file__)
_WAYS = "ul[data-search-note=nothing] a"


@dataclass
class Search:
    """The field and its hits, for somebody with Chromium."""

    person: Person
    chromium: Chromium

    def opens(self) -> None:
        """Open the page and wait for the field."""
        self.person.visits("learn/")
        self.person.waits_for("[data-search-field]")

    def seeks(self, words: str) -> list[str]:
        """Type into the field, and return the addresses that are offered once they are."""
        self.field.fill(words)
        until(lambda: any(map(self.tells, ("found", "nothing", "empty"))), True)
        return self.offered()

    def finds(self, words: Iterable[str]) -> dict[str, list[str]]:
        """Return what each of many words finds, as routes, the best first."""
        found = self._call("askAll", [*words])
        start = f"/{self.person.language}/"
        return {word: [hit.removeprefix(start) for hit in hits] for word, hits in found.items()}

    def offered(self) -> list[str]:
        """Return the addresses of the hits, the best first."""
        return list(self._call("offered"))

    def tells(self, what: str) -> bool:
        """Return whether a note is shown: found, nothing or empty."""
        return self.person.shows(f"[data-search-note={what}]")

    def tells_a_screen_reader(self, what: str) -> bool:
        """Return whether this note is one that a screen reader reads out."""
        return self.person.shows(f"[role=status] > [data-search-note={what}]")

    def count(self) -> str:
        """Return what is said of how many hits there are."""
        return self.person.reads("[data-search-note=found]")

    def offers_ways_on(self) -> bool:
        """Return whether other ways are shown, as where nothing was found."""
        return self.person.shows(_WAYS)

    def ways_on(self) -> list[str]:
        """Return the paths of these ways."""
        return list(self._call("waysOn"))

    def marked(self) -> set[str]:
        """Return the words that are marked in the hits, in small letters."""
        return {word.lower() for word in self.chromium.page.locator("mark").all_inner_texts()}

    def is_there(self) -> bool:
        """Return whether there is a field to search with."""
        return self.person.shows("[data-search-field]")

    # --- with finger and keyboard ---------------------------------------------------------

    @property
    def field(self) -> Locator:
        return self.chromium.page.locator("[data-search-field]")

    @property
    def hits(self) -> Locator:
        """All hits; Playwright's, for what only a hand or an eye does."""
        return self.chromium.page.locator("[data-search-results] a")

    def focuses(self, position: int) -> None:
        """Bring a hit to the middle of the screen and give it the focus; the first is 0."""
        self._call("focusHit", position)

    def height_of(self, position: int) -> int | None:
        """Return how far below the top of the screen a hit is; None where there is no such hit."""
        height: int | None = self._call("heightOf", position)
        return height

    def _call(self, name: str, *arguments: object) -> Any:
        return self.person.browser.call(_IN_PAGE, name, *arguments)
