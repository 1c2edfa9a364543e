"""Poses to drawings: one small standalone SVG each, by day and by night, still or moving."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import atan2, degrees

from webapp.offline.figures.body import HEIGHT, WIDTH, skeleton
from webapp.offline.figures.colours import CLASSES, COLOURS, SCHEMES, Scheme
from webapp.offline.figures.paths import Point, Shape, element, line, merged, placing, quadratic
from webapp.offline.figures.poses import Pose
from webapp.offline.figures.props import drawn
from webapp.offline.figures.rig import Rig

_LOW = 96
_HEADROOM = 14


def height(pose: Pose) -> int:
    """The height of the drawing, in units of its constant width; a body that lies needs less."""
    flat = {prop.kind for prop in pose.props} <= {"floor", "pillow"}
    tops = [y for _, y in skeleton(pose).values()]
    tops += [y for arrow in pose.arrows for _, y in arrow]
    low = flat and min(tops) > HEIGHT - _LOW + _HEADROOM
    return _LOW if low else HEIGHT


def draw(pose: Pose, scheme: Scheme = "day") -> str:
    """A complete SVG of the pose by day (and on paper) or by night; always the same bytes.

    One drawing a scheme, because WebKit does not tell a drawing in a page what the page prefers.
    """
    arrows = "".join(map(element, merged(s for one in pose.arrows for s in _arrow_shapes(*one))))
    return _document(height(pose), scheme, _scene((pose,)) + arrows)


def moves(poses: Sequence[Pose]) -> bool:
    """Whether these poses can be shown as one that moves: several, in the same surroundings."""
    first, *others = poses
    return bool(others) and all(
        (pose.props, pose.facing, pose.gaze) == (first.props, first.facing, first.gaze)
        for pose in others
    )


def draw_moving(poses: Sequence[Pose], scheme: Scheme = "day") -> str:
    """A complete SVG that moves slowly from the first pose through the others and back."""
    return _document(max(map(height, poses)), scheme, _scene(poses))


def _scene(poses: Sequence[Pose]) -> str:
    props = poses[0].props
    behind, between, front = (
        "".join(map(element, merged(drawn(props, layer))))
        for layer in ("behind", "between", "front")
    )
    return behind + Rig(poses).svg(between) + front


def _document(tall: int, scheme: Scheme, content: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img"'
        f' viewBox="0 {HEIGHT - tall} {WIDTH} {tall}"'
        ' fill="currentColor" stroke="currentColor"'
        ' stroke-linecap="round" stroke-linejoin="round">'
        f"<style>{_STYLES[scheme]}</style>{content}</svg>"
    )


def _style(scheme: Scheme) -> str:
    # Every class in every drawing: what is always the same costs nothing.
    place = SCHEMES.index(scheme)
    return "".join(
        f".{CLASSES[name]}{{color:{colours[place]}}}" for name, colours in COLOURS.items()
    )


_STYLES = {scheme: _style(scheme) for scheme in SCHEMES}


def _arrow_shapes(start: Point, bend: Point, end: Point) -> Iterator[Shape]:
    yield Shape("move", 3.4, quadratic((start, bend, end)))
    turn = degrees(atan2(end[1] - bend[1], end[0] - bend[0]))
    yield Shape("move", 3.4, line(placing(end, turn)(((-6, -5.5), (0, 0), (-6, 5.5)))))
