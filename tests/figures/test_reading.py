"""A pose file with a mistake is refused by pose and key."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.drawings import POSES_FILE
from webapp.figures import load_poses


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
        (["view"], "above", "view"),
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


def test_a_joint_seen_from_the_front_keeps_its_range(tmp_path: Path) -> None:
    raw = yaml.safe_load(POSES_FILE.read_text(encoding="utf-8"))["neck-turns-1"]
    raw["face"] = 90
    with pytest.raises(ValueError, match=r"'neck-turns-1': key 'face' must be .* 0 to 70"):
        load_poses(written(tmp_path, {"neck-turns-1": raw}))
