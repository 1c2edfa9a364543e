from __future__ import annotations

import pytest

from webapp.i18n.locales import LANGUAGES, BadTag, Language


@pytest.mark.parametrize(
    ("code", "folder"), [("en", "en"), ("pt-BR", "pt_BR"), ("zh-Hant", "zh_Hant"), ("nb", "nb")]
)
def test_a_language_has_its_files_in_a_folder_that_gettext_knows(code: str, folder: str) -> None:
    assert Language(code, "A language", "ltr").folder == folder


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("pt_BR", "'pt_BR' is no language"),
        ("pt-br", "'pt-br' is written 'pt-BR'."),
        ("iw", "'iw' is written"),
        ("no", "'no' is written 'nb'."),
        ("zh-TW", "'zh-TW' is written 'zh-Hant-TW'."),
        ("xx", "'xx' is no language"),
        ("", "'' is no language"),
    ],
)
def test_a_tag_is_written_in_one_way(code: str, told: str) -> None:
    with pytest.raises(BadTag, match=f"^{told}"):
        Language(code, "A language", "ltr")


def test_each_language_runs_in_the_direction_of_its_script() -> None:
    assert all(language.dir == language.locale.text_direction for language in LANGUAGES)
