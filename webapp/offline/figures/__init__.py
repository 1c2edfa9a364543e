"""The drawings: one body, many poses, one small standalone SVG for each."""

from webapp.offline.figures.body import BONES, HEIGHT, WIDTH, skeleton
from webapp.offline.figures.colours import SCHEMES, Scheme
from webapp.offline.figures.drawing import draw, draw_moving, height, moves
from webapp.offline.figures.poses import Pose, load_poses

__all__ = [
    "BONES",
    "HEIGHT",
    "SCHEMES",
    "WIDTH",
    "Pose",
    "Scheme",
    "draw",
    "draw_moving",
    "height",
    "load_poses",
    "moves",
    "skeleton",
]
