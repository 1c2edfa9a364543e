"""The body: its bones, how far its joints go, and where they lie in a drawing."""

from __future__ import annotations

from math import cos, radians, sin

from webapp.knowledge.poses import FrontLimbs, FrontPose, Limbs, Point, Pose, SidePose

# Lengths of the bones, in drawing units: an adult of 142 from sole to crown.
BONES = {
    "pelvis": 14.0, "chest": 27.0, "neck": 7.0, "head": 9.0,
    "upper-arm": 25.0, "forearm": 22.0, "hand": 6.5,
    "thigh": 34.0, "shank": 34.0, "foot": 11.2,
}  # fmt: skip
SHOULDER = 21.0  # how far up the chest bone the arms begin
SHOULDERS, HIPS = 15.0, 8.0  # from the middle to either side, seen from the front


def skeleton(pose: Pose) -> dict[str, Point]:
    """Where each joint of the pose lies in the drawing."""
    joints = side_joints(pose) if isinstance(pose, SidePose) else front_joints(pose)
    mirror = 1 if pose.facing == "right" else -1
    return {name: (pose.root[0] + mirror * x, pose.root[1] + y) for name, (x, y) in joints.items()}


def side_joints(body: SidePose) -> dict[str, Point]:
    """The joints of a body that faces right, seen from the side, about its hips."""
    chest = body.lean + body.waist
    hip = (0.0, 0.0)
    waist = _step(hip, body.lean, BONES["pelvis"])
    nape = _step(waist, chest, BONES["chest"])
    throat = _step(nape, chest + body.neck, BONES["neck"])
    joints = {
        "hip": hip,
        "waist": waist,
        "shoulder": _step(waist, chest, SHOULDER),
        "nape": nape,
        "throat": throat,
        "head": _step(throat, chest + body.neck + body.nod, BONES["head"]),
    }
    for side, limbs in (("far", body.far), ("near", body.near)):
        joints |= _arm(side, limbs, joints["shoulder"], chest + 180)
        joints |= _leg(side, limbs, hip, body.lean + 180)
    return joints


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


def front_joints(body: FrontPose) -> dict[str, Point]:
    """The joints of a body seen from the front, about the middle of its hips."""
    chest = body.lean + body.waist
    waist = _step((0.0, 0.0), body.lean, BONES["pelvis"])
    nape = _step(waist, chest, BONES["chest"])
    throat = _step(nape, chest + body.neck, BONES["neck"])
    joints = {
        "waist": waist,
        "nape": nape,
        "throat": throat,
        "head": _step(throat, chest + body.neck, BONES["head"]),
    }
    # A turned chest shows less of its breadth.
    breadth = SHOULDERS * cos(radians(body.turn))
    level = _step(waist, chest, SHOULDER + body.shrug)
    for side, limbs, sign in (("left", body.left, -1), ("right", body.right, 1)):
        shoulder = _step(level, chest + 90, sign * breadth)
        hip = _step((0.0, 0.0), body.lean + 90, sign * HIPS)
        joints |= _front_limbs(side, limbs, sign, (shoulder, chest + 180), (hip, body.lean + 180))
    return joints


def _front_limbs(
    side: str, limbs: FrontLimbs, sign: int, arm: tuple[Point, float], leg: tuple[Point, float]
) -> dict[str, Point]:
    (shoulder, hanging), (hip, down) = arm, leg
    upper, thigh = hanging - sign * limbs.shoulder, down - sign * limbs.hip
    fore, shank = upper + sign * limbs.elbow, thigh + sign * limbs.knee
    elbow = _step(shoulder, upper, limbs.arm * BONES["upper-arm"])
    knee = _step(hip, thigh, limbs.thigh * BONES["thigh"])
    reach = limbs.forearm * (BONES["forearm"] + BONES["hand"])
    ankle = _step(knee, shank, limbs.shank * BONES["shank"])
    return {
        f"{side}-shoulder": shoulder,
        f"{side}-elbow": elbow,
        f"{side}-hand": _step(elbow, fore, reach),
        f"{side}-hip": hip,
        f"{side}-knee": knee,
        f"{side}-ankle": ankle,
    }
