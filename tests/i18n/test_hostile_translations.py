"""A translation that somebody offers with something else in mind does not get to a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from webapp.i18n import catalogues
from webapp.i18n.catalogues import IncompleteLanguage
from webapp.i18n.locales import ENGLISH, Language

SPANISH = Language("es", "Español", "ltr")
ENGLISH_TEXT = "Call {number} now"
GOOD = "Llame ya al {number}"
HOSTILE = {
    "markup": "<script>alert(1)</script> {number}",
    "an entity's end": "Llame > {number}",
    "a handler": '"><img src=x onerror=alert(1)> {number}',
    "an attribute of the value": "Llame al {number.__class__.__mro__}",
    "an index": "Llame al {number[0]}",
    "a width": "Llame al {number:>999999999}",
    "a conversion": "Llame al {number!r}",
    "a place": "Llame al {0}",
    "an expression of a template": "Llame al {number} {{ config }}",
    "an open brace": "Llame al {number} {",
    "a closed brace": "Llame al {number} }",
    "no place for the number": "No llame",
    "the number twice": "{number} o {number}",
    "another number": "Llame ya al 666 {numero}",
    "an override to the left": "Llame al \u202e{number}\u202c",
    "an embedding": "Llame al \u202b{number}\u202c",
    "a mark": "Llame al \u200f{number}",
    "an isolate that stays open": "\u2067Llame al {number}",
    "an isolate that was never open": "Llame\u2069 al {number}",
    "isolates in the wrong order": "Llame\u2069 al \u2066{number}",
    "a zero byte": "Llame\0 al {number}",
    "an escape": "Llame \x1b[31m al {number}",
    "the sign of a hole in a template": "Llame \x7f al {number}",
    "a line separator": "Llame\u2028 al {number}",
    "a tag that is not seen": "Llame\U000e0041 al {number}",
    "a letter of nobody": "Llame\ue000 al {number}",
    "a space without width": "Llame\u200bal {number}",
    "an address": "Llame al {number} o https://evil.example",
    "an address without a scheme": "Llame al {number} o www.evil.example",
    "an address by mail": "Llame al {number} o escriba a a@evil.example",
    "letters that look like others": "Ll\u0430me ya al {number}",
    "a flood": "Llame " * 100_000 + "{number}",
}
HARMLESS = {
    "signs of another formatter": "Llame %s %(x)s $& $x \\1 {number} %n",
    "an ampersand": "Llame & espere {number} &lt;",
    "an isolate": "Llame al \u2066{number}\u2069",
    "joiners": "می\u200cخواهم {number} \u200d",
}
POT = f'msgctxt "call"\nmsgid "{ENGLISH_TEXT}"\nmsgstr ""\n'


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def offered(folder: Path, po: bytes) -> list[str]:
    """Return what is said of a file with the translations of one text."""
    for domain in catalogues.DOMAINS:
        (folder / f"{domain}.pot").write_text(POT, "utf-8")
        path = folder / "es" / "LC_MESSAGES" / f"{domain}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(po)
    return [*catalogues.gaps(SPANISH, folder)]


def po(text: str) -> bytes:
    return f'msgctxt "call"\nmsgid "{ENGLISH_TEXT}"\nmsgstr {quoted(text)}\n'.encode()


def test_a_good_translation_is_taken(tmp_path: Path) -> None:
    assert offered(tmp_path, po(GOOD)) == []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_translation_is_refused_in_a_sentence(text: str, tmp_path: Path) -> None:
    said = offered(tmp_path, po(text))
    assert said
    assert all(len(sentence) < 120 for sentence in said)
    with pytest.raises(IncompleteLanguage, match="'es' is not whole: ") as caught:
        catalogues.load((ENGLISH, SPANISH), tmp_path)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_what_nothing_of_ours_obeys_is_shown_as_it_is(text: str, tmp_path: Path) -> None:
    assert offered(tmp_path, po(text)) == []
    _, spanish = catalogues.load((ENGLISH, SPANISH), tmp_path)
    assert spanish.pgettext("call", ENGLISH_TEXT) == text


FILES = {
    "two plurals in place of a text": (
        f'msgctxt "call"\nmsgid "{ENGLISH_TEXT}"\nmsgid_plural "x"\n'
        'msgstr[0] "Llame {number}"\nmsgstr[1] "y {number}"\n'
    ).encode(),
    "an unknown charset": b'msgid ""\nmsgstr "Content-Type: text/plain; charset=evil\\n"\n'
    + po(GOOD),
    "another charset": b'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-16\\n"\n'
    + po(GOOD),
    "bytes": b"\xff\xfe\x00\x01" * 1000,
    "an open quote": po(GOOD)[:-2],
    "no text": b"",
    "other contexts only": po(GOOD).replace(b"call", b"other"),
    "deep escapes": po(GOOD + "\\" * 50_000),
}


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_a_hostile_file_is_refused_in_a_sentence(file: bytes, tmp_path: Path) -> None:
    said = offered(tmp_path, file)
    assert len(said) >= len(catalogues.DOMAINS)
    assert all(len(sentence.splitlines()) == 1 for sentence in said)


def test_of_two_translations_the_one_that_is_shown_was_looked_at(
    tmp_path: Path,
) -> None:
    hostile = HOSTILE["markup"]
    for both in (po(GOOD) + b"\n" + po(hostile), po(hostile) + b"\n" + po(GOOD)):
        said = offered(tmp_path, both)
        if not said:
            _, spanish = catalogues.load((ENGLISH, SPANISH), tmp_path)
            assert spanish.pgettext("call", ENGLISH_TEXT) == GOOD
