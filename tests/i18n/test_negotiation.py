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
