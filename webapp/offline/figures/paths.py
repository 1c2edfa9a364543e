"""Geometry to SVG paths: lines, curves, limbs that taper, things with rounded ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import acos, atan2, cos, hypot, radians, sin

from webapp.offline.figures.colours import CLASSES

Point = tuple[float, float]
Circle = tuple[Point, float]
Stretch = tuple[str, str, tuple[Point, ...]]
"""One stretch of a path: its SVG command, what stands before the points, the points."""


@dataclass(frozen=True)
class Shape:
    """A piece of a drawing: its class, the width of its line (0: filled), its path."""

    style: str
    width: float
    path: str


def between(start: Point, end: Point, share: float) -> Point:
    """The point that lies this share of the way from start to end."""
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def placing(
    at: Point, turn: float, mirror: int = 1
) -> Callable[[Iterable[Point]], tuple[Point, ...]]:
    """What turns points clockwise by so many degrees, after mirroring, and moves them there."""
    c, s = cos(radians(turn)), sin(radians(turn))

    def place(points: Iterable[Point]) -> tuple[Point, ...]:
        return tuple(
            (at[0] + mirror * x * c - y * s, at[1] + mirror * x * s + y * c) for x, y in points
        )

    return place


def capsule(first: Circle, second: Circle) -> str:
    """The outline of a limb that tapers from one circle to another."""
    (a, ra), (b, rb) = first, second
    along = atan2(b[1] - a[1], b[0] - a[0])
    spread = acos((ra - rb) / hypot(b[0] - a[0], b[1] - a[1]))
    sides = (along - spread, along + spread)
    (a0, a1), (b0, b1) = (
        [(at[0] + r * cos(t), at[1] + r * sin(t)) for t in sides] for at, r in (first, second)
    )
    return path(
        ("M", "", (a0,)),
        ("l", "", (b0,)),
        ("a", f"{n(rb)} {n(rb)} 0 {int(rb > ra)} 1 ", (b1,)),
        ("l", "", (a1,)),
        ("a", f"{n(ra)} {n(ra)} 0 {int(ra > rb)} 1 ", (a0,)),
    )


def stuffed(style: str, at: Point, size: Point, turn: float) -> Shape:
    """A pillow or the like: round at both ends of its longer side."""
    thick, rest = min(size), abs(size[0] - size[1]) / 2
    ends = ((-rest, 0), (rest, 0)) if size[0] > size[1] else ((0, -rest), (0, rest))
    return Shape(style, thick, line(placing(at, turn)(ends)))


def padded(style: str, at: Point, size: Point, rounding: float) -> Shape:
    """A rectangle whose corners are rounded by the line around it."""
    x, y = (size[0] - rounding) / 2, (size[1] - rounding) / 2
    start, *rest = placing(at, 0)(((-x, -y), (x, -y), (x, y), (-x, y)))
    sides = (("l", "", (corner,)) for corner in rest)
    return Shape(style, rounding, path(("M", "", (start,)), *sides) + "z")


def cubic(points: tuple[Point, ...]) -> str:
    """Cubic curves through a start and threes of points."""
    curves = (("c", "", points[i : i + 3]) for i in range(1, len(points), 3))
    return path(("M", "", points[:1]), *curves)


def quadratic(points: tuple[Point, ...]) -> str:
    """A quadratic curve: start, bend, end."""
    return path(("M", "", points[:1]), ("q", "", points[1:]))


def line(points: tuple[Point, ...]) -> str:
    """Straight strokes from point to point."""
    # The pen is lifted at every corner: nothing is enclosed, so nothing is filled.
    strokes: list[Stretch] = [("M", "", points[:1])]
    for corner, point in pairwise(points):
        strokes += [("m", "", (corner,)), ("l", "", (point,))]
    return path(strokes[0], *strokes[2:])


def path(*stretches: Stretch) -> str:
    """Path data: it starts at a place, then every point is told from where the pen stands."""
    pen, data = (0.0, 0.0), ""
    for command, lead, points in stretches:
        ends = [(round(x, 1), round(y, 1)) for x, y in points]
        steps = (n(end[axis] - pen[axis]) for end in ends for axis in (0, 1))
        data += command + lead + " ".join(steps).replace(" -", "-")
        pen = ends[-1]
    return data


def n(value: float) -> str:
    """The number as SVG reads it, to a tenth, in as few characters as can be."""
    # Adding zero turns -0.0, which would be written "-0", into 0.0; ".5" stands for "0.5".
    text = f"{round(value, 1) + 0.0:g}"
    return text.replace("0.", ".", 1) if abs(value) < 1 else text


def element(shape: Shape) -> str:
    """The shape as an SVG element."""
    width = f' stroke-width="{n(shape.width)}"' if shape.width else ""
    hollow = ' fill="none"' if shape.width and set("cq") & set(shape.path) else ""
    return f'<path class="{CLASSES[shape.style]}"{width}{hollow} d="{shape.path}"/>'


def merged(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """The shapes, neighbours that look alike as one: fewer bytes, no hairline where they meet."""
    for (style, width), alike in groupby(shapes, key=lambda shape: (shape.style, shape.width)):
        yield Shape(style, width, "".join(shape.path for shape in alike))
