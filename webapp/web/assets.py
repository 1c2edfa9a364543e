"""Everything that pages refer to, each under an address that changes when it changes."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from webapp.figures import (
    HEIGHT,
    SCHEMES,
    Scheme,
    can_move,
    distinct_steps,
    draw,
    draw_body_map,
    draw_moving,
    height,
    moving_height,
)
from webapp.knowledge.emergency import browser_table
from webapp.knowledge.model import Knowledge
from webapp.knowledge.poses import FrontPose, Pose
from webapp.release.parts import Asset
from webapp.web.manifest import manifest

MANIFEST = "/app.webmanifest"
ICON = "/icons/icon.svg"
"""The two addresses that never change and that a browser may ask for with no network."""
STATIC = Path(__file__).parents[2] / "static"
EMERGENCY_TABLE = "js/emergency/table.js"
"""Made from the knowledge when the release is."""

DEFERRED = frozenset(("backup", "exercises", "feedback", "journal", "journal-pages", "search"))
"""The rooms of scripts, folders of ``static/js``, that a phone is ready without."""

_LETTERS = 7
"""As many as tell the contents of one file apart (33 bits): nearly 200 hashes travel to a phone.

Letters, not digits: what is frequent in a script is short as it travels.
"""
_IMPORT = re.compile(r'''(?P<before>(?:\bfrom|\bimport)\s*\(?")(?P<path>\.{1,2}/[^"]+)"''')
"""What a script of ours imports, statically or once it is wanted."""

_APP = "app.css"
_BODY_MAP = "body-map"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


class Assets:
    """The assets by address. ``url("css/app.css")`` gives "/assets/css/app.<hash>.css".

    ``heights`` has the height of each drawing, by its name: that of a pose, "body-map", or
    "<exercise>-moving". ``from_the_front`` has the poses that face us or turn their back to us,
    ``moving`` the exercises whose drawing can move.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        drawn = knowledge.poses
        self.heights: dict[str, int] = {name: height(pose) for name, pose in drawn.items()}
        self.from_the_front: Collection[str] = frozenset(
            name for name, pose in drawn.items() if isinstance(pose, FrontPose)
        )
        moving = _moving(knowledge, drawn)
        self.moving: Collection[str] = frozenset(moving)
        self.heights |= {f"{name}-moving": moving_height(steps) for name, steps in moving.items()}
        self.heights[_BODY_MAP] = HEIGHT
        found = addressed([*_collect(knowledge), *_drawings(drawn, moving)])
        self._urls = {asset.path: url for url, asset in found.items()}
        self.by_url: Mapping[str, Asset] = {
            MANIFEST: Asset(MANIFEST, "application/manifest+json", manifest()),
            ICON: Asset(ICON, _TYPES[".svg"], (STATIC / "icons" / "icon.svg").read_bytes()),
            **found,
        }

    def url(self, path: str) -> str:
        """Return the asset's address; raise KeyError if there is no such asset."""
        return self._urls[path]


class BadImport(ValueError):
    """A script that imports what there is not, or what imports it in turn: names the scripts."""


def addressed(assets: Iterable[Asset]) -> dict[str, Asset]:
    """Return the assets by address, in the order of their paths; raise BadImport.

    An address holds a hash of the content. A script names what it imports by such an address, so
    its hash follows from all that it needs, and scripts of two releases are never mixed.
    """
    by_path = {asset.path: asset for asset in sorted(assets, key=lambda asset: asset.path)}
    done: dict[str, Asset] = {}
    urls: dict[str, str] = {}

    def url(path: str, importers: tuple[str, ...] = ()) -> str:
        if path not in by_path or path in importers:
            raise BadImport(" imports ".join((*importers, path)))
        if path not in urls:
            asset = by_path[path]
            if path.endswith(".js"):
                script = _IMPORT.sub(partial(named, (*importers, path)), asset.content.decode())
                asset = replace(asset, content=script.encode())
            done[path] = asset
            urls[path] = _url(asset)
        return urls[path]

    def named(importers: tuple[str, ...], found: re.Match[str]) -> str:
        folder = posixpath.dirname(importers[-1])
        path = posixpath.normpath(posixpath.join(folder, found["path"]))
        name = posixpath.basename(url(path, importers))
        return f'{found["before"]}{posixpath.join(posixpath.dirname(found["path"]), name)}"'

    return {url(path): done[path] for path in by_path}


def _url(asset: Asset) -> str:
    name, kind = posixpath.splitext(asset.path)
    return f"/assets/{name}.{short_hash(asset.hashed or asset.content)}{kind}"


def short_hash(content: bytes) -> str:
    """Return the hash of a content that stands in its address, as small letters."""
    number = int.from_bytes(hashlib.sha256(content).digest())
    return "".join(chr(ord("a") + number // 26**place % 26) for place in range(_LETTERS))


def joined(folder: Path) -> str:
    """Return the parts of a file, which a folder holds with a list of their order."""
    return "\n".join((folder / part).read_text("utf-8") for part in _order(folder))


def _order(folder: Path) -> list[str]:
    return (folder / "order.txt").read_text("utf-8").split()


def without_comments(script: str) -> str:
    """Return the script without types, comments that start a line, and indentation.

    Our own scripts hold no string of several lines, so a line that starts with a comment is one,
    and no string holds the beginning of a type.
    """
    lines = re.sub(r"^\s*/\*\*.*?\*/|/\*\* @.*?\*/ ?", "", script, flags=re.DOTALL | re.MULTILINE)
    kept = (line.strip() for line in lines.splitlines())
    return "\n".join(line for line in kept if line and not line.startswith("//"))


def without_breaks(script: str) -> str:
    """Return the script, which has no comments that start a line, in fewer and longer lines.

    A break says nothing after a semicolon, a comma or what opens a block, unless a comment ends
    there.
    """
    return re.sub(r"^((?:(?!//).)*[;,{])\n", r"\1", script, flags=re.MULTILINE)


def without_layout(style: str) -> str:
    """Return the style without comments and indentation; none of its strings holds either."""
    lines = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


class NotLayered(ValueError):
    """A rule of a style that stands in no layer: has the beginning of it."""


def flattened(style: str) -> str:
    """Return the style, which has no comments, with its layers as plain rules in their order.

    Chrome 90 and Firefox 91 drop a layer with all that is in it. Rules of a later layer come later;
    nothing else says which of two rules wins, so a rule must not count on its layer to win over
    one of more weight (``tests/browser/test_layers.py``).
    """
    layers: dict[str, list[str]] = {}
    rest = style.strip()
    while rest:
        head = re.match(r"@layer ([\w, ]+)([;{])\s*", rest)
        if not head:
            raise NotLayered(f"In no layer: {rest[:60]!r}")
        names, rest = head[1].strip(), rest[head.end() :]
        if head[2] == ";":
            layers |= {name.strip(): [] for name in names.split(",")}
        else:
            end = _end_of_block(rest)
            layers.setdefault(names, []).append(rest[:end].strip())
            rest = rest[end + 1 :].lstrip()
    return "\n".join(rules for layer in layers.values() for rules in layer)


def _end_of_block(style: str) -> int:
    """Return where the brace stands that closes a block whose inside the style begins with."""
    depth = 1
    for brace in re.finditer(r"[{}]", style):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    raise NotLayered(f"Never closed: {style[:60]!r}")


def _collect(knowledge: Knowledge) -> Iterator[Asset]:
    table = browser_table(knowledge.numbers).encode()
    yield Asset(EMERGENCY_TABLE, _TYPES[".js"], table)
    yield from _styles()
    yield from _scripts()
    yield from _vendored()
    for path in sorted((STATIC / "icons").iterdir()):
        yield Asset(f"icons/{path.name}", _TYPES[path.suffix], path.read_bytes())


def sent_styles(folder: Path) -> dict[str, str]:
    """Return the style of every page, app.css, and after it what some deferred pages add to it."""
    parts = _order(folder)
    more = [path for path in sorted(folder.glob("*.css")) if path.name not in parts]
    sources = {_APP: joined(folder), **{path.name: path.read_text("utf-8") for path in more}}
    return {name: flattened(without_layout(source)) for name, source in sources.items()}


def _styles() -> Iterator[Asset]:
    for name, style in sent_styles(STATIC / "css").items():
        yield Asset(f"css/{name}", _TYPES[".css"], style.encode(), deferred=name != _APP)


def _scripts() -> Iterator[Asset]:
    folder = STATIC / "js"
    for path in sorted(folder.rglob("*.js")):
        name = path.relative_to(folder)
        content = without_breaks(without_comments(path.read_text("utf-8"))).encode()
        deferred = name.parts[0] in DEFERRED
        yield Asset(f"js/{name.as_posix()}", _TYPES[".js"], content, deferred=deferred)


def _vendored() -> Iterator[Asset]:
    """Yield what others wrote as they wrote it, and their licences, which have to go with it."""
    for path in sorted((STATIC / "vendor").glob("*/*")):
        if path.suffix == ".ts":  # our types of theirs are for the compiler only
            continue
        kind = _TYPES.get(path.suffix, "text/plain; charset=utf-8")
        address = path.relative_to(STATIC).as_posix()
        yield Asset(address, kind, path.read_bytes(), deferred=True)


def _drawings(poses: Mapping[str, Pose], moving: Mapping[str, Sequence[Pose]]) -> Iterator[Asset]:
    for name, pose in poses.items():
        yield from _drawn(name, partial(draw, pose))
    yield from _drawn(_BODY_MAP, draw_body_map)
    for name, steps in moving.items():
        yield from _drawn(f"{name}-moving", partial(draw_moving, steps), deferred=True)


def _drawn(
    name: str, drawing: Callable[[Scheme], str], *, deferred: bool = False
) -> Iterator[Asset]:
    """Yield a drawing by day and by night; they change together, so both have one hash."""
    svgs = {scheme: drawing(scheme).encode() for scheme in SCHEMES}
    both = b"".join(svgs.values())
    for scheme, svg in svgs.items():
        yield Asset(f"drawings/{name}-{scheme}.svg", _TYPES[".svg"], svg, deferred, both)


def _moving(knowledge: Knowledge, poses: Mapping[str, Pose]) -> dict[str, tuple[Pose, ...]]:
    """The poses of each exercise that a body can go through, by its id."""
    steps = {
        exercise.id: distinct_steps([poses[step.pose] for step in exercise.steps])
        for exercise in knowledge.exercises
    }
    return {name: turns for name, turns in steps.items() if can_move(turns)}
