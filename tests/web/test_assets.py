"""What is sent of the scripts and the style: all that works, nothing that is only for us."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest

from tests.support.site import build
from webapp.release.parts import Asset
from webapp.web.assets import (
    STATIC,
    BadImport,
    addressed,
    short_hash,
    without_breaks,
    without_comments,
    without_layout,
)

ASSETS = build().release.site.assets
TEXTS = {
    url: asset.content.decode()
    for url, asset in ASSETS.items()
    if url.endswith((".css", ".js")) and "/vendor/" not in url
}
SENT = {asset.path: asset for asset in ASSETS.values()}


def test_no_comment_and_no_indentation_is_sent() -> None:
    assert len(TEXTS) > len([*(STATIC / "js").glob("*.js")])
    for url, text in TEXTS.items():
        assert "/*" not in text, url
        assert re.search(r"^\s", text, re.MULTILINE) is None, url


def test_what_others_wrote_goes_out_as_it_is_and_with_its_licence() -> None:
    files = {path for path in (STATIC / "vendor").rglob("*") if path.is_file()}
    vendored = {path for path in files if path.suffix != ".ts"}  # our types of theirs stay here
    for path in vendored:
        asset = SENT[path.relative_to(STATIC).as_posix()]
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


@pytest.mark.parametrize(
    ("script", "sent"),
    [
        ("say(\n1,\n2,\n);\nend();", "say(\n1,2,);end();"),
        ("if (it) {\nsay();\n}\nelse end()", "if (it) {say();}\nelse end()"),
        ('go("https://x"); // Why,\nend();', 'go("https://x"); // Why,\nend();'),
    ],
)
def test_a_script_loses_only_breaks_that_say_nothing(script: str, sent: str) -> None:
    assert without_breaks(script) == sent


def test_a_hash_is_the_same_for_the_same_bytes_only() -> None:
    hashes = {short_hash(f"{number}".encode()) for number in range(1000)}
    assert len(hashes) == 1000
    assert all(re.fullmatch("[a-z]{7}", one) for one in hashes)
    assert short_hash(b"") == short_hash(b"")


def test_a_style_keeps_all_but_its_comments() -> None:
    style = '/* Why. */\n.a {\n  color: red; /* here */\n\n  content: "a b";\n}\n'
    assert without_layout(style) == '.a {\ncolor: red;\ncontent: "a b";\n}'


def script(path: str, *imported: str) -> Asset:
    """Return a script that imports others, the last of them once it is wanted."""
    lines = [f'import {{ it }} from "{other}";' for other in imported[:-1]]
    lines += [f'await import("{other}");' for other in imported[-1:]]
    return Asset(f"js/{path}", "text/javascript", "\n".join((f"// {path}", *lines)).encode())


def urls(*assets: Asset) -> dict[str, str]:
    return {asset.path.removeprefix("js/"): url for url, asset in addressed(assets).items()}


def test_the_address_of_a_file_is_its_path_with_a_hash_of_what_is_sent() -> None:
    for url, asset in ASSETS.items():
        if url.startswith("/assets/"):
            name, dot, kind = asset.path.partition(".")
            assert url == f"/assets/{name}.{short_hash(asset.hashed or asset.content)}{dot}{kind}"


def test_a_script_imports_others_by_their_addresses_only() -> None:
    for url, text in TEXTS.items():
        for named in re.findall(r'(?:\bfrom|\bimport)\s*\(?"([^"]+)"', text):
            assert urljoin(url, named) in ASSETS, f"{url}: {named}"


def test_a_changed_script_changes_the_addresses_of_those_that_need_it_and_no_other() -> None:
    others = (
        script("app.js", "./a/page.js", "./b/page.js"),
        script("a/page.js", "../lib/dom.js"),
        script("b/page.js"),
    )
    before = urls(script("lib/dom.js"), *others)
    after = urls(script("lib/dom.js", "../b/page.js"), *others)
    assert {path for path in before if before[path] == after[path]} == {"b/page.js"}


def test_the_order_of_files_changes_no_address() -> None:
    assets = (script("app.js", "./b.js"), script("b.js"))
    assert urls(*assets) == urls(*reversed(assets))


@pytest.mark.parametrize(
    ("assets", "told"),
    [
        (
            (script("a.js", "./b.js"), script("b.js", "./a.js")),
            "js/a.js imports js/b.js imports js/a.js",
        ),
        ((script("a.js", "./a.js"),), "js/a.js imports js/a.js"),
        ((script("a/a.js", "../b.js"),), "js/a/a.js imports js/b.js"),
    ],
)
def test_a_circle_or_a_script_that_is_not_there_stops_the_build(
    assets: tuple[Asset, ...], told: str
) -> None:
    with pytest.raises(BadImport, match=f"^{re.escape(told)}$"):
        addressed(assets)
