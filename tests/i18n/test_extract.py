from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.support.known import known
from webapp.i18n import catalogues, extract
from webapp.i18n.locales import ENGLISH, LANGUAGES, Language
from webapp.knowledge.texts import Text
from webapp.web.site import TEMPLATES

FOUND = {
    "interface": extract.interface(TEMPLATES),
    "clinical": extract.clinical(known().texts),
}
OTHERS = [language for language in LANGUAGES if language is not ENGLISH]


@pytest.mark.parametrize("domain", catalogues.DOMAINS)
def test_the_template_is_not_stale(domain: str) -> None:
    written = (catalogues.TRANSLATIONS / f"{domain}.pot").read_bytes()
    assert written == extract.as_po(FOUND[domain]), "run `python3 run.py flask i18n update`"


@pytest.mark.parametrize("domain", catalogues.DOMAINS)
@pytest.mark.parametrize("language", OTHERS, ids=lambda language: language.code)
def test_a_translation_holds_what_is_said_and_nothing_else(language: Language, domain: str) -> None:
    path = catalogues.TRANSLATIONS / language.code / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as file:
        translated = read_po(file, locale=language.code, abort_invalid=True)
    assert keys(translated) == keys(FOUND[domain])
    assert not translated.obsolete


def keys(catalog: Catalog) -> set[tuple[object, object]]:
    return {(message.context, message.id) for message in catalog if message.id}


def test_every_text_of_the_interface_is_found(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text('{{ _("Call") }} {% set x = gettext("Go on") %}')
    (tmp_path / "pages.py").write_text('title = _("A title")')
    (tmp_path / "other.css").write_text('_("not this")')
    found = extract.interface(tmp_path)
    assert {message.id for message in found if message.id} == {"Call", "Go on", "A title"}


def test_one_sentence_with_two_meanings_is_two_messages(tmp_path: Path) -> None:
    twice = '{{ pgettext("keep a note", "Keep it") }} {{ pgettext("do not delete", "Keep it") }}'
    (tmp_path / "page.html").write_text(twice)
    found = extract.interface(tmp_path)
    assert keys(found) == {("keep a note", "Keep it"), ("do not delete", "Keep it")}


def test_what_is_told_to_translators_stands_above_their_text(tmp_path: Path) -> None:
    page = '{# Translators: on a button. #}\n{{ _("Go on") }}\n{# Not for them. #}\n{{ _("Stop") }}'
    (tmp_path / "page.html").write_text(page)
    written = extract.as_po(extract.interface(tmp_path)).decode()
    assert '#. on a button.\nmsgid "Go on"' in written
    assert "Not for them" not in written


def test_the_id_of_a_clinical_text_is_its_context() -> None:
    same_words = (Text("first.text", "Rest"), Text("second.text", "Rest"))
    assert len(extract.clinical(same_words)) == 2


def test_an_update_keeps_what_is_translated_and_never_guesses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "TRANSLATIONS", tmp_path)
    spanish = Language("es", "Español", "ltr")
    extract.update({"interface": catalog("Go on", "Call for help now")}, (ENGLISH, spanish))
    path = tmp_path / "es" / "LC_MESSAGES" / "interface.po"
    path.write_text(path.read_text().replace('"Go on"\nmsgstr ""', '"Go on"\nmsgstr "Seguir"'))

    extract.update({"interface": catalog("Go on", "Call for help nows")}, (ENGLISH, spanish))

    with path.open("rb") as file:
        translated = read_po(file)
    assert translated["Go on"].string == "Seguir"
    assert translated["Call for help nows"].string == ""
    assert "Call for help now" not in translated
    assert not (tmp_path / "en").exists()


def test_an_update_changes_nothing_when_nothing_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "TRANSLATIONS", tmp_path)
    spanish = Language("es", "Español", "ltr")
    written = []
    for _ in range(2):
        extract.update({"clinical": FOUND["clinical"]}, (spanish,))
        written.append({path: path.read_bytes() for path in tmp_path.rglob("*.po*")})
    assert written[0] == written[1]


def catalog(*messages: str) -> Catalog:
    made = Catalog(header_comment="# A test; do not edit.\n")
    for message in messages:
        made.add(message)
    return made
