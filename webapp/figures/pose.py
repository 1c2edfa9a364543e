"""What a drawing shows, as data: bodies, the things around them, and signs of movement."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Limbs:
    """The angles of one arm and one leg, seen from the side."""

    shoulder: float
    elbow: float
    wrist: float
    hip: float
    knee: float
    ankle: float


@dataclass(frozen=True)
class SideBody:
    """A body seen from its side, which is also how one lies on one's side seen from above."""

    gaze: str
    lean: float
    waist: float
    belly: float
    neck: float
    nod: float
    near: Limbs
    far: Limbs


@dataclass(frozen=True)
class FrontLimbs:
    """An arm and a leg seen from the front: angles in the drawing, and how much is seen of each."""

    shoulder: float
    elbow: float
    hip: float
    knee: float
    arm: float
    forearm: float
    thigh: float
    shank: float


@dataclass(frozen=True)
class FrontBody:
    """A body seen from its front or its back."""

    back: bool
    lean: float
    waist: float
    turn: float
    neck: float
    face: float
    shrug: float
    left: FrontLimbs
    right: FrontLimbs


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
    """One drawing as data: a body, where it is, what it rests on, and where it moves."""

    id: str
    shows: str
    facing: str
    root: Point
    body: SideBody | FrontBody
    props: tuple[Prop, ...]
    arrows: tuple[tuple[Point, Point, Point], ...]
