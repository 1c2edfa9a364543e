"""Where the back hurts: a back with its three regions and the muscles beside the spine."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.figures import head
from webapp.figures.paths import Group, Part, Shape, cubic, line, moved, padded
from webapp.figures.svg import Scheme, picture
from webapp.knowledge.poses import Point

_MIDDLE = 120
_HALF_BACK: tuple[Point, ...] = (
    (-12, 26), (-12, 46), (-20, 47), (-40, 52), (-48, 57), (-38, 76), (-34, 88),
    (-30, 100), (-27, 108), (-29, 118), (-33, 130), (-37, 138), (-37, 150),
)  # fmt: skip
_STRIP: tuple[Point, ...] = ((5, 36), (9, 60), (9, 102), (8, 136))
_ARM: tuple[Point, ...] = ((39, 60), (53, 98), (58, 132))
_REGIONS = (
    ("pillow", (120, 47), (26, 23)),
    ("sleeve-far", (120, 80), (58, 43)),
    ("cloth", (120, 121), (50, 32)),
)


def draw_body_map(scheme: Scheme = "day") -> str:
    """A complete SVG: neck, middle of the back and low back, each in its own colour."""
    return picture((0, 0, 2 * _MIDDLE, 160), _parts(), scheme)


def _parts() -> Iterator[Part]:
    yield from _both("skin", 15, _ARM)
    across: tuple[Point, ...] = ((-12, 150), (12, 150))
    whole = (*_HALF_BACK, *across, *((-x, y) for x, y in reversed(_HALF_BACK)))
    yield Shape("skin", 0, cubic(tuple((_MIDDLE + x, y) for x, y in whole)))
    yield padded("leg", (_MIDDLE, 148), (78, 18), 8)
    yield moved((_MIDDLE, 22.5), Group("scale", (1.3, 1.3), head.behind()))
    for style, at, size in _REGIONS:
        yield padded(style, at, size, 10)
    yield from _both("warm", 6, _STRIP)
    spots = range(34, 140, 6)
    yield Shape("sock", 3, "".join(line((_MIDDLE, y), (_MIDDLE, y + 1)) for y in spots))


def _both(style: str, width: float, points: tuple[Point, ...]) -> Iterator[Shape]:
    for side in (-1, 1):
        yield Shape(style, width, line(*((_MIDDLE + side * x, y) for x, y in points)))
