"""Poses to drawings: one body, many joint angles, one small standalone SVG for each pose.

``reading`` makes poses of the pose file, ``body`` knows where their joints lie, ``side``,
``front``, ``head`` and ``props`` make parts of them, ``svg`` makes text of the parts. ``body_map``
is the one drawing that is no pose.
"""

from webapp.figures.body import BONES, FRONT_RANGES, RANGES, skeleton
from webapp.figures.body_map import draw_body_map
from webapp.figures.drawing import (
    HEIGHT,
    WIDTH,
    can_move,
    distinct_steps,
    draw,
    draw_moving,
    height,
    moving_height,
)
from webapp.figures.pose import FrontBody, Pose
from webapp.figures.reading import load_poses
from webapp.figures.svg import SCHEMES, Scheme

__all__ = [
    "BONES",
    "FRONT_RANGES",
    "HEIGHT",
    "RANGES",
    "SCHEMES",
    "WIDTH",
    "FrontBody",
    "Pose",
    "Scheme",
    "can_move",
    "distinct_steps",
    "draw",
    "draw_body_map",
    "draw_moving",
    "height",
    "load_poses",
    "moving_height",
    "skeleton",
]
