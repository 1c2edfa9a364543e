from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from webapp.web import representations
from webapp.web.archive import Archive
from webapp.web.representations import Representation, Representations
from webapp.web.static_answers import FOREVER, Answer

PAGE = "/en/"
SCRIPT = "/assets/js/app.abcdefg.js"
PICTURE = "/assets/icons/icon.gfedcba.png"
NAMED = "/icons/icon.png"
CODINGS = ("br", "gzip", "identity")


def answers(words: str) -> Representations:
    """The answers of a release that says these words on its page."""
    kinds = {PAGE: "text/html", SCRIPT: "text/javascript", PICTURE: "image/png"}
    lasting = {PAGE: "no-cache"}
    made = {
        path: Answer(
            f"{path} {words} ".encode() * 50,
            {"Content-Type": kind, "Cache-Control": lasting.get(path, FOREVER)},
        )
        for path, kind in kinds.items()
    }
    made[NAMED] = Answer(
        made[PICTURE].body, {"Content-Type": "image/png", "Cache-Control": "no-cache"}
    )
    return Representations(made)


def everything(own: Representations) -> dict[tuple[str, str], Representation]:
    return {(path, coding): own.get(path, coding) for path in own.answers for coding in CODINGS}


def finished(folder: Path, words: str = "words", earlier: int = 5) -> Archive:
    """The archive of a server that has finished a release, which others see until it ends."""
    archive = Archive(folder, earlier)
    archive.finish(words, answers(words))
    return archive


def files(folder: Path) -> list[str]:
    """The releases of which there is a file."""
    return sorted(path.name.partition("-")[0] for path in folder.glob("*.release"))


@pytest.fixture
def no_compressor(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Takes the compressor away."""

    def compress(body: bytes, coding: str) -> bytes:
        raise AssertionError("compressed again")

    return lambda: monkeypatch.setattr(representations, "compress", compress)


def test_what_was_finished_once_is_not_compressed_again(
    tmp_path: Path, no_compressor: Callable[[], None]
) -> None:
    made = everything(answers("words"))
    finished(tmp_path / "made" / "for it")
    no_compressor()
    again = answers("words")
    Archive(tmp_path / "made" / "for it", 5).finish("words", again)
    assert everything(again) == made


@pytest.mark.parametrize("part", [0.0, 0.02, 0.3, 0.6, 0.999])
@pytest.mark.parametrize("harm", ["flipped", "cut"])
def test_a_damaged_file_is_made_anew(
    harm: str, part: float, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    finished(tmp_path)
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    place = int(len(whole) * part)
    flipped = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
    path.write_bytes(flipped if harm == "flipped" else whole[:place])
    own = answers("words")
    Archive(tmp_path, 5).finish("words", own)
    assert everything(own) == everything(answers("words"))
    assert path.read_bytes() == whole
    (line,) = caplog.messages
    assert line.startswith(f"{path} is made anew: ")


@pytest.mark.parametrize("kind", ["the folder is a file", "the file is a folder"])
def test_what_cannot_be_written_stops_no_start(
    kind: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "folder"
    if kind == "the folder is a file":
        folder.write_text("in the way")
    else:
        name = f"words-{answers('words').key[:32]}.release"
        (folder / name).mkdir(parents=True)
    own = answers("words")
    Archive(folder, 5).finish("words", own)
    assert everything(own) == everything(answers("words"))
    assert "cannot be written" in caplog.messages[-1]
    assert not list(folder.glob("*.part"))


def test_other_answers_are_another_file(tmp_path: Path) -> None:
    own = answers("words")
    keys = {own.key, answers("other words").key}
    for path, name in ((PAGE, "Link"), (PAGE, "Content-Type"), (SCRIPT, "Vary")):
        changed = dict(own.answers)
        old = changed[path]
        changed[path] = Answer(old.body, {**old.headers, name: "other"}, old.status)
        keys.add(Representations(changed).key)
    changed[PAGE] = Answer(old.body, old.headers, 404)
    keys.add(Representations(changed).key)
    assert len(keys) == 6
    assert answers("words").key == own.key


def test_the_oldest_are_removed_but_none_that_a_server_uses(tmp_path: Path) -> None:
    used = finished(tmp_path, "0")
    for number in range(1, 6):
        for path in tmp_path.iterdir():  # as if the next came a minute later
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 60))
        finished(tmp_path, str(number), earlier=2)
    assert files(tmp_path) == ["0", "3", "4", "5"]
    del used
    finished(tmp_path, "3", earlier=2)  # it starts again, and writes nothing
    for path in tmp_path.glob("[045]-*"):
        os.utime(path, (1, 1))
    finished(tmp_path, "6", earlier=1)
    assert files(tmp_path) == ["3", "6"]


def test_what_was_never_finished_is_removed_in_the_end(tmp_path: Path) -> None:
    for name, age in (("old.part", 4000), ("new.part", 60)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (0, time.time() - age))
    finished(tmp_path)
    assert [path.name for path in tmp_path.glob("*.part")] == ["new.part"]


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("path", [SCRIPT, PICTURE])
def test_another_release_answers_as_its_own_server(path: str, coding: str, tmp_path: Path) -> None:
    asked = Archive(tmp_path, 5)
    assert asked.get(path, coding) is None
    finished(tmp_path)  # it comes while the other one is asked
    assert asked.get(path, coding) == answers("words").get(path, coding)
    for file in tmp_path.iterdir():
        file.unlink()
    assert asked.get(path, coding) is None


@pytest.mark.parametrize("path", [PAGE, NAMED, "/sw.js", "/assets/", ""])
def test_only_what_is_at_an_address_with_a_hash_is_answered_for_others(
    path: str, tmp_path: Path
) -> None:
    assert finished(tmp_path).get(path, "br") is None


def test_a_body_that_is_damaged_is_never_answered(tmp_path: Path) -> None:
    archive = finished(tmp_path)
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    plain = answers("words").answers[SCRIPT].body
    path.write_bytes(whole.replace(plain, b"x" * len(plain)))
    assert archive.get(SCRIPT, "") is None
    assert archive.get(SCRIPT, "gzip")


def test_a_file_that_is_no_release_is_told_once_and_hides_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    archive = finished(tmp_path)
    (tmp_path / "junk.release").write_text("junk")
    for _ in range(3):
        assert archive.get(SCRIPT, "br")
    (line,) = caplog.messages
    assert line == f"{tmp_path / 'junk.release'} cannot be used: it has no index"
