"""What a drawing shows, read back from its SVG."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from math import cos, dist, hypot, radians, sin

from tests.support.known import known

POSES = known().poses
SVG = "{http://www.w3.org/2000/svg}"

Point = tuple[float, float]
# a, b, c, d, e, f as in SVG's matrix().
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


def inked_points(svg: str) -> Iterator[tuple[Point, float]]:
    """Every point of every path where it is seen, and half the width of its line."""
    for path, matrix in _placed(ET.fromstring(svg), _SAME):
        half = float(path.get("stroke-width", "1")) / 2 * hypot(matrix[0], matrix[1])
        for point in points_of(path.get("d", "")):
            yield apply(matrix, point), half


def bones_of(svg: str) -> Iterator[tuple[str, Point, Point]]:
    """The class, start and end of every straight line of two points, where it is seen."""
    for path, matrix in _placed(ET.fromstring(svg), _SAME):
        points = points_of(path.get("d", ""))
        if len(points) == 2:
            yield path.get("class", ""), apply(matrix, points[0]), apply(matrix, points[1])


def apply(matrix: Matrix, point: Point) -> Point:
    """The point after the transform."""
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def _placed(element: ET.Element, matrix: Matrix) -> Iterator[tuple[ET.Element, Matrix]]:
    matrix = _joined(matrix, _matrix(element.get("transform", "")))
    if element.tag == f"{SVG}path":
        yield element, matrix
    for child in element:
        yield from _placed(child, matrix)


def _matrix(transform: str) -> Matrix:
    numbers = [float(text) for text in re.findall(r"-?[\d.]+", transform)]
    match transform.partition("(")[0], numbers:
        case "translate", [x, y]:
            return 1, 0, 0, 1, x, y
        case "scale", [x, y]:
            return x, 0, 0, y, 0, 0
        case "rotate", [angle, x, y]:
            c, s = cos(radians(angle)), sin(radians(angle))
            return c, s, -s, c, x - c * x + s * y, y - s * x - c * y
        case "", []:
            return _SAME
    raise AssertionError(transform)


def _joined(outer: Matrix, inner: Matrix) -> Matrix:
    a, b, c, d, _, _ = outer
    p, q, r, s, x, y = inner
    e, f = apply(outer, (x, y))
    return a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, e, f


def points_of(data: str) -> list[Point]:
    """Every point of a path, control points and the reach of its arcs included."""
    points: list[Point] = []
    pen = (0.0, 0.0)
    for command, text in re.findall(r"([Mlcqa])([^A-Za-z]*)", data):
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", text)]
        if command == "a":
            radius, wide, (dx, dy) = numbers[0], numbers[3], numbers[5:]
            points.append(_arc_tip(pen, (pen[0] + dx, pen[1] + dy), radius, bool(wide)))
            numbers = [dx, dy]
        for x, y in zip(numbers[::2], numbers[1::2], strict=True):
            points.append((x, y) if command == "M" else (pen[0] + x, pen[1] + y))
            pen = points[-1] if command == "l" else pen
        pen = points[-1]
    return points


def _arc_tip(start: Point, end: Point, radius: float, wide: bool) -> Point:
    """The middle of a clockwise arc, where it reaches farthest from its chord."""
    chord = dist(start, end)
    flat = max(radius**2 - chord**2 / 4, 0.0) ** 0.5
    height = radius + flat if wide else radius - flat
    across, down = (end[0] - start[0]) / chord, (end[1] - start[1]) / chord
    return (
        (start[0] + end[0]) / 2 + height * down,
        (start[1] + end[1]) / 2 - height * across,
    )
