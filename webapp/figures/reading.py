"""The pose file to poses; whatever is wrong is refused by pose and key."""

from __future__ import annotations

from pathlib import Path

import yaml

from webapp.figures.body import FRONT_RANGES, RANGES
from webapp.figures.entry import Entry
from webapp.figures.pose import (
    FrontBody,
    FrontLimbs,
    Limbs,
    Point,
    Pose,
    Prop,
    SideBody,
)
from webapp.figures.props import KINDS

_WHOLE = {"face": 0.0, "turn": 0.0, "shrug": 0.0} | dict.fromkeys(
    ("arm", "forearm", "thigh", "shank"), 1.0
)


def load_poses(path: Path) -> dict[str, Pose]:
    """The poses of a file by their id; ValueError names the pose and the key that is wrong."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise ValueError(f"{path.name}: expected poses by their id")
    return {str(key): _pose(str(key), Entry(f"{path.name}: pose '{key}'", raw[key])) for key in raw}


def _pose(pose_id: str, entry: Entry) -> Pose:
    view = entry.choice("view", ("side", "front", "back"), "side")
    pose = Pose(
        id=pose_id,
        shows=entry.text("shows"),
        facing=entry.choice("facing", ("left", "right"), "right"),
        root=entry.point("root"),
        body=_side(entry) if view == "side" else _front(entry, view == "back"),
        props=tuple(_prop(item) for item in entry.entries("props")),
        arrows=tuple(_arrow(item) for item in entry.entries("arrows")),
    )
    entry.end()
    return pose


def _side(entry: Entry) -> SideBody:
    return SideBody(
        gaze=entry.choice("gaze", ("ahead", "viewer"), "ahead"),
        lean=_joint(entry, "lean"),
        waist=_joint(entry, "waist"),
        belly=entry.number("belly", 0, 6, 0.0),
        neck=_joint(entry, "neck"),
        nod=_joint(entry, "nod"),
        near=_limbs(entry.entry("near")),
        far=_limbs(entry.entry("far")),
    )


def _joint(entry: Entry, name: str) -> float:
    return entry.number(name, *RANGES[name])


def _limbs(entry: Entry) -> Limbs:
    limbs = Limbs(**{name: _joint(entry, name) for name in Limbs.__dataclass_fields__})
    entry.end()
    return limbs


def _front(entry: Entry, back: bool) -> FrontBody:
    return FrontBody(
        back=back,
        lean=_seen(entry, "lean"),
        waist=_seen(entry, "waist"),
        turn=_seen(entry, "turn"),
        neck=_seen(entry, "neck"),
        face=_seen(entry, "face"),
        shrug=_seen(entry, "shrug"),
        left=_front_limbs(entry.entry("left")),
        right=_front_limbs(entry.entry("right")),
    )


def _seen(entry: Entry, name: str) -> float:
    return entry.number(name, *FRONT_RANGES[name], _WHOLE.get(name))


def _front_limbs(entry: Entry) -> FrontLimbs:
    limbs = FrontLimbs(**{name: _seen(entry, name) for name in FrontLimbs.__dataclass_fields__})
    entry.end()
    return limbs


def _prop(entry: Entry) -> Prop:
    prop = Prop(
        kind=entry.choice("kind", KINDS),
        at=entry.point("at"),
        size=entry.point("size"),
        turn=entry.number("turn", -180, 180, 0.0),
        layer=entry.choice("layer", ("behind", "between", "front"), "behind"),
    )
    entry.end()
    return prop


def _arrow(entry: Entry) -> tuple[Point, Point, Point]:
    points = entry.points("through")
    entry.end()
    match points:
        case (start, bend, end):
            return start, bend, end
    raise entry.refusal("through", "must have three points: start, bend, end")
