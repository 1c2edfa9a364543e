from __future__ import annotations

import gzip
import re
from dataclasses import replace
from pathlib import Path

import brotli
import pytest

from webapp.i18n.locales import LANGUAGES
from webapp.web.export.files import MARK, NotEmpty, export
from webapp.web.representations import Representations
from webapp.web.security import PAGE_HEADERS
from webapp.web.static_answers import FOREVER, Answer

SCRIPT = "/assets/js/app.abcdefg.js"
CARD = b'{"release":"0123456789ab"}\n'


def answers() -> dict[str, Answer]:
    script = {"Content-Type": "text/javascript; charset=utf-8", "Cache-Control": FOREVER}
    pages = {
        f"/{language.code}/{route}": Answer(f"{route} {language.code} ".encode() * 9, PAGE_HEADERS)
        for language in LANGUAGES
        for route in ("", "check/", "not-found/")
    }
    return {
        **pages,
        SCRIPT: Answer(b"import x;" * 9, script),
        "/sw.js": Answer(b"worker;" * 9, {**script, "Cache-Control": "no-cache"}),
        "/livez": Answer(b"{}", {"Content-Type": "application/json"}),
        "/icons/icon.png": Answer(b"\x89PNG", {"Content-Type": "image/png"}),
    }


def write(folder: Path, own: dict[str, Answer] | None = None) -> int:
    return export(Representations(own or answers()), CARD, LANGUAGES, folder)


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in names(folder)}


def test_every_answer_is_a_file_and_lies_there_compressed_as_well(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there" / "yet"
    count = write(folder)
    public = folder / "public"
    assert len(names(public)) == count == 3 * 11 + 1 + 2
    for path, answer in answers().items():
        file = public / f".{path}index.html" if path.endswith("/") else public / f".{path}"
        if path == "/livez":
            assert not file.exists()
            continue
        assert file.read_bytes() == answer.body
        zipped, small = (file.with_name(f"{file.name}.{end}") for end in ("gz", "br"))
        if path.endswith(".png"):
            assert not zipped.exists()
            assert not small.exists()
        else:
            assert gzip.decompress(zipped.read_bytes()) == answer.body
            assert brotli.decompress(small.read_bytes()) == answer.body
    assert (public / "release.json").read_bytes() == CARD
    entrance = (public / "index.html").read_text("utf-8")
    for language in LANGUAGES:
        assert f'href="/{language.code}/">{language.name}</a>' in entrance
    assert names(folder) - {f"public/{name}" for name in names(public)} == {
        MARK,
        "README.txt",
        "headers.txt",
        "nginx.conf",
    }


def test_what_nginx_is_told_to_serve_is_there(tmp_path: Path) -> None:
    write(tmp_path)
    conf = (tmp_path / "nginx.conf").read_text("utf-8")
    assert "@" not in conf
    served = re.findall(r"(?:error_page 404|return 302) /(\S*?);", conf)
    assert len(served) == 2 * len(LANGUAGES)
    for name in served:
        file = tmp_path / "public" / name
        assert (file / "index.html" if name.endswith("/") else file).is_file()


@pytest.mark.parametrize("mark", [None, "", "nonsense", "{}[", "7"])
def test_a_folder_that_holds_something_else_is_left_alone(mark: str | None, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("ten years of work")
    if mark is not None:
        (tmp_path / MARK).write_text(mark)
    before = contents(tmp_path)
    with pytest.raises(NotEmpty, match="is not empty, and holds no export"):
        write(tmp_path)
    assert contents(tmp_path) == before


def test_the_next_export_keeps_what_has_a_hash_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path)
    following = answers()
    following["/assets/js/app.bcdefgh.js"] = following.pop(SCRIPT)
    following["/en/new/"] = following.pop("/en/check/")
    following["/en/"] = replace(following["/en/"], body=b"another home")
    write(tmp_path, following)
    only_new = tmp_path / "elsewhere"
    write(only_new, following)
    new, both = contents(only_new), contents(tmp_path)
    kept = {f"public{SCRIPT}{end}" for end in ("", ".br", ".gz")}
    there = {name for name in both if not name.startswith("elsewhere/")}
    assert there == new.keys() | kept
    assert all(both[name] == new[name] for name in new)


def test_an_export_that_was_interrupted_is_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_bytes = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name.startswith("sw.js"):
            raise OSError("No space left on device")
        return write_bytes(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="No space left"):
            write(tmp_path)
    assert not (tmp_path / "public" / "sw.js").exists()
    assert (tmp_path / "public" / "en" / "check" / "index.html").exists()
    write(tmp_path)
    assert (tmp_path / "public" / "sw.js").exists()


def test_a_list_of_files_that_leads_elsewhere_removes_nothing(tmp_path: Path) -> None:
    folder, outside = tmp_path / "site", tmp_path / "outside.txt"
    write(folder)
    outside.touch()
    (folder / MARK).write_text(f'["../../outside.txt", "{outside}"]')
    write(folder)
    assert outside.exists()
