"""A body from its front or its back: limbs are lines between joints, as long as they are seen."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.figures import head
from webapp.figures.body import front_joints
from webapp.figures.paths import Part, Shape, line, mirrored, moved, quadratic, turned
from webapp.knowledge.poses import FrontPose, Point

_ORIGIN: Point = (0, 0)
_BOTH = ("left", "right")


def front_figure(body: FrontPose) -> tuple[Part, ...]:
    """The body from back to front."""
    parts = tuple(_parts(body))
    return (moved(body.root, *((mirrored(*parts),) if body.facing == "left" else parts)),)


def _parts(body: FrontPose) -> Iterator[Part]:
    joints = front_joints(body)
    if body.view == "back":
        yield from _head(joints, body)
    yield _trunk(joints)
    if body.view != "back":
        yield from _head(joints, body)
    for side in _BOTH:
        yield from _leg(joints, side)
    hips = line(joints["left-hip"], joints["right-hip"])
    yield Shape("leg", 18, hips)
    if body.view == "back":
        yield from _blades(joints, body)
    for side in _BOTH:
        yield from _arm(joints, side)


def _trunk(joints: dict[str, Point]) -> Shape:
    left, right = joints["left-shoulder"], joints["right-shoulder"]
    low_left, low_right = (_between(joints[f"{side}-hip"], joints["waist"], 0.15) for side in _BOTH)
    inner_left, inner_right = _between(left, right, 0.12), _between(right, left, 0.12)
    return Shape("top", 12, line(low_left, inner_left, inner_right, low_right) + "z")


def _head(joints: dict[str, Point], body: FrontPose) -> Iterator[Part]:
    nape, centre = joints["nape"], joints["head"]
    yield Shape("skin", 9, line(_between(nape, centre, 0.1), centre))
    tilt = body.lean + body.waist + body.neck
    shapes = head.behind() if body.view == "back" else head.facing(body.face)
    yield moved(centre, turned(tilt, _ORIGIN, *shapes))


def _leg(joints: dict[str, Point], side: str) -> Iterator[Part]:
    hip, knee, ankle = (joints[f"{side}-{name}"] for name in ("hip", "knee", "ankle"))
    toe = _between(knee, ankle, 1.1)
    yield Shape("sock", 8.4, line(ankle, toe))
    yield Shape("leg", 11, line(knee, ankle))
    yield Shape("leg", 15, line(hip, knee))


def _arm(joints: dict[str, Point], side: str) -> Iterator[Part]:
    shoulder, elbow, hand = (joints[f"{side}-{name}"] for name in ("shoulder", "elbow", "hand"))
    yield Shape("skin", 7, line(elbow, hand))
    yield Shape("sleeve", 10.6, line(shoulder, elbow))


def _blades(joints: dict[str, Point], body: FrontPose) -> Iterator[Part]:
    # The inner edge of each shoulder blade, which comes to the spine as the shoulder goes down.
    (x, y), apart = joints["nape"], 7 + body.shrug
    for sign in (-1, 1):
        edge = ((sign * (apart + 1), 5), (sign * (apart - 3), 13), (sign * (apart + 2), 19))
        yield Shape("sleeve", 2, quadratic(tuple((x + dx, y + dy) for dx, dy in edge)))


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
