"""What the drawings promise: whole, inside their frame, always the same, and few bytes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping

import brotli
import pytest

from tests.support.drawings import POSES, SVG, inked_points
from webapp.figures import HEIGHT, SCHEMES, WIDTH, draw, height
from webapp.knowledge import loader
from webapp.knowledge.poses import Pose

WANTED = re.findall(
    r"\S+",
    """
    back-knees-over-pillows calves-on-chair side-lying front-pillow sit-roll stand-foot-stool
    rest-90-90 pelvic-tilt-start pelvic-tilt-hold prone-lying childs-pose-start childs-pose-hold
    walking warm-pack cold-pack locked-back lower-yourself breathe
    side-lying-rest-1 belly-breathing-1 pelvic-tilt-wall-1 knee-rolls-1 cat-camel-1
    single-knee-to-chest-1 double-knee-to-chest-1 prone-on-elbows-1 prone-press-up-1
    standing-back-bend-1 bird-dog-1 low-superman-1 glute-bridge-1 partial-curl-up-1 side-bridge-1
    wall-roller-1 neck-turns-1 chin-tuck-1 trapezius-stretch-1 shoulder-blade-squeeze-1
    seated-trunk-turn-1 seated-back-arch-1
    floor-1 floor-2 floor-3 floor-4 floor-5 floor-6 floor-7 floor-8
    """,
)
BYTES_A_POSE = 100
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
    assert list(root.iter(f"{SVG}path"))


@pytest.fixture(scope="module")
def loaded_again() -> Mapping[str, Pose]:
    return loader.load().poses


@pytest.mark.parametrize("name", POSES)
def test_drawing_twice_gives_the_same_bytes(name: str, loaded_again: Mapping[str, Pose]) -> None:
    assert draw(POSES[name]).encode() == draw(loaded_again[name]).encode()


def test_drawings_together_are_small() -> None:
    whole = "".join(draw(POSES[name], scheme) for name in sorted(POSES) for scheme in SCHEMES)
    assert len(brotli.compress(whole.encode(), quality=11)) <= BYTES_A_POSE * len(POSES)


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
    day, night = (re.sub(r"<style>.*?</style>", "", draw(pose, scheme)) for scheme in SCHEMES)
    assert day == night


@every_pose
def test_every_point_lies_inside_the_frame(pose: Pose) -> None:
    for (x, y), margin in inked_points(draw(pose)):
        assert margin <= x <= WIDTH - margin
        assert HEIGHT - height(pose) + margin <= y <= HEIGHT - margin
