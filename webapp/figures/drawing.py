"""Poses to drawings: one small standalone SVG for each, and moving ones for an exercise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import atan2, degrees

from msgspec.structs import replace

from webapp.figures.body import skeleton
from webapp.figures.front import front_figure
from webapp.figures.paths import Part, Shape, line, moved, quadratic, turned
from webapp.figures.props import prop_parts, prop_top
from webapp.figures.side import side_figure
from webapp.figures.svg import Scheme, moving_picture, picture, same_parts
from webapp.knowledge.poses import Point, Pose, SidePose

WIDTH, HEIGHT = 240, 160
_LOW = 96
_HEADROOM, _ARROW_ROOM = 17, 8


def height(pose: Pose) -> int:
    """The height of the drawing, in units of its constant width; a body that lies needs less."""
    clear = [y - _HEADROOM for _, y in skeleton(pose).values()]
    clear += [y - _ARROW_ROOM for arrow in pose.arrows for _, y in arrow.through]
    clear += [prop_top(prop) for prop in pose.props]
    low = min(clear) >= HEIGHT - _LOW
    return _LOW if low else HEIGHT


def draw(pose: Pose, scheme: Scheme = "day") -> str:
    """A complete SVG of the pose by day (and on paper) or by night; always the same bytes."""
    return picture(_box(height(pose)), _parts(pose), scheme)


def draw_moving(poses: Sequence[Pose], scheme: Scheme = "day") -> str:
    """A complete SVG that goes slowly from pose to pose and back; ValueError if they do not fit."""
    return moving_picture(_box(moving_height(poses)), _frames(poses), scheme)


def moving_height(poses: Sequence[Pose]) -> int:
    """The height of the moving drawing, which is that of its tallest pose."""
    return max(map(height, poses))


def can_move(poses: Sequence[Pose]) -> bool:
    """Whether a body can go through the poses: two or more that differ, with the same things."""
    return len(set(poses)) > 1 and same_parts(_frames(poses))


def distinct_steps(poses: Sequence[Pose]) -> tuple[Pose, ...]:
    """The poses in turn, each once in a row; the first is not told again at the end."""
    steps = [pose for pose, _ in groupby(poses)]
    return tuple(steps[:-1] if len(steps) > 1 and steps[-1] == steps[0] else steps)


def _frames(poses: Sequence[Pose]) -> list[tuple[Part, ...]]:
    # The movement itself says what an arrow would.
    return [tuple(_parts(replace(pose, arrows=()))) for pose in poses]


def _box(tall: int) -> tuple[int, int, int, int]:
    return 0, HEIGHT - tall, WIDTH, tall


def _parts(pose: Pose) -> Iterator[Part]:
    yield from _props(pose, "behind")
    if isinstance(pose, SidePose):
        yield from side_figure(pose, _props(pose, "between"))
    else:
        yield from front_figure(pose)
    yield from _props(pose, "front")
    for arrow in pose.arrows:
        yield from _arrow(*arrow.through)


def _props(pose: Pose, layer: str) -> Iterator[Part]:
    return (prop_parts(prop) for prop in pose.props if prop.layer == layer)


def _arrow(start: Point, bend: Point, end: Point) -> Iterator[Part]:
    yield Shape("move", 3.4, quadratic((start, bend, end)))
    angle = round(degrees(atan2(end[1] - bend[1], end[0] - bend[0])))
    tip = Shape("move", 3.4, line((-6, -5.5), (0, 0), (-6, 5.5)))
    yield moved(end, turned(angle, (0, 0), tip))
