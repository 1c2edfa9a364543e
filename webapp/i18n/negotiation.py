"""Which language a request without one gets.

Order of preference at "/": the browser's Accept-Language header, then English. A language in the
path always wins; the phone's own memory of the last language is the worker's.
"""

from __future__ import annotations

from collections.abc import Sequence

from babel.core import negotiate_locale

from webapp.i18n.locales import ENGLISH, Language


def language_of_path(path: str, languages: Sequence[Language]) -> Language | None:
    """Return the offered language that the path starts with, or None."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return next((language for language in languages if language.code == first), None)


def preferred(accepted: Sequence[str], languages: Sequence[Language]) -> Language:
    """Return the offered language that suits the tags best, most wanted first; else English."""
    offered = {language.code: language for language in languages}
    found = negotiate_locale([tag.lower() for tag in accepted], [*offered], sep="-")
    return offered.get(found.split("-")[0] if found else "", ENGLISH)
