"""A pose with a mistake is refused as all other data is: by file, pose and key."""

from __future__ import annotations

import pytest

from tests.knowledge.data_folder import Change, DataFolder, put, take
from webapp.knowledge.model import Knowledge
from webapp.knowledge.poses import FrontPose, SidePose

FAULTS = {
    "an angle in words": (put("walking", "lean", value="upright"), "walking.lean", "got `str`"),
    "a knee that bends the wrong way": (
        put("walking", "near", "knee", value=-10),
        "walking.near.knee",
        ">= 0.0",
    ),
    "an elbow that bends too far": (
        put("walking", "far", "elbow", value=170),
        "walking.far.elbow",
        "<= 150.0",
    ),
    "a face that turns too far": (put("neck-turns-1", "face", value=90), "turns-1.face", "<= 70.0"),
    "a direction that there is not": (
        put("walking", "facing", value="up"),
        "walking.facing",
        "'up'",
    ),
    "a side that there is not": (put("walking", "view", value="above"), "walking.view", "'above'"),
    "a place of one number": (put("walking", "root", value=[1]), "walking.root", "of length 2"),
    "nothing shown": (put("walking", "shows", value=" "), "walking.shows", "Expected"),
    "limbs that are none": (put("walking", "near", value=5), "walking.near", "got `int`"),
    "a joint that there is not": (put("walking", "far", "tail", value=0), "walking.far", "`tail`"),
    "a key that there is not": (put("walking", "mood", value="calm"), "walking", "`mood`"),
    "a joint that is missing": (take("walking", "far", "hip"), "walking.far", "`hip`"),
    "a list that is none": (put("walking", "props", value={}), "walking.props", "got `object`"),
    "a thing that nobody can draw": (
        put("walking", "props", 0, "kind", value="piano"),
        "walking.props[0].kind",
        "'piano'",
    ),
    "an arrow of two points": (
        put("walking", "arrows", value=[{"through": [[1, 2], [3, 4]]}]),
        "walking.arrows[0].through",
        "of length 3",
    ),
    "a pose that is none": (put("walking", value="calm"), "walking", "got `str`"),
}


@pytest.mark.parametrize(("change", "key", "problem"), FAULTS.values(), ids=FAULTS)
def test_a_broken_pose_is_named_in_one_line(
    change: Change, key: str, problem: str, data: DataFolder
) -> None:
    data.edit("poses.yaml", change)
    fault = data.refusal()
    assert fault.file == "poses.yaml"
    assert fault.key.endswith(key)
    assert problem in fault.problem
    assert fault.remedy in str(fault)
    assert len(str(fault).splitlines()) == 1


def test_a_pose_given_twice_is_refused_by_its_line(data: DataFolder) -> None:
    with (data.path / "poses.yaml").open("a", encoding="utf-8") as file:
        file.write("\nwalking: {}\n")
    fault = data.refusal()
    assert (fault.file, fault.problem) == ("poses.yaml", "the key 'walking' is given twice")
    assert fault.key.startswith("line ")


def test_a_pose_says_from_which_side_it_is_seen(knowledge: Knowledge) -> None:
    assert isinstance(knowledge.poses["walking"], SidePose)
    assert isinstance(knowledge.poses["neck-turns-1"], FrontPose)
