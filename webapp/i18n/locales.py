"""The languages that are offered. One object knows a language's name, direction and tag."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Language:
    """A language a person can choose: URL code, its own name, and writing direction."""

    code: str
    name: str
    dir: Literal["ltr", "rtl"]


ENGLISH = Language("en", "English", "ltr")
LANGUAGES: tuple[Language, ...] = (
    ENGLISH,
    Language("es", "Español", "ltr"),
    Language("ar", "العربية", "rtl"),
)
"""In the order of the language list. A language is offered when its catalogues are whole."""
