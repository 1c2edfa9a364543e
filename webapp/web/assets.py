"""Everything that pages refer to, under one address that changes when any of it changes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from webapp.knowledge.emergency import browser_table
from webapp.knowledge.model import Knowledge
from webapp.offline.bundle import Asset
from webapp.offline.figures import (
    SCHEMES,
    Pose,
    draw,
    draw_moving,
    height,
    load_poses,
    moves,
)
from webapp.web.manifest import manifest

MANIFEST = "/app.webmanifest"
ICON = "/icons/icon.svg"
"""The two addresses that never change and that a browser may ask for with no network."""
STATIC = Path(__file__).parents[2] / "static"

_LATER = frozenset(
    (
        "search.js",
        "search-match.js",
        "calendar-file.js",
        "walking-calendar.js",
        "moving-drawing.js",
        "print-set.js",
    )
)
"""Scripts of what can wait: a phone is ready without them."""

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


class Assets:
    """The assets by address. ``url("css/app.css")`` gives "/assets/<hash>/css/app.css".

    ``heights`` has the height of each drawing, ``moving`` the exercises whose drawing can move.
    """

    def __init__(self, knowledge: Knowledge, poses: Path) -> None:
        drawn = load_poses(poses)
        self.heights: Mapping[str, int] = {name: height(pose) for name, pose in drawn.items()}
        sequences = _sequences(knowledge, drawn)
        self.moving: Collection[str] = frozenset(sequences)
        found = sorted(_collect(knowledge, drawn, sequences), key=lambda asset: asset.path)
        whole = b"\0".join(part for a in found for part in (a.path.encode(), a.content))
        self._prefix = f"/assets/{hashlib.sha256(whole).hexdigest()[:12]}/"
        self.by_url: Mapping[str, Asset] = {
            MANIFEST: Asset(MANIFEST, "application/manifest+json", manifest()),
            ICON: Asset(ICON, _TYPES[".svg"], (STATIC / "icons" / "icon.svg").read_bytes()),
            **{self._prefix + asset.path: asset for asset in found},
        }

    def url(self, path: str) -> str:
        """Return the asset's address; raise KeyError if there is no such asset."""
        url = self._prefix + path
        if url not in self.by_url:
            raise KeyError(f"there is no asset {path}")
        return url


def _content(path: Path) -> bytes:
    if path.suffix == ".js":
        return without_comments(path.read_text()).encode()
    return path.read_bytes()


def without_comments(script: str) -> str:
    """Return the script without comments that start a line, and without indentation.

    Our own scripts hold no string of several lines, so a line that starts with a comment is one.
    """
    lines = re.sub(r"^\s*/\*\*.*?\*/", "", script, flags=re.DOTALL | re.MULTILINE).splitlines()
    kept = (line.strip() for line in lines)
    return "\n".join(line for line in kept if line and not line.startswith("//"))


def _sequences(knowledge: Knowledge, poses: Mapping[str, Pose]) -> dict[str, list[Pose]]:
    """Return the poses of each exercise whose drawing can move through them, by its id."""
    shown = {
        exercise.id: [poses[name] for name in dict.fromkeys(step.pose for step in exercise.steps)]
        for exercise in knowledge.exercises
    }
    return {identity: sequence for identity, sequence in shown.items() if moves(sequence)}


def _collect(
    knowledge: Knowledge, poses: Mapping[str, Pose], sequences: Mapping[str, list[Pose]]
) -> Iterator[Asset]:
    order = (STATIC / "css" / "order.txt").read_text().split()
    css = b"\n".join((STATIC / "css" / name).read_bytes() for name in order)
    yield Asset("css/app.css", _TYPES[".css"], css)
    table = browser_table(knowledge.numbers).encode()
    yield Asset("js/emergency-numbers.js", _TYPES[".js"], table)
    for folder in ("js", "icons"):
        for path in sorted((STATIC / folder).iterdir()):
            if path.suffix in _TYPES:
                content, later = _content(path), path.name in _LATER
                yield Asset(f"{folder}/{path.name}", _TYPES[path.suffix], content, reading=later)
    for identity, pose in poses.items():
        for scheme in SCHEMES:
            name = f"drawings/{identity}-{scheme}.svg"
            yield Asset(name, _TYPES[".svg"], draw(pose, scheme).encode())
    for identity, sequence in sequences.items():
        for scheme in SCHEMES:
            name = f"drawings/{identity}-moving-{scheme}.svg"
            yield Asset(name, _TYPES[".svg"], draw_moving(sequence, scheme).encode(), reading=True)
