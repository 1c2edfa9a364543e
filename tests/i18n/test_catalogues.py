from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from webapp.i18n import catalogues
from webapp.i18n.catalogues import IncompleteLanguage
from webapp.i18n.locales import ENGLISH, LANGUAGES, Language
from webapp.knowledge.texts import Text

SPANISH = Language("es", "Español", "ltr")
OTHERS = [language for language in LANGUAGES if language is not ENGLISH]
CALL = Text("advice.call", "Call {number} now")
COUGH = Text("advice.cough", "Cough gently")
GOOD = {"Continue": "Seguir"}
GOOD_CLINICAL = {CALL: "Llame ya al {number}", COUGH: "Tosa con cuidado"}


def write(path: Path, catalog: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog)


def translations(
    folder: Path,
    interface: dict[str, str] = GOOD,
    clinical: dict[Text, str] = GOOD_CLINICAL,
    fuzzy: str = "",
) -> Path:
    """Return the folder with templates of three messages and these translations of them."""
    templates = {"interface": Catalog(), "clinical": Catalog()}
    templates["interface"].add("Continue")
    for text in (CALL, COUGH):
        templates["clinical"].add(text.english, context=text.id)
    translated = {"interface": Catalog(locale="es"), "clinical": Catalog(locale="es")}
    for english, words in interface.items():
        translated["interface"].add(english, words, flags=["fuzzy"] if words == fuzzy else [])
    for text, words in clinical.items():
        translated["clinical"].add(text.english, words, context=text.id)
    for domain, template in templates.items():
        write(folder / f"{domain}.pot", template)
        write(folder / "es" / "LC_MESSAGES" / f"{domain}.po", translated[domain])
    return folder


def test_a_whole_language_has_no_gap_and_speaks(tmp_path: Path) -> None:
    folder = translations(tmp_path)
    assert not [*catalogues.gaps(SPANISH, folder)]
    english, spanish = catalogues.load((ENGLISH, SPANISH), folder)
    assert english.gettext("Continue") == "Continue"
    assert spanish.gettext("Continue") == "Seguir"
    assert spanish.say(COUGH) == "Tosa con cuidado"
    assert english.say(COUGH) == "Cough gently"


def test_english_needs_no_files(tmp_path: Path) -> None:
    assert not [*catalogues.gaps(ENGLISH, tmp_path / "none")]
    (english,) = catalogues.load((ENGLISH,), tmp_path / "none")
    assert english.gettext("anything") == "anything"


@pytest.mark.parametrize(
    ("interface", "gap"),
    [
        ({}, "interface: 'Continue' is not translated"),
        ({"Continue": ""}, "interface: 'Continue' is not translated"),
        ({"Go on": "Seguir"}, "interface: 'Continue' is not translated"),
        ({"Continue": "<b>Seguir</b>"}, "interface: 'Continue' holds markup"),
        ({"Continue": "a > b"}, "interface: 'Continue' holds markup"),
        ({"Continue": "Seguir {n}"}, "interface: 'Continue' has other placeholders"),
        *(
            ({"Continue": f"Seguir{sign}"}, "interface: 'Continue' holds markup or a direction")
            for sign in "\u202a\u202b\u202c\u202d\u202e\u200e\u200f"
        ),
    ],
)
def test_each_gap_of_the_interface_is_named(
    interface: dict[str, str], gap: str, tmp_path: Path
) -> None:
    gaps = [*catalogues.gaps(SPANISH, translations(tmp_path, interface))]
    assert len(gaps) == 1
    assert gaps[0].startswith(gap)


@pytest.mark.parametrize(
    ("call", "gap"),
    [
        ("", "is not translated"),
        ("Llame ya", "has other placeholders than the English"),
        ("Llame ya al {numero}", "has other placeholders than the English"),
        ("Llame {number} {number}", "has other placeholders than the English"),
    ],
)
def test_each_gap_of_the_clinical_text_is_named_by_its_id(
    call: str, gap: str, tmp_path: Path
) -> None:
    clinical = {CALL: call, COUGH: "Tosa"}
    gaps = [*catalogues.gaps(SPANISH, translations(tmp_path, clinical=clinical))]
    assert gaps == [f"clinical: 'advice.call' {gap}"]


def test_a_fuzzy_translation_is_a_gap(tmp_path: Path) -> None:
    folder = translations(tmp_path, fuzzy="Seguir")
    assert [*catalogues.gaps(SPANISH, folder)] == ["interface: 'Continue' is marked fuzzy"]


def test_an_isolate_is_no_gap(tmp_path: Path) -> None:
    folder = translations(tmp_path, {"Continue": "\u2068Seguir\u2069"})
    assert not [*catalogues.gaps(SPANISH, folder)]


def test_a_changed_english_text_loses_its_translation_and_no_other(tmp_path: Path) -> None:
    folder = translations(tmp_path)
    template = Catalog()
    template.add("Cough very gently", context=COUGH.id)
    template.add(CALL.english, context=CALL.id)
    write(folder / "clinical.pot", template)
    gaps = [*catalogues.gaps(SPANISH, folder)]
    assert gaps == ["clinical: 'advice.cough' is not translated"]


@pytest.mark.parametrize("domain", catalogues.DOMAINS)
def test_a_missing_file_is_a_gap(domain: str, tmp_path: Path) -> None:
    folder = translations(tmp_path)
    (folder / "es" / "LC_MESSAGES" / f"{domain}.po").unlink()
    assert [*catalogues.gaps(SPANISH, folder)] == [f"{domain}.po is missing"]


BROKEN_FILES = {
    "not a catalogue": b"msgid <html>\n",
    "no string": b'msgid "Continue"\n',
    "not UTF-8": b'msgid "Continue"\nmsgstr "\xff\xfe"\n',
}


@pytest.mark.parametrize("content", BROKEN_FILES.values(), ids=BROKEN_FILES)
def test_a_broken_file_is_refused_with_the_name_of_the_language(
    content: bytes, tmp_path: Path
) -> None:
    folder = translations(tmp_path)
    (folder / "es" / "LC_MESSAGES" / "interface.po").write_bytes(content)
    with pytest.raises(IncompleteLanguage, match="'es'"):
        catalogues.load((ENGLISH, SPANISH), folder)


def test_a_language_with_a_gap_is_refused_with_its_name_and_the_gap(tmp_path: Path) -> None:
    reason = "'es' is not whole: interface: 'Continue' is not translated. Complete its .po files"
    with pytest.raises(IncompleteLanguage, match=re.escape(reason)):
        catalogues.load((ENGLISH, SPANISH), translations(tmp_path, {}))


SAME_WORD = {
    "es": {"No", "Diabetes", "diabetes", "Easeback", "Psoriasis", "psoriasis", "min"},
    "ar": {"Easeback"},
}
"""Words that are the same in English and in the other language."""


@pytest.mark.parametrize("language", OTHERS, ids=lambda language: language.code)
@pytest.mark.parametrize("domain", catalogues.DOMAINS)
def test_no_translation_is_the_english_itself(domain: str, language: Language) -> None:
    path = catalogues.TRANSLATIONS / language.code / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as file:
        translated = read_po(file, locale=language.code)
    same = {str(message.id) for message in translated if message.id == message.string}
    same = {text for text in same if any(map(str.isalpha, text))}  # "18–39" is said alike
    assert same <= SAME_WORD[language.code]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_offered_language_is_whole(language: Language) -> None:
    assert not [*catalogues.gaps(language)]
