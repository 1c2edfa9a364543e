"""What is sent of the scripts and the style: all that works, nothing that is only for us."""

from __future__ import annotations

import re

import pytest

from tests.support.site import build
from webapp.web.assets import STATIC, without_comments, without_layout

ASSETS = build().release.site.assets
TEXTS = {
    url: asset.content.decode()
    for url, asset in ASSETS.items()
    if url.endswith((".css", ".js")) and "/vendor/" not in url
}


def test_no_comment_and_no_indentation_is_sent() -> None:
    assert len(TEXTS) > len([*(STATIC / "js").glob("*.js")])
    for url, text in TEXTS.items():
        assert "/*" not in text, url
        assert re.search(r"^\s", text, re.MULTILINE) is None, url


def test_what_others_wrote_goes_out_as_it_is_and_with_its_licence() -> None:
    files = {path for path in (STATIC / "vendor").rglob("*") if path.is_file()}
    vendored = {path for path in files if path.suffix != ".ts"}  # our types of theirs stay here
    sent = {url.partition("/vendor/")[2]: asset for url, asset in ASSETS.items()}
    for path in vendored:
        asset = sent[str(path.relative_to(STATIC / "vendor"))]
        assert asset.content == path.read_bytes()
        assert asset.deferred
        assert path.with_name("LICENSE") in vendored


@pytest.mark.parametrize(
    ("script", "sent"),
    [
        ("// @ts-check\n/** Says it.\n * @param {string} it\n */\nsay(it);\n", "say(it);"),
        ("const it = /** @type {Text} */ (there);\n", "const it = (there);"),
        (
            "  if (it) {\n    // Why.\n    say(`https://${it}`);\n  }\n",
            "if (it) {\nsay(`https://${it}`);\n}",
        ),
    ],
)
def test_a_script_keeps_all_but_its_comments(script: str, sent: str) -> None:
    assert without_comments(script) == sent


def test_a_style_keeps_all_but_its_comments() -> None:
    style = '/* Why. */\n.a {\n  color: red; /* here */\n\n  content: "a b";\n}\n'
    assert without_layout(style) == '.a {\ncolor: red;\ncontent: "a b";\n}'
