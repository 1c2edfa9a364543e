"""The colours of the drawings, and the short names that they have inside one."""

from __future__ import annotations

from string import ascii_letters
from typing import Literal

# Class: colour by day and on paper, colour by night. "far" is the side away from the viewer.
COLOURS = {
    "ground": ("#899", "#789"),
    "wood": ("#a74", "#c96"),
    "sheet": ("#cde", "#345"),
    "cloth": ("#abc", "#567"),
    "pillow": ("#ec7", "#db6"),
    "warm": ("#c43", "#f86"),
    "cold": ("#27c", "#7bf"),
    "sleeve-far": ("#8cb", "#377"),
    "leg-far": ("#8ab", "#468"),
    "sock-far": ("#789", "#68a"),
    "skin-far": ("#dba", "#976"),
    "skin": ("#c86", "#eb9"),
    "leg": ("#246", "#9be"),
    "sock": ("#134", "#def"),
    "top": ("#298", "#6cb"),
    "sleeve": ("#177", "#8ed"),
    "hair": ("#322", "#865"),
    "move": ("#b41", "#fb7"),
}

CLASSES = dict(zip(COLOURS, ascii_letters, strict=False))
"""A letter for each colour: every drawing travels to every phone."""

Scheme = Literal["day", "night"]
SCHEMES: tuple[Scheme, ...] = ("day", "night")
