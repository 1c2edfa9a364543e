"""The headers of exported files, in a plain format that anybody can read, and for nginx."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from pathlib import Path

from webapp.web.representations import Representations
from webapp.web.security import HEADERS
from webapp.web.static_answers import FOREVER, HASHED

PLAIN_KIND = "text/plain; charset=utf-8"
"""What a file is whose name does not tell."""
_PAGE = "/"
_NGINX = Path(__file__).with_name("nginx.conf")
_INTRODUCTION = """\
# Which headers go with which addresses. A line that begins with a word begins a block: it is a
# pattern, in which * stands for anything. Of several blocks that fit, the last that names a header
# holds.
"""

Block = tuple[str, Mapping[str, str]]
"""A pattern of addresses, and the headers that go with them."""


def kinds(site: Representations) -> dict[str, str]:
    """Return the Content-Type by the end of an address, where it is not PLAIN_KIND."""
    found = {
        _PAGE if path.endswith(_PAGE) else posixpath.splitext(path)[1]: answer.headers
        for path, answer in sorted(site.answers.items())
    }
    return {
        ending: headers["Content-Type"]
        for ending, headers in found.items()
        if ending and headers["Content-Type"] != PLAIN_KIND
    }


def blocks(site: Representations, languages: Sequence[str]) -> list[Block]:
    """Return the blocks in their order."""
    return [
        ("/*", {**HEADERS, "Cache-Control": "no-cache", "Content-Type": PLAIN_KIND}),
        *((f"{place}*", {"Cache-Control": FOREVER}) for place in HASHED),
        *((f"/{code}/*", {"Content-Language": code}) for code in languages),
        *((f"*{ending}", {"Content-Type": kind}) for ending, kind in kinds(site).items()),
    ]


def plain(site: Representations, languages: Sequence[str]) -> str:
    """Return the blocks as lines."""
    lines = [_INTRODUCTION]
    for pattern, headers in blocks(site, languages):
        lines += [f"{pattern}\n", *(f"  {name}: {value}\n" for name, value in headers.items())]
    return "".join(lines)


def nginx(site: Representations, languages: Sequence[str]) -> str:
    """Return what a server block of nginx includes."""
    first, *others = languages
    types = {
        kind.partition(";")[0]: "html" if ending == _PAGE else ending[1:]
        for ending, kind in kinds(site).items()
    }
    filled = {
        "TYPES": (f"    {kind} {ending};" for kind, ending in types.items()),
        "HEADERS": (f'add_header {name} "{value}" always;' for name, value in HEADERS.items()),
        "WISHES": (
            f'    if ($http_accept_language ~* "^{code}\\b") {{ return 302 /{code}/; }}'
            for code in others
        ),
        "NOT_FOUND": (
            f"location ^~ /{code}/ {{ error_page 404 /{code}/not-found/index.html; }}"
            for code in others
        ),
        "FIRST": (first,),
        "LANGUAGES": ("|".join(languages),),
        "HASHED": ("|".join(place.strip("/") for place in HASHED),),
        "FOREVER": (FOREVER,),
    }
    text = _NGINX.read_text("utf-8")
    for mark, lines in filled.items():
        text = text.replace(f"@{mark}@", "\n".join(lines))
    return text
