"""Where the points of a drawing end up, once every group has turned what is in it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from math import cos, dist, radians, sin

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]

SVG = "{http://www.w3.org/2000/svg}"
_UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)


def placed_points(drawing: str) -> Iterator[tuple[Point, float]]:
    """Yield every point of every path where it is seen, and half the width of its line."""
    yield from _points(ET.fromstring(drawing), _UNMOVED)


def _points(element: ET.Element, outer: Matrix) -> Iterator[tuple[Point, float]]:
    matrix = _product(outer, _matrix(element.get("transform", "")))
    if element.tag == f"{SVG}path":
        half = float(element.get("stroke-width", "1")) / 2
        a, b, c, d, e, f = matrix
        for x, y in points_of(element.get("d", "")):
            yield (a * x + c * y + e, b * x + d * y + f), half
    for child in element:
        yield from _points(child, matrix)


def _matrix(transform: str) -> Matrix:
    matrix = _UNMOVED
    for name, text in re.findall(r"(\w+)\(([^)]*)\)", transform):
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", text)]
        matrix = _product(matrix, _step(name, numbers))
    return matrix


def _step(name: str, numbers: list[float]) -> Matrix:
    if name == "translate":
        return (1, 0, 0, 1, numbers[0], numbers[1])
    if name == "rotate":
        c, s = cos(radians(numbers[0])), sin(radians(numbers[0]))
        return (c, s, -s, c, 0, 0)
    assert name == "scale", name
    return (numbers[0], 0, 0, numbers[-1], 0, 0)


def _product(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + c * h,
        b * g + d * h,
        a * i + c * j,
        b * i + d * j,
        a * k + c * m + e,
        b * k + d * m + f,
    )


def points_of(data: str) -> list[tuple[float, float]]:
    """Every point of a path, control points and the reach of its arcs included."""
    points: list[tuple[float, float]] = []
    x = y = 0.0
    for command, text in re.findall(r"([A-Za-z])([^A-Za-z]*)", data):
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", text)]
        if command == "a":
            radius, wide, (dx, dy) = numbers[0], numbers[3], numbers[5:]
            points.append(arc_tip((x, y), (x + dx, y + dy), radius, bool(wide)))
            numbers = [dx, dy]
        if command == "M":
            x = y = 0.0
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        points += [(x + dx, y + dy) for dx, dy in pairs]
        if pairs:
            x, y = points[-1]
    return points


def arc_tip(
    start: tuple[float, float], end: tuple[float, float], radius: float, wide: bool
) -> tuple[float, float]:
    """The middle of a clockwise arc, where it reaches farthest from its chord."""
    chord = dist(start, end)
    flat = max(radius**2 - chord**2 / 4, 0.0) ** 0.5
    height = radius + flat if wide else radius - flat
    across, down = (end[0] - start[0]) / chord, (end[1] - start[1]) / chord
    return (
        (start[0] + end[0]) / 2 + height * down,
        (start[1] + end[1]) / 2 - height * across,
    )
