"""The body as a rig: groups that turn about their joints, with the same shapes in every pose.

Only angles differ between drawings, so that many of them shrink to little. A shape lies along its
bone, which points straight up from the joint: nothing in here depends on a pose but the turns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from webapp.offline.figures.body import BONES, SHOULDER
from webapp.offline.figures.paths import (
    Point,
    Shape,
    capsule,
    cubic,
    element,
    line,
    merged,
    n,
    placing,
    quadratic,
)
from webapp.offline.figures.poses import Pose

# The head about its centre, crown up, face to the right: cubic curves, start point first.
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
    (-9, -2), (-9, -14), (9, -14), (9, -2), (9, 6), (5, 11), (0, 11),
    (-5, 11), (-9, 6), (-9, -2),
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

_UP: Point = (0.0, 0.0)


def _shapes(*shapes: Shape) -> str:
    return "".join(map(element, merged(shapes)))


def _along(length: float) -> tuple[Point, Point]:
    """Return both ends of a bone."""
    return _UP, (0.0, -length)


def _limb(length: float, thick: float, thin: float) -> str:
    start, end = _along(length)
    return capsule((start, thick), (end, thin))


def _head(front: bool) -> str:
    skin, hair, lines = (
        (_FRONT, _FRONT_HAIR, _FRONT_LINES) if front else (_PROFILE, _PROFILE_HAIR, _PROFILE_LINES)
    )
    place = placing((0.0, -BONES["head"]), 0)
    return _shapes(
        Shape("skin", 0, cubic(place(skin))),
        Shape("hair", 0, cubic(place(hair))),
        *(Shape("hair", 1.2, quadratic(place(one))) for one in lines),
    )


_HEADS = {"ahead": _head(front=False), "viewer": _head(front=True)}
_NECK = _shapes(Shape("skin", 9, line(_along(BONES["neck"] + 6))))
_PELVIS = _shapes(Shape("top", 0, capsule(((0, -5.6), 9.9), ((0, -BONES["pelvis"]), 8.8))))
_CHEST = _shapes(
    Shape("top", 0, _limb(13.5, 8.8, 10.6)),
    Shape("top", 0, capsule(((0, -13.5), 10.6), ((0, -24), 7))),
)
_SEAT = _shapes(Shape("leg", 0, _limb(4.2, 10.5, 9.9)))


@dataclass(frozen=True)
class Rig:
    """The body in the first of some poses, moving through the others where there are any.

    All of them must have the same facing and gaze.
    """

    poses: Sequence[Pose]

    def svg(self, between: str) -> str:
        """Return the body as SVG, with what lies between the near and the far limbs."""
        far = self._chest(self._arm("far")) + self._leg("far")
        near = (
            self._chest(self._neck(_NECK))
            + _PELVIS
            + self._chest(_CHEST + self._neck(self._turned("nod", "neck", self._face)))
            + self._leg("near")
            + _SEAT
            + self._chest(self._arm("near"))
        )
        if between:
            return self._placed(far) + between + self._placed(near)
        return self._placed(far + near)

    @property
    def _face(self) -> str:
        return _HEADS[self.poses[0].gaze]

    @cached_property
    def _angles(self) -> list[Mapping[str, float]]:
        return [_turns(pose) for pose in self.poses]

    def _placed(self, inner: str) -> str:
        (x, y), mirror = self.poses[0].root, self.poses[0].facing == "left"
        sign = -1 if mirror else 1
        steps = [((px - x) * sign, py - y) for px, py in (pose.root for pose in self.poses)]
        flip = "scale(-1 1)" if mirror else ""
        moves = _animation("translate", [f"{n(dx)} {n(dy)}" for dx, dy in steps])
        body = self._group("lean", "", inner)
        return f'<g transform="translate({n(x)} {n(y)}){flip}">{moves}{body}</g>'

    def _chest(self, inner: str) -> str:
        return self._turned("waist", "pelvis", inner)

    def _neck(self, inner: str) -> str:
        return self._turned("neck", "chest", inner)

    def _arm(self, side: str) -> str:
        tone = "-far" if side == "far" else ""
        hand = Shape(f"skin{tone}", 7, line(_along(BONES["hand"])))
        fore = Shape(f"skin{tone}", 7, line(_along(BONES["forearm"])))
        upper = Shape(f"sleeve{tone}", 10.6, line(_along(BONES["upper-arm"])))
        wrist = self._turned(f"{side}-wrist", "forearm", _shapes(hand))
        elbow = self._turned(f"{side}-elbow", "upper-arm", wrist + _shapes(fore))
        return self._group(
            f"{side}-shoulder", f"translate(0-{n(SHOULDER)})", elbow + _shapes(upper)
        )

    def _leg(self, side: str) -> str:
        tone = "-far" if side == "far" else ""
        # Heel and toes lie a little below the ankle, towards the sole.
        sock = Shape(f"sock{tone}", 6.6, line(((1.0, 3.0), (2.2, -BONES["foot"]))))
        shank = Shape(f"leg{tone}", 0, _limb(BONES["shank"], 6.4, 4.4))
        thigh = Shape(f"leg{tone}", 0, _limb(BONES["thigh"], 9.6, 6.4))
        ankle = self._turned(f"{side}-ankle", "shank", _shapes(sock))
        knee = self._turned(f"{side}-knee", "thigh", ankle + _shapes(shank))
        return self._group(f"{side}-hip", "", knee + _shapes(thigh))

    def _turned(self, joint: str, bone: str, inner: str) -> str:
        """Return what hangs on the far end of a bone, turned about that joint."""
        return self._group(joint, f"translate(0-{n(BONES[bone])})", inner)

    def _group(self, joint: str, offset: str, inner: str) -> str:
        first, *_ = turns = [angles[joint] for angles in self._angles]
        moves = _animation("rotate", [n(turn - first) for turn in turns])
        return f'<g transform="{offset}rotate({n(first)})">{moves}{inner}</g>'


def _turns(pose: Pose) -> Mapping[str, float]:
    """Return by how many degrees each joint turns what hangs on it, clockwise when facing right."""
    turns = {"lean": pose.lean, "waist": pose.waist, "neck": pose.neck, "nod": pose.nod}
    for side, limbs in (("far", pose.far), ("near", pose.near)):
        turns |= {
            f"{side}-shoulder": 180 - limbs.shoulder,
            f"{side}-elbow": -limbs.elbow,
            f"{side}-wrist": -limbs.wrist,
            f"{side}-hip": 180 - limbs.hip,
            f"{side}-knee": limbs.knee,
            f"{side}-ankle": -90 - limbs.ankle,
        }
    return turns


def _animation(kind: str, values: Sequence[str]) -> str:
    """Return what moves a group through the values and back, or nothing where they are the same."""
    if len(set(values)) == 1:
        return ""
    stops = [stop for value in (*values, values[0]) for stop in (value, value)][:-1]
    last = len(stops) - 1
    times = ";".join(f"{place / last:.3g}" for place in range(last + 1))
    ease = ";".join([".4 0 .6 1"] * last)
    return (
        f'<animateTransform attributeName="transform" type="{kind}" additive="sum"'
        f' dur="{2 * last}s" repeatCount="indefinite" calcMode="spline"'
        f' keyTimes="{times}" keySplines="{ease}" values="{";".join(stops)}"/>'
    )
