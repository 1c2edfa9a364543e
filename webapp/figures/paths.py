"""Lines and outlines as path data, and the parts that a drawing is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import acos, atan2, cos, hypot, sin

from webapp.knowledge.poses import Point

Circle = tuple[Point, float]
# One stretch of a path: its SVG command, what stands before the points, the points.
Stretch = tuple[str, str, tuple[Point, ...]]


@dataclass(frozen=True)
class Shape:
    """A piece of a drawing: its class, the width of its line (0: filled), its path."""

    style: str
    width: float
    path: str


@dataclass(frozen=True)
class Group:
    """Parts that are moved, turned or mirrored together, by one transform."""

    transform: str
    numbers: tuple[float, ...]
    parts: tuple[Shape | Group, ...]


Part = Shape | Group


def moved(at: Point, *parts: Part) -> Group:
    """The parts, drawn about another place."""
    return Group("translate", at, parts)


def turned(angle: float, about: Point, *parts: Part) -> Group:
    """The parts, turned clockwise about a point."""
    return Group("rotate", (angle, *about), parts)


def mirrored(*parts: Part) -> Group:
    """The parts, left and right changed."""
    return Group("scale", (-1, 1), parts)


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
        ("a", f"{number(rb)} {number(rb)} 0 {int(rb > ra)} 1 ", (b1,)),
        ("l", "", (a1,)),
        ("a", f"{number(ra)} {number(ra)} 0 {int(ra > rb)} 1 ", (a0,)),
    )


def stuffed(style: str, at: Point, size: Point) -> Shape:
    """A pillow or the like: round at both ends of its longer side."""
    thick, rest = min(size), abs(size[0] - size[1]) / 2
    x, y = (rest, 0) if size[0] > size[1] else (0, rest)
    return Shape(style, thick, line((at[0] - x, at[1] - y), (at[0] + x, at[1] + y)))


def padded(style: str, at: Point, size: Point, rounding: float) -> Shape:
    """A rectangle whose corners are rounded by the line around it."""
    x, y = (size[0] - rounding) / 2, (size[1] - rounding) / 2
    corners = ((-x, -y), (x, -y), (x, y), (-x, y))
    start, *rest = ((at[0] + dx, at[1] + dy) for dx, dy in corners)
    sides = (("l", "", (corner,)) for corner in rest)
    return Shape(style, rounding, path(("M", "", (start,)), *sides) + "z")


def cubic(points: tuple[Point, ...]) -> str:
    """Cubic curves through every third point."""
    curves = (("c", "", points[i : i + 3]) for i in range(1, len(points), 3))
    return path(("M", "", points[:1]), *curves)


def quadratic(points: tuple[Point, ...]) -> str:
    """One quadratic curve: start, bend, end."""
    return path(("M", "", points[:1]), ("q", "", points[1:]))


def line(*points: Point) -> str:
    """A line from point to point."""
    return path(("M", "", points[:1]), ("l", "", points[1:]))


def path(*stretches: Stretch) -> str:
    """Path data: it starts at a place, then every point is told from where the pen stands."""
    pen, data = (0.0, 0.0), ""
    for command, lead, points in stretches:
        base = pen
        told = []
        for x, y in points:
            end = (round(x, 1), round(y, 1))
            told += [end[0] - base[0], end[1] - base[1]]
            # In a curve all points are told from its start, in a line each from the one before.
            base = end if command == "l" else base
            pen = end
        data += command + lead + numbers(told)
    return data


def numbers(values: Iterable[float]) -> str:
    """Numbers in a row, as short as SVG allows."""
    return " ".join(map(number, values)).replace(" -", "-")


def number(value: float) -> str:
    """A number to one decimal place, as short as SVG allows."""
    # Adding zero turns -0.0, which would be written "-0", into 0.0; ".5" stands for "0.5".
    text = f"{round(value, 1) + 0.0:g}"
    return text.replace("0.", ".", 1) if abs(value) < 1 else text
