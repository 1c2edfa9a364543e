"""A moving drawing goes through its poses, slowly, and only where a body can."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import brotli
import pytest
from msgspec.structs import replace

from tests.support.drawings import POSES, SVG
from webapp.figures import (
    SCHEMES,
    can_move,
    distinct_steps,
    draw,
    draw_moving,
    height,
    moving_height,
)
from webapp.knowledge.poses import Pose, SidePose

# The exercises of the cards whose poses a body goes through.
MOVING = {
    exercise: [POSES[f"{exercise}-{number}"] for number in range(1, count + 1)]
    for count, names in {
        2: """belly-breathing chin-tuck glute-bridge low-superman partial-curl-up pelvic-tilt-wall
            prone-on-elbows prone-press-up seated-back-arch seated-trunk-turn side-bridge
            shoulder-blade-squeeze single-knee-to-chest standing-back-bend trapezius-stretch
            wall-roller""",
        3: "bird-dog cat-camel double-knee-to-chest knee-rolls neck-turns",
    }.items()
    for exercise in names.split()
}
BYTES_A_DRAWING = 200
moving = pytest.mark.parametrize("poses", MOVING.values(), ids=MOVING)


@moving
def test_a_body_can_go_through_the_poses(poses: list[Pose]) -> None:
    assert can_move(poses)
    assert moving_height(poses) == max(height(pose) for pose in poses)


@moving
def test_every_stop_is_one_of_the_poses(poses: list[Pose]) -> None:
    still = [transforms(draw(replace(pose, arrows=()))) for pose in poses]
    root = ET.fromstring(draw_moving(poses))
    for i, stops in enumerate(stops_of(root)):
        assert stops == [every[i] for every in still]


@moving
def test_each_angle_that_changes_is_told(poses: list[Pose]) -> None:
    told = {stop for stops in stops_of(ET.fromstring(draw_moving(poses))) for stop in stops}
    for body in poses:
        if isinstance(body, SidePose):
            assert any(stop.startswith(f"rotate({body.near.knee:g} ") for stop in told)
            assert any(stop.startswith(f"rotate({-body.far.elbow + 0.0:g} ") for stop in told)
            assert any(stop.startswith(f"rotate({body.waist:g} ") for stop in told)


@moving
def test_a_move_takes_four_seconds_and_is_held(poses: list[Pose]) -> None:
    root = ET.fromstring(draw_moving(poses))
    found = [*root.iter(f"{SVG}animateTransform"), *root.iter(f"{SVG}animate")]
    assert found
    for element in found:
        seconds = float((element.get("dur") or "").removesuffix("s"))
        times = [float(share) * seconds for share in (element.get("keyTimes") or "").split(";")]
        gaps = [after - before for before, after in pairwise(times)]
        assert gaps == pytest.approx([1.5, 4.0] * len(poses), abs=0.02)
        values = (element.get("values") or "").split(";")
        assert values[0] == values[-1]
        assert len(values) == len(times) == len((element.get("keySplines") or "").split(";")) + 1


@moving
def test_day_and_night_move_alike(poses: list[Pose]) -> None:
    day, night = (re.sub(r"<style>.*?</style>", "", draw_moving(poses, s)) for s in SCHEMES)
    assert day == night
    assert draw_moving(poses) == draw_moving(poses)


def test_moving_drawings_add_little_to_the_still_ones() -> None:
    still = "".join(draw(pose, scheme) for pose in POSES.values() for scheme in SCHEMES)
    turns = "".join(draw_moving(poses, s) for poses in MOVING.values() for s in SCHEMES)
    added = compressed(still + turns) - compressed(still)
    assert added <= BYTES_A_DRAWING * len(MOVING)


@pytest.mark.parametrize(
    "names",
    [
        ("walking",),
        ("walking", "walking"),
        ("rest-90-90", "calves-on-chair"),  # other furniture
        ("bird-dog-1", "prone-lying"),  # the other way round
        ("neck-turns-1", "chin-tuck-1"),  # another view
    ],
)
def test_what_does_not_fit_together_does_not_move(names: tuple[str, ...]) -> None:
    assert not can_move([POSES[name] for name in names])


def test_drawing_a_move_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="these drawings"):
        draw_moving([POSES["neck-turns-1"], POSES["chin-tuck-1"]])


def test_steps_are_told_once_each_and_the_start_not_again() -> None:
    first, second, third = (POSES[f"bird-dog-{number}"] for number in (1, 2, 3))
    assert distinct_steps([first, first, second, third, first]) == (first, second, third)
    assert distinct_steps([first, second, first, third]) == (first, second, first, third)
    assert distinct_steps([first]) == (first,)


def transforms(svg: str) -> list[str]:
    """The transforms and paths of a still drawing, in the order in which they stand."""
    found = [
        element.get("transform") or element.get("d") or "" for element in ET.fromstring(svg).iter()
    ]
    return [each for each in found if each]


def stops_of(root: ET.Element) -> list[list[str]]:
    """Where each transform and path of a moving drawing stops, in turn, in the same order."""
    count = max(
        (len((e.get("values") or "").split(";")) // 2 for e in root.iter() if e.get("values")),
        default=1,
    )
    return [stops for element in root.iter() if (stops := _stops(element, count)) and any(stops)]


def _stops(element: ET.Element, count: int) -> list[str]:
    for child in element:
        if child.tag in {f"{SVG}animateTransform", f"{SVG}animate"}:
            values = (child.get("values") or "").split(";")[: 2 * count : 2]
            kind = child.get("type")
            return [f"{kind}({value})" if kind else value for value in values]
    return [element.get("transform") or element.get("d") or ""] * count


def compressed(text: str) -> int:
    """The bytes of the text as it travels."""
    return len(brotli.compress(text.encode(), quality=11))
