"""Which of a phone's voices reads a page aloud, by the tag of the page's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.scripts import Node, Script


@pytest.fixture
def voices(node: Node) -> Script:
    return Script(node, Path(__file__).with_name("voices.mjs"))


@pytest.mark.parametrize(
    ("language", "there", "speaks"),
    [
        ("pt-BR", ["pt-PT", "pt-BR"], "pt-BR"),
        ("pt-BR", ["pt-PT"], "pt-PT"),
        ("zh-Hant", ["zh-CN", "zh-HK", "zh-TW"], "zh-TW"),
        ("zh-Hant", ["zh-CN", "zh-HK"], "zh-HK"),
        ("sr-Latn", ["sr-RS"], "sr-RS"),
        ("es", ["en-US", "es-MX", "es-ES"], "es-ES"),
        ("en", ["en_GB", "en_US"], "en_US"),
        ("ar", ["en-US", "es-ES"], None),
        ("ar", ["arn-CL", "a voice of no language"], None),
    ],
)
def test_the_nearest_voice_of_the_language_speaks(
    voices: Script, language: str, there: list[str], speaks: str | None
) -> None:
    assert voices.spokenBy(language, [[tag, True] for tag in there]) == speaks


def test_a_voice_that_would_send_the_text_away_never_speaks(voices: Script) -> None:
    assert voices.spokenBy("en", [["en-US", False]]) is None
    assert voices.spokenBy("en", [["en-US", False], ["en-GB", True]]) == "en-GB"
