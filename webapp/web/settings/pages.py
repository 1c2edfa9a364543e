"""The settings page: language and country."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from babel import Locale

from webapp.knowledge.emergency import EmergencyNumbers
from webapp.knowledge.model import Knowledge
from webapp.release.pages import Page, Words


def pages(knowledge: Knowledge) -> tuple[Page, ...]:
    """Return the settings page, with the emergency number of every country."""
    numbers = knowledge.numbers
    return (Page("settings/", "settings/settings.html", lambda words: _countries(numbers, words)),)


def _countries(numbers: EmergencyNumbers, words: Words) -> Mapping[str, object]:
    names = Locale.parse(words.language.code, sep="-").territories
    countries = [
        {"code": code, "name": names[code], "number": numbers.number_for(code)}
        for code in numbers.countries()
    ]
    return {"countries": sorted(countries, key=lambda country: _letters(str(country["name"])))}


def _letters(name: str) -> str:
    """Return the name as people sort it: without accents, hamzas and capitals."""
    parts = unicodedata.normalize("NFKD", name)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()
