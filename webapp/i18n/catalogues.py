"""Translations read from ``translations/<folder>/LC_MESSAGES/*.po``, and whether they are whole.

Two domains: ``interface`` (buttons, headings; the English sentence
is the key, and a context where one sentence has two meanings) and ``clinical``
(guidance; the content id is the gettext context). The ``.po`` files are read as they are, so that
no compiled file has to be kept or committed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from webapp.i18n.locales import ENGLISH, LANGUAGES, Language
from webapp.i18n.unseen import holds_unseen
from webapp.knowledge.texts import Text

TRANSLATIONS = Path(__file__).parents[2] / "translations"
DOMAINS = ("interface", "clinical")

_PLACEHOLDER = re.compile(r"\{[^{}]*\}|[{}]")
"""What our scripts fill in, and a brace that stands alone."""
_ADDRESS = re.compile(r"://|www\.|@", re.IGNORECASE)
_MIXED = re.compile("[A-Za-z\u00c0-\u024f][\u0370-\u052f]|[\u0370-\u052f][A-Za-z\u00c0-\u024f]")
"""Letters of one alphabet within a word of another look like its own."""
_LONGEST, _MORE = 4, 80
"""Times as long as the English, and so many letters on top for the shortest."""


class IncompleteLanguage(ValueError):
    """An offered language that is not whole: names the language and the first gap."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of one language."""

    language: Language
    interface: dict[tuple[str, str], str]
    clinical: dict[tuple[str, str], str]

    def gettext(self, english: str) -> str:
        """Return the interface text in this language."""
        return self.pgettext("", english)

    def pgettext(self, context: str, english: str) -> str:
        """Return the interface text that is said in this context in this language."""
        return english if self.language is ENGLISH else self.interface[context, english]

    def say(self, text: Text) -> str:
        """Return the clinical text in this language."""
        return text.english if self.language is ENGLISH else self.clinical[text.id, text.english]


def template(domain: str, folder: Path = TRANSLATIONS) -> Catalog:
    """Return the domain's messages in English, from its ``.pot`` file."""
    with (folder / f"{domain}.pot").open("rb") as file:
        return read_po(file, abort_invalid=True)


def load(
    languages: Sequence[Language] = LANGUAGES, folder: Path = TRANSLATIONS
) -> tuple[Catalogue, ...]:
    """Return one catalogue a language; raise IncompleteLanguage if one is not whole."""
    for language in languages:
        for gap in gaps(language, folder):
            raise IncompleteLanguage(
                f"The language '{language.code}' is not whole: {gap}. Complete its .po files, or"
                " take it out of LANGUAGES in webapp/i18n/locales.py."
            )
    return tuple(_load(language, folder) for language in languages)


def gaps(language: Language, folder: Path = TRANSLATIONS) -> Iterator[str]:
    """Yield everything that keeps the language from being whole, in words."""
    if language is ENGLISH:
        return
    for domain in DOMAINS:
        try:
            translated = _messages(language, domain, folder)
        except OSError:
            yield f"{domain}.po is missing"
            continue
        except (PoFileError, ValueError, LookupError) as fault:
            yield f"{domain}.po cannot be read ({fault})"
            continue
        for message in template(domain, folder):
            if message.id:
                yield from _faults(domain, message, translated.get(message.id, message.context))


def _faults(domain: str, wanted: Message, found: Message | None) -> Iterator[str]:
    name = f"{domain}: '{wanted.context or wanted.id}'"
    if found is None or not found.string or not isinstance(found.string, str):
        yield f"{name} is not translated"
        return
    if found.fuzzy:
        yield f"{name} is marked fuzzy"
    text, english = found.string, str(wanted.id)
    if "<" in text or ">" in text or holds_unseen(text):
        yield f"{name} holds markup or a direction override, or what is not seen"
    if sorted(_PLACEHOLDER.findall(text)) != sorted(_PLACEHOLDER.findall(english)):
        yield f"{name} has other placeholders than the English"
    if _addresses(text) != _addresses(english):
        yield f"{name} has other addresses than the English"
    if _MIXED.search(text):
        yield f"{name} mixes two alphabets in a word"
    if len(text) > _LONGEST * len(english) + _MORE:
        yield f"{name} is much longer than the English"


def _addresses(text: str) -> list[str]:
    return sorted(filter(_ADDRESS.search, text.split()))


def _messages(language: Language, domain: str, folder: Path) -> Catalog:
    path = folder / language.folder / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as file:
        return read_po(file, locale=language.locale, abort_invalid=True)


def _load(language: Language, folder: Path) -> Catalogue:
    if language is ENGLISH:
        return Catalogue(language, {}, {})
    interface = _messages(language, "interface", folder)
    clinical = _messages(language, "clinical", folder)
    return Catalogue(
        language,
        {(m.context or "", str(m.id)): str(m.string) for m in interface if m.id},
        {(str(m.context), str(m.id)): str(m.string) for m in clinical if m.id},
    )
