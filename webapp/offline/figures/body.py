"""The body: bones of one length, and where the joints of a pose lie."""

from __future__ import annotations

from math import cos, radians, sin

from webapp.offline.figures.paths import Point
from webapp.offline.figures.poses import Limbs, Pose

WIDTH, HEIGHT = 240, 160

# Lengths of the bones, in drawing units: an adult of 142 from sole to crown.
BONES = {
    "pelvis": 14.0, "chest": 27.0, "neck": 7.0, "head": 9.0,
    "upper-arm": 25.0, "forearm": 22.0, "hand": 6.5,
    "thigh": 34.0, "shank": 34.0, "foot": 11.2,
}  # fmt: skip
SHOULDER = 21.0  # how far up the chest bone the arms begin


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
