"""The languages that are offered. One object knows a language's name, direction and tag."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from babel.core import Locale, UnknownLocaleError


class BadTag(ValueError):
    """A tag that is not written as everybody else writes it: says how it is."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language a person can choose: its tag, its own name, and writing direction.

    The tag (BCP 47) is as short as it can be: "pt-BR", "zh-Hant", "sr-Latn". It stands in
    addresses, in what the pages say of themselves, and in the names of parts; BadTag for any other.
    """

    code: str
    name: str
    dir: Literal["ltr", "rtl"]

    def __post_init__(self) -> None:
        try:
            tag = self.folder.replace("_", "-")
        except (ValueError, UnknownLocaleError) as fault:
            raise BadTag(f"'{self.code}' is no language: {fault}") from fault
        # In markup "no" would be read as the value that turns a translation off.
        tag = "nb" if tag == "no" else tag
        if tag != self.code:
            raise BadTag(f"'{self.code}' is written '{tag}'.")

    @property
    def locale(self) -> Locale:
        """The locale, for names of countries and the like."""
        return Locale.parse(self.code, sep="-")

    @property
    def folder(self) -> str:
        """The name of its folder in ``translations``, as gettext writes it: "pt_BR"."""
        return str(self.locale)


ENGLISH = Language("en", "English", "ltr")
LANGUAGES: tuple[Language, ...] = (
    ENGLISH,
    Language("es", "Español", "ltr"),
    Language("ar", "العربية", "rtl"),
)
"""In the order of the language list. A language is offered when its catalogues are whole."""
