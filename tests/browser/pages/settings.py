"""The page with the settings: the country, by which the number to call is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.browsers import Chromium
from tests.support.person import Person


@dataclass
class Settings:
    """The settings, for somebody with Chromium."""

    person: Person
    chromium: Chromium

    def opens(self) -> None:
        """Open the page."""
        self.person.visits("settings/")

    def chooses_country(self, code: str) -> None:
        """Choose a country, or "" for none."""
        self.chromium.page.locator("select[data-country]").select_option(code)
