"""Poses as data: what the file may say, and what each pose is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from webapp.offline.figures.paths import Point
from webapp.offline.figures.props import PROPS, Prop

# How far each joint goes, in degrees; bending is positive, nothing bends the wrong way.
RANGES = {
    "lean": (-180.0, 180.0), "waist": (-40.0, 60.0), "neck": (-40.0, 50.0), "nod": (-30.0, 30.0),
    "shoulder": (-60.0, 180.0), "elbow": (0.0, 150.0), "wrist": (-80.0, 90.0),
    "hip": (-20.0, 140.0), "knee": (0.0, 155.0), "ankle": (-65.0, 30.0),
}  # fmt: skip


@dataclass(frozen=True)
class Limbs:
    """The angles of one arm and one leg."""

    shoulder: float
    elbow: float
    wrist: float
    hip: float
    knee: float
    ankle: float


@dataclass(frozen=True)
class Pose:
    """One drawing as data: a body, its angles, what it rests on, and where it moves."""

    id: str
    shows: str
    facing: str
    gaze: str
    root: Point
    lean: float
    waist: float
    neck: float
    nod: float
    near: Limbs
    far: Limbs
    props: tuple[Prop, ...]
    arrows: tuple[tuple[Point, Point, Point], ...]


class _Entry:
    """One mapping of the pose file, which names the pose and the key when it refuses."""

    def __init__(self, where: str, raw: object, path: str = "") -> None:
        if not isinstance(raw, dict):
            raise ValueError(f"{where}: '{path}' must be keys and values, found {raw!r}")
        self._where = where
        self._path = path
        self._raw: dict[Any, Any] = dict(raw)

    def _take(self, key: str) -> Any:
        if key not in self._raw:
            raise self.refusal(key, "is missing")
        return self._raw.pop(key)

    def refusal(self, key: str, why: str) -> ValueError:
        """The error that says where and why."""
        return ValueError(f"{self._where}: key '{self._inner(key)}' {why}")

    def text(self, key: str) -> str:
        """A sentence that is not empty."""
        value = self._take(key)
        if not isinstance(value, str) or not value.strip():
            raise self.refusal(key, f"must be text, found {value!r}")
        return value.strip()

    def choice(self, key: str, options: Iterable[str], default: str | None = None) -> str:
        """One of the options; the default, if there is one, when the key is left out."""
        if default is not None and key not in self._raw:
            return default
        value = self._take(key)
        if value not in (known := sorted(options)):
            raise self.refusal(key, f"must be one of {', '.join(known)}, found {value!r}")
        return str(value)

    def angle(self, key: str, default: float | None = None) -> float:
        """Degrees within the range of the joint, or of any turn."""
        if default is not None and key not in self._raw:
            return default
        low, high = RANGES.get(key, (-180.0, 180.0))
        value = _number(self._take(key))
        if value is None or not low <= value <= high:
            raise self.refusal(key, f"must be a number from {low:g} to {high:g}")
        return value

    def point(self, key: str) -> Point:
        """Two numbers."""
        return self._as_point(key, self._take(key))

    def points(self, key: str) -> tuple[Point, ...]:
        """A list of points."""
        value = self._take(key)
        if not isinstance(value, list):
            raise self.refusal(key, f"must be a list of points, found {value!r}")
        return tuple(self._as_point(key, item) for item in value)

    def entry(self, key: str) -> _Entry:
        """The mapping under a key."""
        return _Entry(self._where, self._take(key), self._inner(key))

    def entries(self, key: str) -> list[_Entry]:
        """The mappings listed under a key, none when it is left out."""
        raw = self._raw.pop(key, [])
        if not isinstance(raw, list):
            raise self.refusal(key, f"must be a list, found {raw!r}")
        path = self._inner(key)
        return [_Entry(self._where, item, f"{path}[{i}]") for i, item in enumerate(raw)]

    def end(self) -> None:
        """Nothing; refuses the keys that nobody asked for."""
        for key in self._raw:
            raise self.refusal(key, "is not known here")

    def _inner(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def _as_point(self, key: str, value: object) -> Point:
        numbers = [_number(item) for item in value] if isinstance(value, list) else []
        match numbers:
            case [float(x), float(y)]:
                return x, y
        raise self.refusal(key, f"must be two numbers, found {value!r}")


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def load_poses(path: Path) -> dict[str, Pose]:
    """The poses of a file by their id; ValueError names the pose and the key that is wrong."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise ValueError(f"{path.name}: expected poses by their id")
    return {
        str(key): _pose(str(key), _Entry(f"{path.name}: pose '{key}'", raw[key])) for key in raw
    }


def _pose(pose_id: str, entry: _Entry) -> Pose:
    pose = Pose(
        id=pose_id,
        shows=entry.text("shows"),
        facing=entry.choice("facing", ("left", "right")),
        gaze=entry.choice("gaze", ("ahead", "viewer"), "ahead"),
        root=entry.point("root"),
        lean=entry.angle("lean"),
        waist=entry.angle("waist"),
        neck=entry.angle("neck"),
        nod=entry.angle("nod"),
        near=_limbs(entry.entry("near")),
        far=_limbs(entry.entry("far")),
        props=tuple(_prop(item) for item in entry.entries("props")),
        arrows=tuple(_arrow(item) for item in entry.entries("arrows")),
    )
    entry.end()
    return pose


def _limbs(entry: _Entry) -> Limbs:
    limbs = Limbs(**{joint: entry.angle(joint) for joint in Limbs.__dataclass_fields__})
    entry.end()
    return limbs


def _prop(entry: _Entry) -> Prop:
    prop = Prop(
        kind=entry.choice("kind", PROPS),
        at=entry.point("at"),
        size=entry.point("size"),
        turn=entry.angle("turn", 0.0),
        layer=entry.choice("layer", ("behind", "between", "front"), "behind"),
    )
    entry.end()
    return prop


def _arrow(entry: _Entry) -> tuple[Point, Point, Point]:
    points = entry.points("through")
    entry.end()
    match points:
        case (start, bend, end):
            return start, bend, end
    raise entry.refusal("through", "must have three points: start, bend, end")
