"""Poses to drawings: one body, many joint angles, one small standalone SVG for each pose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import acos, atan2, cos, degrees, hypot, radians, sin
from pathlib import Path
from typing import Any

import yaml

Point = tuple[float, float]
Circle = tuple[Point, float]

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
    "lean": (-180.0, 180.0), "waist": (-30.0, 60.0), "neck": (-40.0, 50.0), "nod": (-30.0, 30.0),
    "shoulder": (-60.0, 180.0), "elbow": (0.0, 150.0), "wrist": (-80.0, 90.0),
    "hip": (-20.0, 140.0), "knee": (0.0, 155.0), "ankle": (-65.0, 30.0),
}  # fmt: skip

# The head about its centre, crown up, face to the right: cubic curves, start point first.
_PROFILE = (
    (0, -11), (5, -11), (8.6, -8), (8.7, -3.6), (8.8, -2), (10.8, 0.6), (10.9, 1.6),
    (10.9, 2.6), (9.3, 2.6), (9.1, 3.3), (9.4, 5.2), (9.1, 9), (6.4, 10.2),
    (3.4, 11.2), (-1, 9.6), (-3.5, 7), (-7.5, 6.5), (-9.5, 2), (-9.5, -1.5),
    (-9.5, -7), (-5.5, -11), (0, -11),
)  # fmt: skip
_PROFILE_HAIR = (
    (7.9, -7), (6, -11.5), (1, -12.4), (-2, -12), (-8, -11.4), (-11, -6), (-10.4, -0.5),
    (-10, 4), (-8.4, 6.8), (-5.6, 7.4), (-4.6, 4.6), (-4.4, 2.6), (-2.6, 1.4),
    (-1.4, -2.4), (0.6, -5), (3.6, -5.6), (5.4, -6), (7.2, -6.2), (7.9, -7),
)  # fmt: skip
_PROFILE_LINES = (((4.6, -1), (5.8, 0.6), (7.2, -0.6)), ((5.2, 5.8), (6.4, 7), (8, 6.4)))
_FRONT = (
    (0, -11), (5.5, -11), (9, -6.5), (9, -1), (9, 6), (5, 11), (0, 11),
    (-5, 11), (-9, 6), (-9, -1), (-9, -6.5), (-5.5, -11), (0, -11),
)  # fmt: skip
_FRONT_HAIR = (
    (9.3, 0), (10.6, -8), (6, -12.4), (0, -12.4), (-6, -12.4), (-10.6, -8), (-9.3, 0),
    (-8.6, -4), (-7, -5.6), (-4, -6.2), (0, -6.8), (8, -6), (9.3, 0),
)  # fmt: skip
_FRONT_LINES = (
    ((-5.4, -0.6), (-3.8, 1), (-2.2, -0.6)),
    ((2.2, -0.6), (3.8, 1), (5.4, -0.6)),
    ((-2.4, 5.4), (0, 7.2), (2.4, 5.4)),
)


# Class: colour by day and on paper, colour by night. "far" is the side away from the viewer.
_FILLS = {
    "sheet": ("#dbe5e8", "#2c404b"),
    "cloth": ("#b7c7cf", "#4c626e"),
    "pillow": ("#edcb78", "#d8b662"),
    "warm": ("#c8452f", "#f58467"),
    "cold": ("#2f78c8", "#7db8ff"),
    "sleeve-far": ("#8cc3bf", "#35706c"),
    "leg-far": ("#8fa9bd", "#4e6885"),
    "sock-far": ("#7f97a6", "#6a829c"),
    "skin-far": ("#e0bda3", "#92705a"),
    "skin": ("#c58a66", "#e2b493"),
    "leg": ("#284a66", "#9cb9dc"),
    "sock": ("#17303f", "#d5e3f3"),
    "top": ("#2f918c", "#63c6be"),
    "sleeve": ("#1d706d", "#8fe0d8"),
    "hair": ("#3b302c", "#a58b7a"),
}
# Class: the same, then the width of the line.
_STROKES = {
    "ground": ("#7f9199", "#7d929c", 2),
    "wood": ("#a9743f", "#c99a66", 5),
    "seam": ("#9a7420", "#7a5f20", 1.4),
    "face": ("#3b302c", "#4a3428", 1.2),
    "glow": ("#c8452f", "#f58467", 2.4),
    "chill": ("#2f78c8", "#7db8ff", 2.4),
    "move": ("#b3420f", "#ffb570", 3.4),
}


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
    """A piece of a drawing: its class and its path."""

    style: str
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
    calf = _step(knee, shank, 0.32 * BONES["shank"])
    names = ("knee", "calf", "ankle", "heel", "toe")
    return {f"{side}-{name}": at for name, at in zip(names, (knee, calf, ankle, heel, toe))}


# --- drawing -------------------------------------------------------------------------------


def draw(pose: Pose) -> str:
    """A complete SVG of the pose; the same bytes every time."""
    shapes = list(_shapes(pose))
    paths = "".join(f'<path class="{shape.style}" d="{shape.path}"/>' for shape in _merged(shapes))
    style = _style({shape.style for shape in shapes})
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<style>{style}</style>{paths}</svg>"
    )


def _shapes(pose: Pose) -> Iterator[Shape]:
    joints = skeleton(pose)
    yield from _props(pose, "behind")
    yield from _limb_shapes(joints, "far", "-far")
    yield from _props(pose, "between")
    yield from _trunk(joints)
    yield from _head(joints, pose)
    yield from _leg_shapes(joints, "near", "")
    yield from _arm_shapes(joints, "near", "")
    yield from _props(pose, "front")
    for arrow in pose.arrows:
        yield from _arrow_shapes(*arrow)


def _merged(shapes: list[Shape]) -> Iterator[Shape]:
    # Neighbours of one class are one path: fewer bytes, and no hairline where they overlap.
    last = shapes[0]
    for shape in shapes[1:]:
        if shape.style == last.style:
            last = Shape(last.style, last.path + shape.path)
        else:
            yield last
            last = shape
    yield last


def _trunk(joints: dict[str, Point]) -> Iterator[Shape]:
    hip, waist, nape = joints["hip"], joints["waist"], joints["nape"]
    hem, ribs = _between(hip, waist, 0.4), _between(waist, nape, 0.5)
    yield from _chain("leg", (hip, 10.5), (waist, 9.2))
    yield from _chain("skin", (nape, 4.8), (joints["head"], 4.4))
    yield from _chain("top", (hem, 9.9), (waist, 9.2), (ribs, 10.6), (joints["shoulder"], 8.8))
    yield from _chain("top", (joints["shoulder"], 8.8), (nape, 5.4))


def _leg_shapes(joints: dict[str, Point], side: str, tone: str) -> Iterator[Shape]:
    knee, calf, ankle = (joints[f"{side}-{name}"] for name in ("knee", "calf", "ankle"))
    yield from _chain("sock" + tone, (joints[f"{side}-heel"], 4), (joints[f"{side}-toe"], 2.8))
    yield from _chain("leg" + tone, (joints["hip"], 9.6), (knee, 6.3), (calf, 6.1), (ankle, 4.3))


def _arm_shapes(joints: dict[str, Point], side: str, tone: str) -> Iterator[Shape]:
    elbow, wrist, hand = (joints[f"{side}-{name}"] for name in ("elbow", "wrist", "hand"))
    yield from _chain("skin" + tone, (elbow, 4.2), (wrist, 3.1), (hand, 3))
    yield from _chain("sleeve" + tone, (joints["shoulder"], 6.2), (elbow, 4.8))


def _limb_shapes(joints: dict[str, Point], side: str, tone: str) -> Iterator[Shape]:
    yield from _arm_shapes(joints, side, tone)
    yield from _leg_shapes(joints, side, tone)


def _head(joints: dict[str, Point], pose: Pose) -> Iterator[Shape]:
    front = pose.gaze == "viewer"
    skin, hair, lines = (
        (_FRONT, _FRONT_HAIR, _FRONT_LINES) if front else (_PROFILE, _PROFILE_HAIR, _PROFILE_LINES)
    )
    (x, y), (below_x, below_y) = joints["head"], joints["throat"]
    turn = degrees(atan2(x - below_x, below_y - y))
    place = _placing((x, y), turn, 1 if pose.facing == "right" else -1)
    yield Shape("skin", _cubic(place(skin)))
    yield Shape("hair", _cubic(place(hair)))
    for line in lines:
        yield Shape("face", _quadratic(place(line)))


def _arrow_shapes(start: Point, bend: Point, end: Point) -> Iterator[Shape]:
    yield Shape("move", _quadratic((start, bend, end)))
    turn = degrees(atan2(end[1] - bend[1], end[0] - bend[0]))
    yield Shape("move", _line(_placing(end, turn)(((-6, -5.5), (0, 0), (-6, 5.5)))))


# --- props: furniture stands on its floor point, soft things lie about their centre ---------


def _props(pose: Pose, layer: str) -> Iterator[Shape]:
    for prop in pose.props:
        if prop.layer == layer:
            yield from _PROPS[prop.kind](prop)


def _floor(prop: Prop) -> Iterator[Shape]:
    (x, y), (width, _) = prop.at, prop.size
    yield Shape("ground", _line(((x, y + 1), (x + width, y + 1))))


def _wall(prop: Prop) -> Iterator[Shape]:
    (x, y), (width, height) = prop.at, prop.size
    yield Shape("cloth", _box(x, y - height, width, height))


def _chair(prop: Prop) -> Iterator[Shape]:
    # `at` is the foot of the back leg; a negative width makes the chair face left.
    (x, y), (width, height) = prop.at, prop.size
    lean = 0.12 * width
    yield Shape("wood", _line(((x - lean, y - height - 46), (x, y - height), (x, y - 2.5))))
    seat = y - height + 2.5
    yield Shape("wood", _line(((x, seat), (x + width, seat), (x + width, y - 2.5))))


def _sofa(prop: Prop) -> Iterator[Shape]:
    (x, y), (width, height) = prop.at, prop.size
    back = width / abs(width) * 16
    yield Shape("wood", _line(((x + back / 2, y - 6), (x + back / 2, y - 2.5))))
    yield Shape("wood", _line(((x + width - back / 2, y - 6), (x + width - back / 2, y - 2.5))))
    yield Shape("cloth", _soft((x + back / 2, y - height), abs(back), 66, 0))
    yield Shape("sheet", _soft((x + width / 2, y - height / 2 - 2), abs(width), height - 4, 0))


def _stool(prop: Prop) -> Iterator[Shape]:
    (x, y), (width, height) = prop.at, prop.size
    top, foot = y - height + 2.5, y - 2.5
    yield Shape("wood", _line(((x + 4, top), (x + 2, foot))))
    yield Shape("wood", _line(((x + width - 4, top), (x + width - 2, foot))))
    yield Shape("wood", _line(((x, top), (x + width, top))))


def _worktop(prop: Prop) -> Iterator[Shape]:
    (x, y), (width, height) = prop.at, prop.size
    yield Shape("cloth", _box(x + 6, y - height + 4, width - 6, height - 4))
    yield Shape("wood", _line(((x, y - height + 2.5), (x + width, y - height + 2.5))))


def _bed(prop: Prop) -> Iterator[Shape]:
    (x, y), (width, height) = prop.at, prop.size
    yield Shape("wood", _line(((x + 6, y - height + 18), (x + 6, y - 2.5))))
    yield Shape("wood", _line(((x + 6, y - height + 18), (x + width, y - height + 18))))
    middle = (x + width / 2, y - height + 8)
    yield Shape("sheet", _soft(middle, width, 16, 0))


def _mattress(prop: Prop) -> Iterator[Shape]:
    yield Shape("sheet", _soft(prop.at, *prop.size, prop.turn))


def _pillow(prop: Prop) -> Iterator[Shape]:
    yield Shape("pillow", _soft(prop.at, *prop.size, prop.turn))


def _warm_pack(prop: Prop) -> Iterator[Shape]:
    # A hot water bottle in its cover: neck, body, and the ribs of the knitting.
    (width, height), place = prop.size, _placing(prop.at, prop.turn)
    top, half = -height / 2, width / 2
    yield Shape("warm", _line(place(((-3, top + 3), (-4, top - 5), (4, top - 5), (3, top + 3)))))
    yield Shape("warm", _soft(prop.at, width, height, prop.turn))
    for level in (-0.2, 0.05, 0.3):
        rib = ((-half + 3, level * height), (half - 3, level * height))
        yield Shape("seam", _line(place(rib)))


def _cold_pack(prop: Prop) -> Iterator[Shape]:
    # The cold pack looks out of the cloth around it.
    (width, height), place = prop.size, _placing(prop.at, prop.turn)
    yield Shape("cold", _soft(prop.at, width - 3, height, prop.turn))
    yield Shape("pillow", _soft(place(((0, 4),))[0], width, height - 8, prop.turn))


def _warmth(prop: Prop) -> Iterator[Shape]:
    (x, y), (width, height) = prop.at, prop.size
    for wave in (-width / 2, 0, width / 2):
        low, high = y + height / 2, y - height / 2
        points = ((x + wave, low), (x + wave - 6, y), (x + wave + 6, y), (x + wave, high))
        yield Shape("glow", _cubic(points, close=""))


def _frost(prop: Prop) -> Iterator[Shape]:
    half = prop.size[0] / 2
    for turn in (0, 60, 120):
        yield Shape("chill", _line(_placing(prop.at, turn)(((0, -half), (0, half)))))


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


def _chain(style: str, *circles: Circle) -> Iterator[Shape]:
    for first, second in zip(circles, circles[1:]):
        yield Shape(style, _capsule(first, second))


def _capsule(first: Circle, second: Circle) -> str:
    """The outline of a limb that tapers from one circle to another."""
    (a, ra), (b, rb) = first, second
    along = atan2(b[1] - a[1], b[0] - a[0])
    spread = acos((ra - rb) / hypot(b[0] - a[0], b[1] - a[1]))
    sides = (along - spread, along + spread)
    (a0, a1), (b0, b1) = (
        [(at[0] + r * cos(t), at[1] + r * sin(t)) for t in sides] for at, r in (first, second)
    )
    return (
        f"M{_xy(a0)}L{_xy(b0)}A{_n(rb)} {_n(rb)} 0 {int(rb > ra)} 1 {_xy(b1)}"
        f"L{_xy(a1)}A{_n(ra)} {_n(ra)} 0 {int(ra > rb)} 1 {_xy(a0)}Z"
    )


def _soft(at: Point, width: float, height: float, turn: float) -> str:
    """The outline of something padded: a rectangle with bulging sides."""
    x, y = width / 2, height / 2
    k, m = x * 0.9, y * 0.9
    rim = (
        (-x, 0), (-x, -m), (-k, -y), (0, -y), (k, -y), (x, -m), (x, 0),
        (x, m), (k, y), (0, y), (-k, y), (-x, m), (-x, 0),
    )  # fmt: skip
    return _cubic(_placing(at, turn)(rim))


def _box(x: float, y: float, width: float, height: float) -> str:
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    return _line(corners) + "Z"


def _cubic(points: Iterable[Point], close: str = "Z") -> str:
    start, *rest = map(_xy, points)
    return f"M{start}C{' '.join(rest)}{close}"


def _quadratic(points: Iterable[Point]) -> str:
    start, bend, end = map(_xy, points)
    return f"M{start}Q{bend} {end}"


def _line(points: Iterable[Point]) -> str:
    return "M" + "L".join(map(_xy, points))


def _xy(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _n(value: float) -> str:
    # Adding zero turns -0.0, which would be written "-0", into 0.0.
    return f"{round(value, 1) + 0.0:g}"


def _style(used: set[str]) -> str:
    """The rules of the classes in use: by day and on paper, then by night."""
    fills = [name for name in _FILLS if name in used]
    lines = [name for name in _STROKES if name in used]
    day = [f".{name}{{fill:{_FILLS[name][0]}}}" for name in fills]
    night = [f".{name}{{fill:{_FILLS[name][1]}}}" for name in fills]
    for name in lines:
        light, dark, width = _STROKES[name]
        day.append(f".{name}{{fill:none;stroke:{light};stroke-width:{width}}}")
        night.append(f".{name}{{stroke:{dark}}}")
    caps = "path{stroke-linecap:round;stroke-linejoin:round}"
    dark_rules = f"@media screen and (prefers-color-scheme:dark){{{''.join(night)}}}"
    return caps + "".join(day) + dark_rules
