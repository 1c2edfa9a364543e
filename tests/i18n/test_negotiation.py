from __future__ import annotations

import pytest

from webapp.i18n.locales import ENGLISH, Language
from webapp.i18n.negotiation import language_of_path, preferred

SPANISH, ARABIC = Language("es", "Español", "ltr"), Language("ar", "العربية", "rtl")
OFFERED = (ENGLISH, SPANISH, ARABIC)


@pytest.mark.parametrize(
    ("accepted", "code"),
    [
        ([], "en"),
        (["ar"], "ar"),
        (["es"], "es"),
        (["es-MX"], "es"),
        (["ar-EG", "en"], "ar"),
        (["fr", "es"], "es"),
        (["fr-FR", "es-419", "en"], "es"),
        (["de"], "en"),
        (["de", "en-GB", "ar"], "en"),
        (["ES"], "es"),
        (["AR-eg"], "ar"),
        (["*"], "en"),
        (["", "-", "--", "es"], "es"),
        (["arn"], "en"),
        (["x" * 5000], "en"),
        (["ar\0"], "en"),
    ],
)
def test_the_most_wanted_language_that_is_offered_wins(accepted: list[str], code: str) -> None:
    assert preferred(accepted, OFFERED).code == code


MORE = (
    *OFFERED,
    Language("pt-BR", "Português (Brasil)", "ltr"),
    Language("pt-PT", "Português (Portugal)", "ltr"),
    Language("zh-Hans", "简体中文", "ltr"),
    Language("zh-Hant", "繁體中文", "ltr"),
    Language("sr", "Српски", "ltr"),
    Language("sr-Latn", "Srpski", "ltr"),
    Language("es-419", "Español (Latinoamérica)", "ltr"),
    Language("nb", "Norsk bokmål", "ltr"),
    Language("he", "עברית", "rtl"),
)


@pytest.mark.parametrize(
    ("accepted", "code"),
    [
        ("pt", "pt-BR"),
        ("pt-BR", "pt-BR"),
        ("pt-AO", "pt-PT"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-hk", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-TW-u-co-stroke", "zh-Hant"),
        ("sr", "sr"),
        ("sr-BA", "sr"),
        ("sr-ME", "sr-Latn"),
        ("sr-Latn-RS", "sr-Latn"),
        ("sh", "sr-Latn"),
        ("es", "es"),
        ("es-MX", "es-419"),
        ("no", "nb"),
        ("iw", "he"),
        ("ar-EG", "ar"),
    ],
)
def test_a_tag_gets_its_language_in_its_script_and_the_nearest_region(
    accepted: str, code: str
) -> None:
    assert preferred([accepted, "en"], MORE).code == code
    assert preferred([accepted], MORE[::-1]).code == code


def test_another_script_is_better_than_another_language_but_not_than_one_that_is_wanted() -> None:
    offered = (ENGLISH, *(language for language in MORE if language.code == "zh-Hans"))
    assert preferred(["zh-TW"], offered).code == "zh-Hans"
    assert preferred(["zh-TW", "fr"], offered).code == "zh-Hans"
    assert preferred(["zh-TW", "en"], offered) is ENGLISH


def test_english_answers_where_only_english_is_offered() -> None:
    assert preferred(["ar", "es"], (ENGLISH,)) is ENGLISH


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/ar/", "ar"),
        ("/ar", "ar"),
        ("/ar/no/such/page", "ar"),
        ("/es/check/", "es"),
        ("/", None),
        ("", None),
        ("ar/", None),
        ("//ar/", None),
        ("/AR/", None),
        ("/arn/", None),
        ("/fr/", None),
        ("/check/ar/", None),
    ],
)
def test_a_path_names_its_language_in_its_first_part(path: str, code: str | None) -> None:
    language = language_of_path(path, OFFERED)
    assert (language.code if language else None) == code
