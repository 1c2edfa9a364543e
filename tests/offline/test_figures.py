"""What the drawings promise: one body, whole and inside its frame, and data that is checked."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from math import dist
from pathlib import Path
from typing import Any

import brotli
import pytest
import yaml

from tests.support.svg import SVG, placed_points
from webapp.offline.figures import (
    BONES,
    HEIGHT,
    SCHEMES,
    WIDTH,
    Pose,
    draw,
    draw_moving,
    height,
    load_poses,
    moves,
    skeleton,
)

POSES_FILE = Path(__file__).parents[2] / "webapp" / "knowledge" / "data" / "poses.yaml"
POSES = load_poses(POSES_FILE)
FLOOR = 152

WANTED = re.findall(
    r"\S+",
    """
    back-knees-over-pillows calves-on-chair side-lying front-pillow sit-roll stand-foot-stool
    rest-90-90 pelvic-tilt-start pelvic-tilt-hold prone-lying childs-pose-start childs-pose-hold
    walking warm-pack cold-pack locked-back lower-yourself breathe
    """,
)

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

ON_FLOOR = [pose for pose in POSES.values() if any(prop.kind == "floor" for prop in pose.props)]
every_pose = pytest.mark.parametrize("pose", POSES.values(), ids=POSES)


@pytest.mark.parametrize("pose_id", WANTED)
def test_each_wanted_pose_is_there(pose_id: str) -> None:
    assert pose_id in POSES


@every_pose
def test_a_drawing_is_a_standalone_svg_of_constant_width(pose: Pose) -> None:
    root = ET.fromstring(draw(pose))
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == f"0 {HEIGHT - height(pose)} {WIDTH} {height(pose)}"
    assert root.get("role") == "img"
    assert root.findall(f".//{SVG}path")


@every_pose
def test_drawing_twice_gives_the_same_bytes(pose: Pose) -> None:
    again = load_poses(POSES_FILE)[pose.id]
    assert draw(pose).encode() == draw(again).encode()


@every_pose
def test_a_drawing_is_small(pose: Pose) -> None:
    assert len(draw(pose).encode()) < 4000


@every_pose
def test_a_drawing_has_a_colour_by_day_and_by_night_for_each_path(pose: Pose) -> None:
    for scheme in SCHEMES:
        root = ET.fromstring(draw(pose, scheme))
        style = root.findtext(f"{SVG}style") or ""
        assert "@media" not in style  # WebKit would not hear of the page's preference
        for path in root.iter(f"{SVG}path"):
            assert f".{path.get('class')}{{color:#" in style


@every_pose
def test_day_and_night_show_the_same_body(pose: Pose) -> None:
    day, night = (ET.fromstring(draw(pose, scheme)) for scheme in SCHEMES)
    assert [p.get("d") for p in day.iter(f"{SVG}path")] == [
        p.get("d") for p in night.iter(f"{SVG}path")
    ]


@every_pose
def test_every_point_lies_inside_the_frame(pose: Pose) -> None:
    for (x, y), half in placed_points(draw(pose)):
        assert half <= x <= WIDTH - half
        assert HEIGHT - height(pose) + half <= y <= HEIGHT - half


@every_pose
def test_the_groups_turn_the_limbs_to_where_the_joints_lie(pose: Pose) -> None:
    seen = [point for point, _ in placed_points(draw(pose))]
    for name, joint in skeleton(pose).items():
        if name.split("-")[-1] in ("wrist", "toe", "elbow"):
            assert min(dist(joint, point) for point in seen) < 0.3, name


def test_many_drawings_together_are_small() -> None:
    together = "".join(draw(pose, scheme) for pose in POSES.values() for scheme in SCHEMES)
    assert len(brotli.compress(together.encode())) < 140 * len(POSES)


MOVING = [POSES["pelvic-tilt-start"], POSES["pelvic-tilt-hold"]]


def test_a_moving_drawing_begins_as_the_still_one() -> None:
    plain = re.sub(r"<animateTransform[^>]*>", "", draw_moving(MOVING))
    assert plain == draw(replace(MOVING[0], arrows=()))


def test_a_moving_drawing_turns_each_joint_by_the_difference_and_back() -> None:
    turned = [
        found.split(";")
        for found in re.findall(r'type="rotate"[^>]*values="([^"]*)"', draw_moving(MOVING))
    ]
    before, after = (pose.near.hip for pose in MOVING)
    assert ["0", "0", *[f"{before - after:g}"] * 2, "0"] in turned
    assert all(stops[0] == stops[-1] == "0" for stops in turned)


def test_only_poses_in_the_same_surroundings_become_one_that_moves() -> None:
    assert moves(MOVING)
    assert not moves(MOVING[:1])
    assert not moves([MOVING[0], POSES["walking"]])
    assert not moves([MOVING[0], replace(MOVING[1], facing="left")])


@every_pose
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


@pytest.mark.parametrize("pose", ON_FLOOR, ids=[pose.id for pose in ON_FLOOR])
def test_who_is_drawn_above_a_floor_rests_on_it_and_does_not_sink(pose: Pose) -> None:
    lowest = max(
        y + FLESH[name.split("-")[-1]]
        for name, (_, y) in skeleton(pose).items()
        if name.split("-")[-1] in FLESH
    )
    assert FLOOR - 1 <= lowest <= FLOOR + 1.5


def test_a_mirrored_pose_is_the_same_body_the_other_way_round() -> None:
    pose = POSES["walking"]
    other = replace(pose, facing="left")
    for name, (x, y) in skeleton(other).items():
        x_before, y_before = skeleton(pose)[name]
        assert (x + x_before, y) == pytest.approx((2 * pose.root[0], y_before))


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        (["lean"], "upright", "lean"),
        (["lean"], True, "lean"),
        (["facing"], "up", "facing"),
        (["root"], [1], "root"),
        (["shows"], " ", "shows"),
        (["near", "knee"], -10, "near.knee"),
        (["far", "elbow"], 170, "far.elbow"),
        (["near"], 5, "near"),
        (["far", "tail"], 0, "far.tail"),
        (["mood"], "calm", "mood"),
        (["props"], {}, "props"),
        (["props", 0, "kind"], "piano", "props[0].kind"),
        (["arrows"], [{"through": [[1, 2], [3, 4]]}], "arrows[0].through"),
    ],
)
def test_a_bad_pose_is_refused_by_pose_and_key(
    tmp_path: Path, path: list[Any], value: object, key: str
) -> None:
    raw = {"walking": yaml.safe_load(POSES_FILE.read_text(encoding="utf-8"))["walking"]}
    place = raw["walking"]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(ValueError, match=rf"pose 'walking': .*{re.escape(key)}'"):
        load_poses(written(tmp_path, raw))


def test_a_missing_key_is_refused_by_pose_and_key(tmp_path: Path) -> None:
    raw = {"walking": yaml.safe_load(POSES_FILE.read_text(encoding="utf-8"))["walking"]}
    del raw["walking"]["far"]["hip"]
    with pytest.raises(ValueError, match=r"pose 'walking': key 'far\.hip' is missing"):
        load_poses(written(tmp_path, raw))


def test_a_file_without_poses_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"poses\.yaml"):
        load_poses(written(tmp_path, ["walking"]))


def written(folder: Path, raw: object) -> Path:
    """The path of a pose file with this content."""
    path = folder / "poses.yaml"
    path.write_text(yaml.safe_dump(raw), encoding="utf-8")
    return path
