"""The things around a body: furniture stands on its floor point, the rest lies about its centre.

Each is drawn about (0, 0) in its own size and then moved, so that equal things are equal bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import copysign

from webapp.figures.paths import Part, Shape, cubic, line, moved, padded, stuffed, turned
from webapp.knowledge.poses import Point, Prop, PropKind

_ORIGIN: Point = (0, 0)


def prop_parts(prop: Prop) -> Part:
    """The thing at its place."""
    shapes = _DRAWN[prop.kind](*prop.size)
    if not prop.turn:
        return moved(prop.at, *shapes)
    return moved(prop.at, turned(prop.turn, _ORIGIN, *shapes))


def prop_top(prop: Prop) -> float:
    """How high up in the drawing the thing reaches, at the most."""
    above = _BACKS.get(prop.kind, 0) + prop.size[1]
    return prop.at[1] - (above if prop.kind in _STANDING else max(prop.size) / 2)


def _floor(width: float, _: float) -> Iterator[Shape]:
    yield Shape("ground", 2, line((0, 1), (width, 1)))


def _wall(width: float, height: float) -> Iterator[Shape]:
    yield Shape("cloth", width, line((0, -width / 2), (0, -height)))


def _chair(width: float, height: float) -> Iterator[Shape]:
    # A negative width makes the chair face left.
    seat = 2.5 - height
    yield Shape("wood", 5, line((-0.12 * width, seat - 46), (0, seat), (0, -2.5)))
    yield Shape("wood", 5, line((0, seat), (width, seat), (width, -2.5)))


def _chair_in_front(width: float, height: float) -> Iterator[Shape]:
    # Seen from its front, about the middle between its feet.
    seat, side = 2.5 - height, width / 2
    for level in (seat - 42, seat - 32):
        yield Shape("wood", 5, line((4 - side, level), (side - 4, level)))
    for x in (4 - side, side - 4):
        yield Shape("wood", 5, line((x, seat - 42), (x, -2.5)))
    yield Shape("wood", 5, line((-side, seat), (side, seat)))


def _sofa(width: float, height: float) -> Iterator[Shape]:
    back, front = copysign(9, width), width - copysign(9, width)
    for leg in (back, front):
        yield Shape("wood", 5, line((leg, -6), (leg, -2.5)))
    yield Shape("cloth", 18, line((back, -15), (back, -height - 26)))
    yield padded("sheet", (width / 2, -height / 2 - 2.5), (abs(width), height - 5), 14)


def _stool(width: float, height: float) -> Iterator[Shape]:
    top = 2.5 - height
    for inner, outer in ((5, 2), (width - 5, width - 2)):
        yield Shape("wood", 5, line((inner, top), (outer, -2.5)))
    yield Shape("wood", 5, line((0, top), (width, top)))


def _worktop(width: float, height: float) -> Iterator[Shape]:
    yield padded("cloth", (width / 2 + 3, 1 - height / 2), (width - 6, height - 2), 2)
    yield Shape("wood", 5, line((0, 2.5 - height), (width, 2.5 - height)))


def _bed(width: float, height: float) -> Iterator[Shape]:
    # Seen from the side: the headboard at the left, the free edge at the right.
    frame, foot = 21 - height, width - 8
    yield Shape("wood", 5, line((0, -height - 22), (0, -2.5)))
    yield Shape("wood", 5, line((0, frame), (foot, frame), (foot, -2.5)))
    yield Shape("sheet", 20, line((12, frame - 11), (width - 10, frame - 11)))


def _mattress(width: float, height: float) -> Iterator[Shape]:
    # A bed seen from above: the headboard at the left, then the sheet.
    edge, half = -width / 2, height / 2
    yield Shape("wood", 5, line((edge, -half), (edge, half)))
    yield padded("sheet", (2, 0), (width - 4, height - 6), 18)


def _mat(width: float, height: float) -> Iterator[Shape]:
    # A rug on the floor, seen from above.
    yield padded("cloth", _ORIGIN, (width, height), 6)
    yield padded("sheet", _ORIGIN, (width - 8, height - 8), 4)


def _pillow(width: float, height: float) -> Iterator[Shape]:
    yield stuffed("pillow", _ORIGIN, (width, height))


def _roller(size: float, _: float) -> Iterator[Shape]:
    # A foam roller seen along its axis.
    yield Shape("warm", size, line(_ORIGIN, (0, 0.1)))
    yield Shape("pillow", size / 3, line(_ORIGIN, (0, 0.1)))


def _warm_pack(width: float, height: float) -> Iterator[Shape]:
    # A hot water bottle in its cover: neck, body, and the ribs of the knitting.
    top, rib = -height / 2, width / 2 - 3.5
    yield Shape("warm", 7, line((0, top), (0, top - 2)))
    yield stuffed("warm", _ORIGIN, (width, height))
    for level in (-4, 4):
        yield Shape("pillow", 1.4, line((-rib, level), (rib, level)))


def _cold_pack(width: float, height: float) -> Iterator[Shape]:
    # The cold pack looks out of the cloth around it.
    yield stuffed("cold", _ORIGIN, (width - 2, height))
    yield stuffed("pillow", (0, 4), (width, height - 8))


def _warmth(width: float, height: float) -> Iterator[Shape]:
    low, high = height / 2, -height / 2
    for wave in (-width / 2, width / 2):
        yield Shape("warm", 2.4, cubic(((wave, low), (wave - 6, 0), (wave + 6, 0), (wave, high))))


def _frost(width: float, _: float) -> Iterator[Shape]:
    # Three strokes through the middle make a flake of snow.
    half, x, y = width / 2, width * 0.433, width / 4
    for end in ((0, half), (x, y), (x, -y)):
        yield Shape("cold", 2.4, line((-end[0], -end[1]), end))


_DRAWN: dict[PropKind, Callable[[float, float], Iterator[Shape]]] = {
    "floor": _floor,
    "wall": _wall,
    "chair": _chair,
    "chair-in-front": _chair_in_front,
    "sofa": _sofa,
    "stool": _stool,
    "worktop": _worktop,
    "bed": _bed,
    "mattress": _mattress,
    "mat": _mat,
    "pillow": _pillow,
    "roller": _roller,
    "warm-pack": _warm_pack,
    "cold-pack": _cold_pack,
    "warmth": _warmth,
    "frost": _frost,
}
# How far the back of a seat, or the head of a bed, reaches above what one sits or lies on.
_BACKS = {"chair": 46, "chair-in-front": 46, "sofa": 35, "bed": 25}
_STANDING = {*_BACKS, "floor", "wall", "stool", "worktop"}
