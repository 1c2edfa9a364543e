"""Writes the site into a folder: for a plain web server or a content delivery network.

``public/`` is what people get; the README beside it says what else is there. What is already at an
address with a hash stays, for people who have a page of an earlier export open; all the rest is
that of this release.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path, PurePosixPath

from webapp.i18n.locales import Language
from webapp.web.encodings import IDENTITY
from webapp.web.export import headers
from webapp.web.representations import Representations, is_compressible
from webapp.web.static_answers import ALIVE, HASHED, WORKER

MARK = "easeback-export.json"
"""The file by which an earlier export is known: it lists the files that the next one replaces."""
PUBLIC = "public"
CARD = "/release.json"
_ENDINGS = {IDENTITY: "", "br": ".br", "gzip": ".gz"}
_README = Path(__file__).with_name("README.txt")


class NotEmpty(ValueError):
    """A folder that holds what no export has put there."""


def exported(folder: Path) -> set[str]:
    """Return the files of an earlier export at addresses without a hash; raise NotEmpty."""
    if not folder.exists() or not any(folder.iterdir()):
        return set()
    try:
        names = set(map(str, json.loads((folder / MARK).read_text("utf-8"))))
    except (OSError, ValueError, TypeError) as fault:
        raise NotEmpty(f"{folder} is not empty, and holds no export.") from fault
    return {name for name in names if _is_below(PurePosixPath(name))}


def export(site: Representations, card: bytes, languages: Sequence[Language], folder: Path) -> int:
    """Write a site into a folder, and what ``/release.json`` says; return how many files it has.

    Raise NotEmpty where the folder holds anything but an earlier export, OSError where it cannot be
    written.
    """
    before = exported(folder)
    files = dict(_files(site, card, languages))
    own = {name for name in files if not f"/{name}".startswith(HASHED)}
    # Before the rest, so that one which was interrupted is known as an export.
    _write(folder / MARK, json.dumps(sorted(before | own)).encode())
    # What a page names is there before the page, and the worker comes last.
    for name in sorted(files, key=lambda name: (name in own, f"/{name}".startswith(WORKER))):
        _write(folder / PUBLIC / name, files[name])
    for name in before - own:
        (folder / PUBLIC / name).unlink(missing_ok=True)
    codes = [language.code for language in languages]
    _write(folder / "headers.txt", headers.plain(site, codes).encode())
    _write(folder / "nginx.conf", headers.nginx(site, codes).encode())
    _write(folder / "README.txt", _README.read_bytes())
    _write(folder / MARK, json.dumps(sorted(own)).encode())
    return len(files)


def file_of(path: str) -> str:
    """Return the name, below ``public``, of the file that answers an address."""
    return f"{path}index.html"[1:] if path.endswith("/") else path[1:]


def _is_below(name: PurePosixPath) -> bool:
    return not name.is_absolute() and ".." not in name.parts


def _files(
    site: Representations, card: bytes, languages: Sequence[Language]
) -> Iterator[tuple[str, bytes]]:
    """Yield the name of each file below ``public``, and what it holds."""
    for path, answer in site.answers.items():
        if path == ALIVE:  # it says that a process answers, and here is none
            continue
        for coding, ending in _ENDINGS.items():
            if coding == IDENTITY or is_compressible(answer):
                yield f"{file_of(path)}{ending}", site.get(path, coding).sent.body
    yield file_of(CARD), card
    yield file_of("/"), _entrance(languages).encode()


def _entrance(languages: Sequence[Language]) -> str:
    """Return the page at "/", for a server that does not know which language somebody reads."""
    links = "".join(
        f'<p><a lang="{language.code}" dir="{language.dir}" href="/{language.code}/">'
        f"{escape(language.name)}</a></p>\n"
        for language in languages
    )
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    return f'<!doctype html>\n<html lang="en">{head}<title>Easeback</title>\n{links}</html>\n'


def _write(file: Path, content: bytes) -> None:
    """Put a file in its place at once, so that nobody gets half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    begun = file.with_name(f"{file.name}.part")
    begun.write_bytes(content)
    begun.replace(file)
