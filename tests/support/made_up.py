"""The site in languages that nobody offers, whose tags have a script or a region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unittest.mock import patch

from webapp.i18n.catalogues import Catalogue
from webapp.i18n.locales import ENGLISH, Language
from webapp.knowledge import loader
from webapp.knowledge.texts import Text
from webapp.web import site

LANGUAGES = (
    ENGLISH,
    Language("pt-BR", "Português (Brasil)", "ltr"),
    Language("zh-Hant", "繁體中文", "ltr"),
    Language("sr-Latn", "Srpski", "ltr"),
    Language("he", "עברית", "rtl"),
)


@dataclass(frozen=True, slots=True)
class MadeUp(Catalogue):
    """Words that are the English ones with the tag of their language behind them."""

    def pgettext(self, context: str, english: str) -> str:
        return f"{english} ({self.language.code})"

    def say(self, text: Text) -> str:
        return f"{text.english} ({self.language.code})"


def build(languages: Sequence[Language] = LANGUAGES) -> site.Build:
    """Return the site in these languages, English first."""
    known = loader.load()
    for synonyms in known.synonyms:
        for language in languages:
            synonyms.words[language.code] = synonyms.words[ENGLISH.code]
    words = [Catalogue(ENGLISH, {}, {}), *(MadeUp(one, {}, {}) for one in languages[1:])]
    with patch.object(loader, "load", return_value=known):
        return site.build(words)
