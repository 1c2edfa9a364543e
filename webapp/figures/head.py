"""The head about its centre, crown up: in profile, towards the viewer or partly turned, behind."""

from __future__ import annotations

from webapp.figures.paths import Shape, cubic, line, quadratic
from webapp.knowledge.poses import Point

Curve = tuple[Point, ...]

# Cubic curves, start point first; a face in profile looks to the right.
_PROFILE = (
    (-8, -3), (-4, -12), (8, -11.5), (8.7, -3.6),
    (8.8, -2), (10.8, 0.6), (10.9, 1.6), (10.9, 2.6), (9.3, 2.6), (9.1, 3.3),
    (9.4, 5.2), (9.1, 9), (6.4, 10.2), (3.4, 11.2), (-1, 9.6), (-3.5, 7),
)  # fmt: skip
_PROFILE_HAIR = (
    (7.9, -7), (4.5, -13.6), (-10, -15), (-10.4, -1), (-10.2, 3.6), (-8.4, 6.8), (-5.6, 7.4),
    (-4.6, 4.6), (-4.4, 2.6), (-2.6, 1.4), (-1.4, -4), (2.6, -6.4), (7.9, -7),
)  # fmt: skip
_PROFILE_LINES = (((4.6, -1), (5.8, 0.6), (7.2, -0.6)), ((5.2, 5.8), (6.4, 7), (8, 6.4)))
_FRONT = (
    (9, -2), (9, 6), (5, 11), (0, 11), (-5, 11), (-9, 6), (-9, -2), (-9, -14), (9, -14), (9, -2),
)  # fmt: skip
_FRONT_HAIR = (
    (9.3, 0), (12, -16.4), (-12, -16.4), (-9.3, 0), (-8.6, -5), (-6, -6.4), (0, -6.8),
    (5, -6.6), (8.6, -5), (9.3, 0),
)  # fmt: skip
_FRONT_LINES = (
    ((-5.4, -0.6), (-3.8, 1), (-2.2, -0.6)),
    ((2.2, -0.6), (3.8, 1), (5.4, -0.6)),
    ((-2.4, 5.4), (0, 7.2), (2.4, 5.4)),
)
# The same face turned to the right as far as a comfortable neck goes, curve for curve.
_TURNED = (
    (8.8, -2), (9.2, 6), (8.4, 10.6), (5, 10.6), (0, 10.6), (-6, 6), (-8, -2),
    (-6, -13), (8, -13), (8.8, -2),
)  # fmt: skip
_TURNED_HAIR = (
    (8.4, -5), (8, -16), (-11, -17), (-10.4, 0), (-9.6, 8), (-4.4, 8), (-4.2, 1),
    (-3, -4), (3, -7), (8.4, -5),
)  # fmt: skip
_TURNED_LINES = (
    ((0.2, -0.8), (1.8, 0.8), (3.4, -0.8)),
    ((6, -0.8), (7, 0.6), (8.2, -0.8)),
    ((3.2, 5.8), (5.4, 7.2), (7.4, 5.6)),
)
_NOSE, _TURNED_NOSE = ((0, 1.4), (0, 2.4)), ((8.4, 1), (9.4, 2.4))
_FULL_TURN = 70.0
_NAPE_HAIR = (
    (-9.6, 1), (-12, -16.6), (12, -16.6), (9.6, 1), (9, 6), (6, 8.4), (0, 8.4),
    (-6, 8.4), (-9, 6), (-9.6, 1),
)  # fmt: skip


def profile() -> tuple[Shape, ...]:
    """The head from its side."""
    return _head(_PROFILE, _PROFILE_HAIR, _PROFILE_LINES)


def facing(turn: float) -> tuple[Shape, ...]:
    """The head towards the viewer, turned to the right by some degrees."""
    share = turn / _FULL_TURN
    skin, hair, nose = (
        _blend(ahead, aside, share)
        for ahead, aside in ((_FRONT, _TURNED), (_FRONT_HAIR, _TURNED_HAIR), (_NOSE, _TURNED_NOSE))
    )
    pairs = zip(_FRONT_LINES, _TURNED_LINES, strict=True)
    return (
        Shape("skin", 2.6, line(*nose)),
        *_head(skin, hair, tuple(_blend(ahead, aside, share) for ahead, aside in pairs)),
    )


def behind() -> tuple[Shape, ...]:
    """The head from behind."""
    return Shape("skin", 0, cubic(_FRONT)), Shape("hair", 0, cubic(_NAPE_HAIR))


def _head(skin: Curve, hair: Curve, lines: tuple[Curve, ...]) -> tuple[Shape, ...]:
    return (
        Shape("skin", 0, cubic(skin)),
        Shape("hair", 0, cubic(hair)),
        *(Shape("hair", 1.2, quadratic(points)) for points in lines),
    )


def _blend(first: Curve, second: Curve, share: float) -> Curve:
    return tuple(
        (x + share * (to_x - x), y + share * (to_y - y))
        for (x, y), (to_x, to_y) in zip(first, second, strict=True)
    )
