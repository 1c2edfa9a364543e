"""One body in every drawing: its bones keep their length, and it rests on the floor."""

from __future__ import annotations

from math import dist

import pytest
from msgspec.structs import replace

from tests.support.drawings import POSES, bones_of
from webapp.figures import BONES, draw, skeleton
from webapp.knowledge.poses import Pose, SidePose

FLOOR = 152

# Bone: the joints at its ends, the limbs once for each side.
SPINE = {
    "pelvis": ("hip", "waist"),
    "chest": ("waist", "nape"),
    "neck": ("nape", "throat"),
    "head": ("throat", "head"),
}
LIMBS = {
    "upper-arm": ("shoulder", "{side}-elbow"),
    "forearm": ("{side}-elbow", "{side}-wrist"),
    "hand": ("{side}-wrist", "{side}-hand"),
    "thigh": ("hip", "{side}-knee"),
    "shank": ("{side}-knee", "{side}-ankle"),
}
# How far a joint's flesh reaches towards the floor.
FLESH = {"hip": 10.5, "hand": 3.5, "wrist": 3.5, "elbow": 5.3, "knee": 6.4, "ankle": 4.4}
FLESH |= {"heel": 3.3, "toe": 3.3, "head": 11, "waist": 8.8}

SIDE = {name: pose for name, pose in POSES.items() if isinstance(pose, SidePose)}
ON_FLOOR = {
    name: pose for name, pose in SIDE.items() if any(prop.kind == "floor" for prop in pose.props)
}
side_poses = pytest.mark.parametrize("pose", SIDE.values(), ids=SIDE)


@side_poses
def test_bones_have_one_length(pose: Pose) -> None:
    joints = skeleton(pose)
    bones = dict(SPINE)
    for side in ("near", "far"):
        bones |= {
            f"{side} {bone}": (start.format(side=side), end.format(side=side))
            for bone, (start, end) in LIMBS.items()
        }
    for name, (start, end) in bones.items():
        assert dist(joints[start], joints[end]) == pytest.approx(BONES[name.split()[-1]]), name


@side_poses
def test_limbs_are_drawn_where_the_joints_are(pose: Pose) -> None:
    joints = skeleton(pose)
    drawn = [(start, end) for _, start, end in bones_of(draw(pose))]
    for side in ("near", "far"):
        for start, end in (
            ("shoulder", f"{side}-elbow"),
            (f"{side}-elbow", f"{side}-wrist"),
            (f"{side}-wrist", f"{side}-hand"),
            (f"{side}-heel", f"{side}-toe"),
        ):
            apart = min(dist(a, joints[start]) + dist(b, joints[end]) for a, b in drawn)
            assert apart < 0.5, (start, end)


@pytest.mark.parametrize("pose", ON_FLOOR.values(), ids=ON_FLOOR)
def test_who_is_drawn_above_a_floor_rests_on_it_and_does_not_sink(pose: Pose) -> None:
    beds = [prop.at[1] - prop.size[1] for prop in pose.props if prop.kind == "bed"]
    surface = beds[0] if beds and pose.lean > 45 else FLOOR
    lowest = max(
        y + FLESH[name.split("-")[-1]]
        for name, (_, y) in skeleton(pose).items()
        if name.split("-")[-1] in FLESH
    )
    assert surface - 1 <= lowest <= surface + 1.5


def test_a_mirrored_pose_is_the_same_body_the_other_way_round() -> None:
    pose = POSES["walking"]
    other = replace(pose, facing="left")
    for name, (x, y) in skeleton(other).items():
        x_before, y_before = skeleton(pose)[name]
        assert (x + x_before, y) == pytest.approx((2 * pose.root[0], y_before))
