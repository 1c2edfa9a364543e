"""Collect what must be translated: interface text from templates, clinical text from knowledge."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from webapp.i18n.catalogues import TRANSLATIONS
from webapp.i18n.locales import ENGLISH, Language
from webapp.knowledge.texts import Text

_METHODS = [("**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
_COMMENTS = ("Translators:",)
"""How a comment begins that goes to the translators of the text below it."""
_KEYWORDS = {"_": None, "gettext": None, "pgettext": ((1, "c"), 2)}


def interface(templates: Path) -> Catalog:
    """Return the interface messages of every template and page module, and what is told of them."""
    catalog = Catalog(charset="utf-8")
    found = extract_from_dir(
        templates, method_map=_METHODS, keywords=_KEYWORDS, comment_tags=_COMMENTS
    )
    for _, _, message, notes, context in sorted(found, key=lambda entry: (entry[0], entry[1])):
        catalog.add(message, context=context, auto_comments=notes)
    return catalog


def clinical(texts: Iterable[Text]) -> Catalog:
    """Return the clinical messages; the content id is the context."""
    catalog = Catalog(charset="utf-8")
    for text in texts:
        catalog.add(text.english, context=text.id)
    return catalog


def as_po(catalog: Catalog) -> bytes:
    """Return the catalogue as a ``.po`` file without header, dates or places: it is stable."""
    buffer = BytesIO()
    write_po(buffer, catalog, no_location=True, omit_header=True, ignore_obsolete=True, width=96)
    return buffer.getvalue().lstrip(b"\n")


def update(catalogs: dict[str, Catalog], languages: Iterable[Language]) -> None:
    """Write the templates and bring every language's files up to date, never guessing."""
    for domain, catalog in catalogs.items():
        (TRANSLATIONS / f"{domain}.pot").write_bytes(as_po(catalog))
        for language in languages:
            if language is not ENGLISH:
                _merge(language, domain, catalog)


def _merge(language: Language, domain: str, source: Catalog) -> None:
    path = TRANSLATIONS / language.folder / "LC_MESSAGES" / f"{domain}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    translated = Catalog(locale=language.locale)
    if path.exists():
        with path.open("rb") as file:
            translated = read_po(file, locale=language.locale)
    translated.update(source, no_fuzzy_matching=True)
    path.write_bytes(as_po(translated))
