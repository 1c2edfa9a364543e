"""Poses to drawings: one body, many joint angles, one small standalone SVG for each pose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import acos, atan2, copysign, cos, degrees, hypot, radians, sin
from pathlib import Path
from string import ascii_letters
from typing import Any, Literal

import yaml

Point = tuple[float, float]
Circle = tuple[Point, float]
# One stretch of a path: its SVG command, what stands before the points, the points.
Stretch = tuple[str, str, tuple[Point, ...]]

WIDTH, HEIGHT = 240, 160

# Lengths of the bones, in drawing units: an adult of 142 from sole to crown.
BONES = {
    "pelvis": 14.0, "chest": 27.0, "neck": 7.0, "head": 9.0,
    "upper-arm": 25.0, "forearm": 22.0, "hand": 6.5,
    "thigh": 34.0, "shank": 34.0, "foot": 11.2,
}  # fmt: skip
SHOULDER = 21.0  # how far up the chest bone the arms begin

# How far each joint goes, in degrees; bending is positive, nothing bends the wrong way.
RANGES = {
    "lean": (-180.0, 180.0), "waist": (-40.0, 60.0), "neck": (-40.0, 50.0), "nod": (-30.0, 30.0),
    "shoulder": (-60.0, 180.0), "elbow": (0.0, 150.0), "wrist": (-80.0, 90.0),
    "hip": (-20.0, 140.0), "knee": (0.0, 155.0), "ankle": (-65.0, 30.0),
}  # fmt: skip

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


# Class: colour by day and on paper, colour by night. "far" is the side away from the viewer.
_COLOURS = {
    "ground": ("#899", "#789"),
    "wood": ("#a74", "#c96"),
    "sheet": ("#cde", "#345"),
    "cloth": ("#abc", "#567"),
    "pillow": ("#ec7", "#db6"),
    "warm": ("#c43", "#f86"),
    "cold": ("#27c", "#7bf"),
    "sleeve-far": ("#8cb", "#377"),
    "leg-far": ("#8ab", "#468"),
    "sock-far": ("#789", "#68a"),
    "skin-far": ("#dba", "#976"),
    "skin": ("#c86", "#eb9"),
    "leg": ("#246", "#9be"),
    "sock": ("#134", "#def"),
    "top": ("#298", "#6cb"),
    "sleeve": ("#177", "#8ed"),
    "hair": ("#322", "#865"),
    "move": ("#b41", "#fb7"),
}


Scheme = Literal["day", "night"]
SCHEMES: tuple[Scheme, ...] = ("day", "night")
_LOW = 96
_HEADROOM = 14


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
class Prop:
    """A thing in the drawing: what it is, where, how large, how turned, and in which layer."""

    kind: str
    at: Point
    size: Point
    turn: float
    layer: str


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


@dataclass(frozen=True)
class Shape:
    """A piece of a drawing: its class, the width of its line (0: filled), its path."""

    style: str
    width: float
    path: str


# --- reading -------------------------------------------------------------------------------


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
        kind=entry.choice("kind", _PROPS),
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


# --- the body ------------------------------------------------------------------------------


def skeleton(pose: Pose) -> dict[str, Point]:
    """Where each joint of the pose lies in the drawing."""
    chest = pose.lean + pose.waist
    hip = (0.0, 0.0)
    waist = _step(hip, pose.lean, BONES["pelvis"])
    nape = _step(waist, chest, BONES["chest"])
    throat = _step(nape, chest + pose.neck, BONES["neck"])
    joints = {
        "hip": hip,
        "waist": waist,
        "shoulder": _step(waist, chest, SHOULDER),
        "nape": nape,
        "throat": throat,
        "head": _step(throat, chest + pose.neck + pose.nod, BONES["head"]),
    }
    for side, limbs in (("far", pose.far), ("near", pose.near)):
        joints |= _arm(side, limbs, joints["shoulder"], chest + 180)
        joints |= _leg(side, limbs, hip, pose.lean + 180)
    mirror = 1 if pose.facing == "right" else -1
    return {name: (pose.root[0] + mirror * x, pose.root[1] + y) for name, (x, y) in joints.items()}


def _step(start: Point, heading: float, length: float) -> Point:
    # A heading is measured from straight up, towards the side the body faces.
    angle = radians(heading)
    return start[0] + length * sin(angle), start[1] - length * cos(angle)


def _arm(side: str, limbs: Limbs, shoulder: Point, hanging: float) -> dict[str, Point]:
    upper = hanging - limbs.shoulder
    fore = upper - limbs.elbow
    elbow = _step(shoulder, upper, BONES["upper-arm"])
    wrist = _step(elbow, fore, BONES["forearm"])
    hand = _step(wrist, fore - limbs.wrist, BONES["hand"])
    return {f"{side}-elbow": elbow, f"{side}-wrist": wrist, f"{side}-hand": hand}


def _leg(side: str, limbs: Limbs, hip: Point, hanging: float) -> dict[str, Point]:
    thigh = hanging - limbs.hip
    shank = thigh + limbs.knee
    foot = shank - 90 - limbs.ankle
    knee = _step(hip, thigh, BONES["thigh"])
    ankle = _step(knee, shank, BONES["shank"])
    # Heel and toes lie a little below the ankle, towards the sole.
    heel = _step(_step(ankle, foot, -3), foot + 90, 1)
    toe = _step(_step(ankle, foot, BONES["foot"]), foot + 90, 2.2)
    return {
        f"{side}-knee": knee,
        f"{side}-ankle": ankle,
        f"{side}-heel": heel,
        f"{side}-toe": toe,
    }


# --- drawing -------------------------------------------------------------------------------


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
    tall = height(pose)
    shapes = list(_merged(_shapes(pose)))
    names = _short_names(shape.style for shape in shapes)
    paths = "".join(_path_element(shape, names[shape.style]) for shape in shapes)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img"'
        f' viewBox="0 {HEIGHT - tall} {WIDTH} {tall}"'
        ' fill="currentColor" stroke="currentColor"'
        ' stroke-linecap="round" stroke-linejoin="round">'
        f"<style>{_style(names, scheme)}</style>{paths}</svg>"
    )


def _short_names(styles: Iterable[str]) -> dict[str, str]:
    # A letter for each class in use: every drawing travels to every phone.
    return dict(zip(dict.fromkeys(styles), ascii_letters, strict=False))


def _style(names: dict[str, str], scheme: Scheme) -> str:
    place = SCHEMES.index(scheme)
    return "".join(f".{short}{{color:{_COLOURS[name][place]}}}" for name, short in names.items())


def _path_element(shape: Shape, name: str) -> str:
    line = f' stroke-width="{_n(shape.width)}"' if shape.width else ""
    hollow = ' fill="none"' if shape.width and set("cq") & set(shape.path) else ""
    return f'<path class="{name}"{line}{hollow} d="{shape.path}"/>'


def _merged(shapes: Iterable[Shape]) -> Iterator[Shape]:
    # Neighbours that look alike are one path: fewer bytes, no hairline where they overlap.
    for (style, width), alike in groupby(shapes, key=lambda shape: (shape.style, shape.width)):
        yield Shape(style, width, "".join(shape.path for shape in alike))


def _shapes(pose: Pose) -> Iterator[Shape]:
    joints = skeleton(pose)
    yield from _props(pose, "behind")
    yield from _arm_shapes(joints, "far", "-far")
    yield from _leg_shapes(joints, "far", "-far")
    yield from _props(pose, "between")
    yield from _trunk(joints)
    yield from _head(joints, pose)
    yield from _leg_shapes(joints, "near", "")
    yield from _seat(joints)
    yield from _arm_shapes(joints, "near", "")
    yield from _props(pose, "front")
    for arrow in pose.arrows:
        yield from _arrow_shapes(*arrow)


def _trunk(joints: dict[str, Point]) -> Iterator[Shape]:
    hip, waist, nape = joints["hip"], joints["waist"], joints["nape"]
    ribs, collar = _between(waist, nape, 0.5), _between(waist, nape, 0.89)
    yield Shape("skin", 9, _line((nape, joints["head"])))
    for ends in (
        ((_between(hip, waist, 0.4), 9.9), (waist, 8.8)),
        ((waist, 8.8), (ribs, 10.6)),
        ((ribs, 10.6), (collar, 7)),
    ):
        yield Shape("top", 0, _capsule(*ends))


def _seat(joints: dict[str, Point]) -> Iterator[Shape]:
    hip, waist = joints["hip"], joints["waist"]
    yield Shape("leg", 0, _capsule((hip, 10.5), (_between(hip, waist, 0.3), 9.9)))


def _leg_shapes(joints: dict[str, Point], side: str, tone: str) -> Iterator[Shape]:
    knee, ankle = joints[f"{side}-knee"], joints[f"{side}-ankle"]
    yield Shape("sock" + tone, 6.6, _line((joints[f"{side}-heel"], joints[f"{side}-toe"])))
    yield Shape("leg" + tone, 0, _capsule((joints["hip"], 9.6), (knee, 6.4)))
    yield Shape("leg" + tone, 0, _capsule((knee, 6.4), (ankle, 4.4)))


def _arm_shapes(joints: dict[str, Point], side: str, tone: str) -> Iterator[Shape]:
    elbow, wrist, hand = (joints[f"{side}-{name}"] for name in ("elbow", "wrist", "hand"))
    yield Shape("skin" + tone, 7, _line((elbow, wrist, hand)))
    yield Shape("sleeve" + tone, 10.6, _line((joints["shoulder"], elbow)))


def _head(joints: dict[str, Point], pose: Pose) -> Iterator[Shape]:
    front = pose.gaze == "viewer"
    skin, hair, lines = (
        (_FRONT, _FRONT_HAIR, _FRONT_LINES) if front else (_PROFILE, _PROFILE_HAIR, _PROFILE_LINES)
    )
    (x, y), (below_x, below_y) = joints["head"], joints["throat"]
    turn = degrees(atan2(x - below_x, below_y - y))
    place = _placing((x, y), turn, 1 if pose.facing == "right" else -1)
    yield Shape("skin", 0, _cubic(place(skin)))
    yield Shape("hair", 0, _cubic(place(hair)))
    for line in lines:
        yield Shape("hair", 1.2, _quadratic(place(line)))


def _arrow_shapes(start: Point, bend: Point, end: Point) -> Iterator[Shape]:
    yield Shape("move", 3.4, _quadratic((start, bend, end)))
    turn = degrees(atan2(end[1] - bend[1], end[0] - bend[0]))
    yield Shape("move", 3.4, _line(_placing(end, turn)(((-6, -5.5), (0, 0), (-6, 5.5)))))


# --- props: furniture stands on its floor point, soft things lie about their centre ---------


def _props(pose: Pose, layer: str) -> Iterator[Shape]:
    for prop in pose.props:
        if prop.layer == layer:
            yield from _PROPS[prop.kind](prop)


def _floor(prop: Prop) -> Iterator[Shape]:
    (x, y), (width, _) = prop.at, prop.size
    yield Shape("ground", 2, _line(((x, y + 1), (x + width, y + 1))))


def _wall(prop: Prop) -> Iterator[Shape]:
    (x, y), (width, height) = prop.at, prop.size
    yield Shape("cloth", width, _line(((x, y - width / 2), (x, y - height))))


def _chair(prop: Prop) -> Iterator[Shape]:
    # `at` is the foot of the back leg; a negative width makes the chair face left.
    (x, y), (width, height) = prop.at, prop.size
    seat, foot = y - height + 2.5, y - 2.5
    yield Shape("wood", 5, _line(((x - 0.12 * width, seat - 46), (x, seat), (x, foot))))
    yield Shape("wood", 5, _line(((x, seat), (x + width, seat), (x + width, foot))))


def _sofa(prop: Prop) -> Iterator[Shape]:
    (x, y), (width, height) = prop.at, prop.size
    back, front = x + copysign(9, width), x + width - copysign(9, width)
    for leg in (back, front):
        yield Shape("wood", 5, _line(((leg, y - 6), (leg, y - 2.5))))
    yield Shape("cloth", 18, _line(((back, y - 15), (back, y - height - 26))))
    yield _padded("sheet", (x + width / 2, y - height / 2 - 2.5), (abs(width), height - 5), 14)


def _stool(prop: Prop) -> Iterator[Shape]:
    (x, y), (width, height) = prop.at, prop.size
    top, foot = y - height + 2.5, y - 2.5
    for inner, outer in ((x + 5, x + 2), (x + width - 5, x + width - 2)):
        yield Shape("wood", 5, _line(((inner, top), (outer, foot))))
    yield Shape("wood", 5, _line(((x, top), (x + width, top))))


def _worktop(prop: Prop) -> Iterator[Shape]:
    (x, y), (width, height) = prop.at, prop.size
    middle = (x + width / 2 + 3, y - height / 2 + 1)
    yield _padded("cloth", middle, (width - 6, height - 2), 2)
    yield Shape("wood", 5, _line(((x, y - height + 2.5), (x + width, y - height + 2.5))))


def _bed(prop: Prop) -> Iterator[Shape]:
    # Seen from the side: the headboard at the left, the free edge at the right.
    (x, y), (width, height) = prop.at, prop.size
    frame, foot = y - height + 21, x + width - 8
    yield Shape("wood", 5, _line(((x, y - height - 22), (x, y - 2.5))))
    yield Shape("wood", 5, _line(((x, frame), (foot, frame), (foot, y - 2.5))))
    yield Shape("sheet", 20, _line(((x + 12, frame - 11), (x + width - 10, frame - 11))))


def _mattress(prop: Prop) -> Iterator[Shape]:
    # A bed seen from above: the headboard at the left, then the sheet.
    (x, y), (width, height) = prop.at, prop.size
    edge, half = x - width / 2, height / 2
    yield Shape("wood", 5, _line(((edge, y - half), (edge, y + half))))
    yield _padded("sheet", (x + 2, y), (width - 4, height - 6), 18)


def _pillow(prop: Prop) -> Iterator[Shape]:
    yield _stuffed("pillow", prop.at, prop.size, prop.turn)


def _warm_pack(prop: Prop) -> Iterator[Shape]:
    # A hot water bottle in its cover: neck, body, and the ribs of the knitting.
    (width, height), place = prop.size, _placing(prop.at, prop.turn)
    top, rib = -height / 2, width / 2 - 3.5
    yield Shape("warm", 7, _line(place(((0, top), (0, top - 2)))))
    yield _stuffed("warm", prop.at, prop.size, prop.turn)
    for level in (-4, 4):
        yield Shape("pillow", 1.4, _line(place(((-rib, level), (rib, level)))))


def _cold_pack(prop: Prop) -> Iterator[Shape]:
    # The cold pack looks out of the cloth around it.
    (width, height), place = prop.size, _placing(prop.at, prop.turn)
    yield _stuffed("cold", prop.at, (width - 2, height), prop.turn)
    yield _stuffed("pillow", place(((0, 4),))[0], (width, height - 8), prop.turn)


def _warmth(prop: Prop) -> Iterator[Shape]:
    (x, y), (width, height) = prop.at, prop.size
    low, high = y + height / 2, y - height / 2
    for wave in (x - width / 2, x + width / 2):
        points = ((wave, low), (wave - 6, y), (wave + 6, y), (wave, high))
        yield Shape("warm", 2.4, _cubic(points))


def _frost(prop: Prop) -> Iterator[Shape]:
    half = prop.size[0] / 2
    for turn in (0, 60, 120):
        yield Shape("cold", 2.4, _line(_placing(prop.at, turn)(((0, -half), (0, half)))))


_PROPS: dict[str, Callable[[Prop], Iterator[Shape]]] = {
    "floor": _floor,
    "wall": _wall,
    "chair": _chair,
    "sofa": _sofa,
    "stool": _stool,
    "worktop": _worktop,
    "bed": _bed,
    "mattress": _mattress,
    "pillow": _pillow,
    "warm-pack": _warm_pack,
    "cold-pack": _cold_pack,
    "warmth": _warmth,
    "frost": _frost,
}


# --- geometry to paths ---------------------------------------------------------------------


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def _placing(
    at: Point, turn: float, mirror: int = 1
) -> Callable[[Iterable[Point]], tuple[Point, ...]]:
    # Clockwise by the turn, after mirroring left and right.
    c, s = cos(radians(turn)), sin(radians(turn))

    def place(points: Iterable[Point]) -> tuple[Point, ...]:
        return tuple(
            (at[0] + mirror * x * c - y * s, at[1] + mirror * x * s + y * c) for x, y in points
        )

    return place


def _capsule(first: Circle, second: Circle) -> str:
    """The outline of a limb that tapers from one circle to another."""
    (a, ra), (b, rb) = first, second
    along = atan2(b[1] - a[1], b[0] - a[0])
    spread = acos((ra - rb) / hypot(b[0] - a[0], b[1] - a[1]))
    sides = (along - spread, along + spread)
    (a0, a1), (b0, b1) = (
        [(at[0] + r * cos(t), at[1] + r * sin(t)) for t in sides] for at, r in (first, second)
    )
    return _path(
        ("M", "", (a0,)),
        ("l", "", (b0,)),
        ("a", f"{_n(rb)} {_n(rb)} 0 {int(rb > ra)} 1 ", (b1,)),
        ("l", "", (a1,)),
        ("a", f"{_n(ra)} {_n(ra)} 0 {int(ra > rb)} 1 ", (a0,)),
    )


def _stuffed(style: str, at: Point, size: Point, turn: float) -> Shape:
    """A pillow or the like: round at both ends of its longer side."""
    thick, rest = min(size), abs(size[0] - size[1]) / 2
    ends = ((-rest, 0), (rest, 0)) if size[0] > size[1] else ((0, -rest), (0, rest))
    return Shape(style, thick, _line(_placing(at, turn)(ends)))


def _padded(style: str, at: Point, size: Point, rounding: float) -> Shape:
    """A rectangle whose corners are rounded by the line around it."""
    x, y = (size[0] - rounding) / 2, (size[1] - rounding) / 2
    start, *rest = _placing(at, 0)(((-x, -y), (x, -y), (x, y), (-x, y)))
    sides = (("l", "", (corner,)) for corner in rest)
    return Shape(style, rounding, _path(("M", "", (start,)), *sides) + "z")


def _cubic(points: tuple[Point, ...]) -> str:
    curves = (("c", "", points[i : i + 3]) for i in range(1, len(points), 3))
    return _path(("M", "", points[:1]), *curves)


def _quadratic(points: tuple[Point, ...]) -> str:
    return _path(("M", "", points[:1]), ("q", "", points[1:]))


def _line(points: tuple[Point, ...]) -> str:
    # The pen is lifted at every corner: nothing is enclosed, so nothing is filled.
    strokes: list[Stretch] = [("M", "", points[:1])]
    for corner, point in pairwise(points):
        strokes += [("m", "", (corner,)), ("l", "", (point,))]
    return _path(strokes[0], *strokes[2:])


def _path(*stretches: Stretch) -> str:
    """Path data: it starts at a place, then every point is told from where the pen stands."""
    pen, data = (0.0, 0.0), ""
    for command, lead, points in stretches:
        ends = [(round(x, 1), round(y, 1)) for x, y in points]
        steps = (_n(end[axis] - pen[axis]) for end in ends for axis in (0, 1))
        data += command + lead + " ".join(steps).replace(" -", "-")
        pen = ends[-1]
    return data


def _n(value: float) -> str:
    # Adding zero turns -0.0, which would be written "-0", into 0.0; ".5" stands for "0.5".
    text = f"{round(value, 1) + 0.0:g}"
    return text.replace("0.", ".", 1) if abs(value) < 1 else text
