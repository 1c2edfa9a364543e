"""Poses to drawings: one body, many joint angles, one small standalone SVG for each pose.

The poses are data (``webapp.knowledge.poses``). ``body`` knows where their joints lie, ``side``,
``front``, ``head`` and ``props`` make parts of them, ``svg`` makes text of the parts. ``body_map``
is the one drawing that is no pose.
"""

from webapp.figures.body import BONES, skeleton
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
from webapp.figures.svg import SCHEMES, Scheme, style

__all__ = [
    "BONES",
    "HEIGHT",
    "SCHEMES",
    "WIDTH",
    "Scheme",
    "can_move",
    "distinct_steps",
    "draw",
    "draw_body_map",
    "draw_moving",
    "height",
    "moving_height",
    "skeleton",
    "style",
]
