"""A body from its side: the same shapes every time, each turned about its joint.

The shapes are those of a body that stands upright and faces right, its hips at (0, 0). A pose only
turns them, so drawings differ in a few small numbers and compress to almost nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from webapp.figures import head
from webapp.figures.body import BONES, SHOULDER
from webapp.figures.paths import Group, Part, Shape, capsule, line, mirrored, moved, turned
from webapp.knowledge.poses import Limbs, Point, SidePose

_HIP: Point = (0, 0)
_WAIST: Point = (0, -BONES["pelvis"])
_NAPE: Point = (0, _WAIST[1] - BONES["chest"])
_THROAT: Point = (0, _NAPE[1] - BONES["neck"])
_HEAD: Point = (0, _THROAT[1] - BONES["head"])
_SHOULDER: Point = (0, _WAIST[1] - SHOULDER)
_ELBOW: Point = (0, _SHOULDER[1] + BONES["upper-arm"])
_WRIST: Point = (0, _ELBOW[1] + BONES["forearm"])
_HAND: Point = (0, _WRIST[1] + BONES["hand"])
_KNEE: Point = (0, BONES["thigh"])
_ANKLE: Point = (0, _KNEE[1] + BONES["shank"])
_HEEL: Point = (-3, _ANKLE[1] + 1)
_TOE: Point = (BONES["foot"], _ANKLE[1] + 2.2)

_SEAT = capsule((_HIP, 10.5), ((0, -4.2), 9.9))
_PELVIS = capsule(((0, -5.6), 9.9), (_WAIST, 8.8))
_RIBS = capsule((_WAIST, 8.8), ((0, -27.5), 10.6))
_CHEST = capsule(((0, -27.5), 10.6), ((0, -38), 7))
_BELLY = capsule(((0, -12), 7.6), ((0, -22), 8.4))
_NECK = line((0, -45), _HEAD)


def side_figure(body: SidePose, between: Iterable[Part]) -> tuple[Part, ...]:
    """The body from back to front, with the things that lie between its legs."""
    place = _placing(body)
    far = (_on_chest(body, _arm(body.far, "-far")), _leg(body.far, "-far"))
    near = (
        Shape("top", 0, _PELVIS),
        _on_chest(body, *_chest(body)),
        _leg(body.near, ""),
        Shape("leg", 0, _SEAT),
        _on_chest(body, _arm(body.near, "")),
    )
    if things := tuple(between):
        return place(*far), *things, place(*near)
    return (place(*far, *near),)


def _placing(body: SidePose) -> Callable[..., Part]:
    def place(*parts: Part) -> Part:
        whole = turned(body.lean, _HIP, *parts)
        return moved(body.root, whole if body.facing == "right" else mirrored(whole))

    return place


def _on_chest(body: SidePose, *parts: Part) -> Group:
    return turned(body.waist, _WAIST, *parts)


def _chest(body: SidePose) -> tuple[Part, ...]:
    shapes = head.facing(0) if body.gaze == "viewer" else head.profile()
    nodding = turned(body.nod, _THROAT, moved(_HEAD, *shapes))
    return (
        moved((body.belly, 0), Shape("top", 0, _BELLY)),
        Shape("top", 0, _RIBS + _CHEST),
        turned(body.neck, _NAPE, Shape("skin", 9, _NECK), nodding),
    )


def _arm(limbs: Limbs, tone: str) -> Group:
    hand = turned(-limbs.wrist, _WRIST, Shape("skin" + tone, 7, line(_WRIST, _HAND)))
    forearm = Shape("skin" + tone, 7, line(_ELBOW, _WRIST))
    return turned(
        -limbs.shoulder,
        _SHOULDER,
        turned(-limbs.elbow, _ELBOW, hand, forearm),
        Shape("sleeve" + tone, 10.6, line(_SHOULDER, _ELBOW)),
    )


def _leg(limbs: Limbs, tone: str) -> Group:
    foot = turned(-limbs.ankle, _ANKLE, Shape("sock" + tone, 6.6, line(_HEEL, _TOE)))
    shank = Shape("leg" + tone, 0, capsule((_KNEE, 6.4), (_ANKLE, 4.4)))
    thigh = Shape("leg" + tone, 0, capsule((_HIP, 9.6), (_KNEE, 6.4)))
    return turned(-limbs.hip, _HIP, turned(limbs.knee, _KNEE, foot, shank), thigh)
