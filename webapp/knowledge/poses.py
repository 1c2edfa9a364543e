"""The records of ``poses.yaml``: one body posed by its joints, and the things around it.

A drawing is 240 units wide and 160 high, y downward, the floor at 152; the body measures 142 units
from sole to crown. An angle is in degrees. ``webapp.figures`` draws what stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta

from webapp.knowledge.records import Record

Point = tuple[float, float]
"""A place in the drawing: units from its left edge and from its upper one."""

PropKind = Literal[
    "floor",
    "wall",
    "chair",
    "chair-in-front",
    "sofa",
    "stool",
    "worktop",
    "bed",
    "mattress",
    "mat",
    "pillow",
    "roller",
    "warm-pack",
    "cold-pack",
    "warmth",
    "frost",
]
"""What can be in a drawing beside the body."""


def _angle(least: float, most: float, what: str) -> Meta:
    """Return a joint's natural range in degrees: nothing bends the wrong way."""
    return Meta(ge=least, le=most, description=f"Degrees: {what}.")


_LEAN = _angle(-180, 180, "the pelvis from upright, positive forward: 90 face down, -90 face up")
_SHARE = Meta(ge=0.05, le=1, description="Share of the bone's length that is seen, 1 is all of it.")
Share = Annotated[float, _SHARE]


class Limbs(Record, frozen=True, kw_only=True):
    """An arm and a leg seen from the side, in degrees as a clinician says them: flexion positive.

    Each joint is told from the part above it, so that 0 everywhere is a limb that hangs straight.
    """

    shoulder: Annotated[float, _angle(-60, 180, "the upper arm from hanging, positive forward")]
    elbow: Annotated[float, _angle(0, 150, "the forearm from the upper arm, 0 is straight")]
    wrist: Annotated[float, _angle(-80, 90, "the hand from the forearm, positive as the elbow")]
    hip: Annotated[float, _angle(-20, 140, "the thigh from hanging, positive forward")]
    knee: Annotated[float, _angle(0, 155, "the shank from the thigh, 0 is straight")]
    ankle: Annotated[float, _angle(-65, 30, "the foot from square to the shank, positive toes up")]


class FrontLimbs(Record, frozen=True, kw_only=True):
    """An arm and a leg seen from the front or the back.

    Angles are those in the drawing, in degrees. A bone that points at us or away is seen shorter.
    """

    shoulder: Annotated[float, _angle(-60, 180, "the upper arm from hanging, positive outward")]
    elbow: Annotated[float, _angle(-150, 150, "the forearm from the upper arm, positive inward")]
    hip: Annotated[float, _angle(-80, 80, "the thigh from hanging, positive outward")]
    knee: Annotated[float, _angle(-150, 150, "the shank from the thigh, positive inward")]
    arm: Share = 1.0
    forearm: Share = 1.0
    thigh: Share = 1.0
    shank: Share = 1.0


class Prop(Record, frozen=True, kw_only=True):
    """A thing in the drawing."""

    kind: PropKind
    at: Annotated[
        Point,
        Meta(description="Its middle; of furniture the floor below its back or left edge. Units."),
    ]
    size: Annotated[
        Point, Meta(description="Width and height in units; a negative width faces left.")
    ]
    turn: Annotated[float, Meta(ge=-180, le=180, description="Degrees clockwise.")] = 0.0
    layer: Annotated[
        Literal["behind", "between", "front"],
        Meta(description="Behind the whole body, between its legs, or in front of it."),
    ] = "behind"


class Arrow(Record, frozen=True, kw_only=True):
    """A small sign of movement: a curve that ends in a tip."""

    through: Annotated[
        tuple[Point, Point, Point], Meta(description="Where it starts, bends and ends, in units.")
    ]


class _Drawing(Record, frozen=True, kw_only=True):
    """What every drawing has, from whichever side its body is seen."""

    shows: Annotated[
        str,
        Meta(pattern=r"\S", description="What a person sees, in plain words for who cannot."),
    ]
    facing: Annotated[
        Literal["left", "right"],
        Meta(description="The way the body faces when upright; left mirrors the whole body."),
    ] = "right"
    root: Annotated[
        Point, Meta(description="The hip joint, from the front the middle of both, in units.")
    ]
    props: tuple[Prop, ...] = ()
    arrows: tuple[Arrow, ...] = ()


class SidePose(_Drawing, frozen=True, kw_only=True):
    """A body seen from its side, which is also one that lies on its side seen from above."""

    view: Literal["side"] = "side"
    gaze: Annotated[
        Literal["ahead", "viewer"],
        Meta(description="The head in profile, or turned towards us."),
    ] = "ahead"
    lean: Annotated[float, _LEAN]
    waist: Annotated[float, _angle(-40, 60, "the chest from the pelvis, positive forward")]
    belly: Annotated[
        float, Meta(ge=0, le=6, description="Units: how far the belly comes forward with breath.")
    ] = 0.0
    neck: Annotated[float, _angle(-40, 50, "the neck from the chest, positive forward")]
    nod: Annotated[float, _angle(-30, 30, "the head from the neck, positive forward")]
    near: Annotated[Limbs, Meta(description="The arm and the leg on our side.")]
    far: Annotated[Limbs, Meta(description="The arm and the leg on the other side.")]


class FrontPose(_Drawing, frozen=True, kw_only=True):
    """A body seen from its front or its back; bending is told towards the drawing's right."""

    view: Literal["front", "back"]
    lean: Annotated[float, _angle(-180, 180, "the pelvis from upright, positive to the right")]
    waist: Annotated[float, _angle(-30, 30, "the chest from the pelvis, positive to the right")]
    turn: Annotated[float, _angle(0, 60, "how far the chest is turned to the right")] = 0.0
    neck: Annotated[float, _angle(-40, 40, "the neck from the chest, positive to the right")]
    face: Annotated[float, _angle(0, 70, "how far the face is turned to the right")] = 0.0
    shrug: Annotated[
        float, Meta(ge=-4, le=4, description="Units: shoulders up; negative: blades together.")
    ] = 0.0
    left: Annotated[FrontLimbs, Meta(description="The arm and the leg at the drawing's left.")]
    right: Annotated[FrontLimbs, Meta(description="The arm and the leg at the drawing's right.")]


Pose = SidePose | FrontPose
"""One drawing as data."""


def record_of(raw: object) -> type[SidePose | FrontPose]:
    """Return the record that a pose of the file must be, by the side from which it is seen."""
    front = isinstance(raw, Mapping) and raw.get("view") in ("front", "back")
    return FrontPose if front else SidePose
