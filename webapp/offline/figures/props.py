"""Things around the body. Furniture stands on its floor point, soft things lie about a centre."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import copysign

from webapp.offline.figures.paths import (
    Point,
    Shape,
    cubic,
    line,
    padded,
    placing,
    stuffed,
)


@dataclass(frozen=True)
class Prop:
    """A thing in the drawing: what it is, where, how large, how turned, and in which layer."""

    kind: str
    at: Point
    size: Point
    turn: float
    layer: str


def drawn(props: Iterable[Prop], layer: str) -> Iterator[Shape]:
    """Yield the shapes of those props that lie in the layer."""
    for prop in props:
        if prop.layer == layer:
            yield from PROPS[prop.kind](prop)


def _floor(prop: Prop) -> Iterator[Shape]:
    (x, y), (width, _) = prop.at, prop.size
    yield Shape("ground", 2, line(((x, y + 1), (x + width, y + 1))))


def _wall(prop: Prop) -> Iterator[Shape]:
    (x, y), (width, height) = prop.at, prop.size
    yield Shape("cloth", width, line(((x, y - width / 2), (x, y - height))))


def _chair(prop: Prop) -> Iterator[Shape]:
    # `at` is the foot of the back leg; a negative width makes the chair face left.
    (x, y), (width, height) = prop.at, prop.size
    seat, foot = y - height + 2.5, y - 2.5
    yield Shape("wood", 5, line(((x - 0.12 * width, seat - 46), (x, seat), (x, foot))))
    yield Shape("wood", 5, line(((x, seat), (x + width, seat), (x + width, foot))))


def _sofa(prop: Prop) -> Iterator[Shape]:
    (x, y), (width, height) = prop.at, prop.size
    back, front = x + copysign(9, width), x + width - copysign(9, width)
    for leg in (back, front):
        yield Shape("wood", 5, line(((leg, y - 6), (leg, y - 2.5))))
    yield Shape("cloth", 18, line(((back, y - 15), (back, y - height - 26))))
    yield padded("sheet", (x + width / 2, y - height / 2 - 2.5), (abs(width), height - 5), 14)


def _stool(prop: Prop) -> Iterator[Shape]:
    (x, y), (width, height) = prop.at, prop.size
    top, foot = y - height + 2.5, y - 2.5
    for inner, outer in ((x + 5, x + 2), (x + width - 5, x + width - 2)):
        yield Shape("wood", 5, line(((inner, top), (outer, foot))))
    yield Shape("wood", 5, line(((x, top), (x + width, top))))


def _worktop(prop: Prop) -> Iterator[Shape]:
    (x, y), (width, height) = prop.at, prop.size
    middle = (x + width / 2 + 3, y - height / 2 + 1)
    yield padded("cloth", middle, (width - 6, height - 2), 2)
    yield Shape("wood", 5, line(((x, y - height + 2.5), (x + width, y - height + 2.5))))


def _bed(prop: Prop) -> Iterator[Shape]:
    # Seen from the side: the headboard at the left, the free edge at the right.
    (x, y), (width, height) = prop.at, prop.size
    frame, foot = y - height + 21, x + width - 8
    yield Shape("wood", 5, line(((x, y - height - 22), (x, y - 2.5))))
    yield Shape("wood", 5, line(((x, frame), (foot, frame), (foot, y - 2.5))))
    yield Shape("sheet", 20, line(((x + 12, frame - 11), (x + width - 10, frame - 11))))


def _mattress(prop: Prop) -> Iterator[Shape]:
    # A bed seen from above: the headboard at the left, then the sheet.
    (x, y), (width, height) = prop.at, prop.size
    edge, half = x - width / 2, height / 2
    yield Shape("wood", 5, line(((edge, y - half), (edge, y + half))))
    yield padded("sheet", (x + 2, y), (width - 4, height - 6), 18)


def _pillow(prop: Prop) -> Iterator[Shape]:
    yield stuffed("pillow", prop.at, prop.size, prop.turn)


def _warm_pack(prop: Prop) -> Iterator[Shape]:
    # A hot water bottle in its cover: neck, body, and the ribs of the knitting.
    (width, height), place = prop.size, placing(prop.at, prop.turn)
    top, rib = -height / 2, width / 2 - 3.5
    yield Shape("warm", 7, line(place(((0, top), (0, top - 2)))))
    yield stuffed("warm", prop.at, prop.size, prop.turn)
    for level in (-4, 4):
        yield Shape("pillow", 1.4, line(place(((-rib, level), (rib, level)))))


def _cold_pack(prop: Prop) -> Iterator[Shape]:
    # The cold pack looks out of the cloth around it.
    (width, height), place = prop.size, placing(prop.at, prop.turn)
    yield stuffed("cold", prop.at, (width - 2, height), prop.turn)
    yield stuffed("pillow", place(((0, 4),))[0], (width, height - 8), prop.turn)


def _warmth(prop: Prop) -> Iterator[Shape]:
    (x, y), (width, height) = prop.at, prop.size
    low, high = y + height / 2, y - height / 2
    for wave in (x - width / 2, x + width / 2):
        points = ((wave, low), (wave - 6, y), (wave + 6, y), (wave, high))
        yield Shape("warm", 2.4, cubic(points))


def _frost(prop: Prop) -> Iterator[Shape]:
    half = prop.size[0] / 2
    for turn in (0, 60, 120):
        yield Shape("cold", 2.4, line(placing(prop.at, turn)(((0, -half), (0, half)))))


PROPS: dict[str, Callable[[Prop], Iterator[Shape]]] = {
    "floor": _floor,
    "wall": _wall,
    "chair": _chair,
    "sofa": _sofa,
    "stool": _stool,
    "worktop": _worktop,
    "bed": _bed,
    "mattress": _mattress,
    "pillow": _pillow,
    "warm-pack": _warm_pack,
    "cold-pack": _cold_pack,
    "warmth": _warmth,
    "frost": _frost,
}
