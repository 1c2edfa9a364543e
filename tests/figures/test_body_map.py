"""The map of the back: whole, inside its frame, the same by day and by night."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from tests.support.drawings import SVG, inked_points
from webapp.figures import HEIGHT, SCHEMES, WIDTH, draw_body_map


def test_the_map_has_no_words_and_stays_in_its_frame() -> None:
    svg = draw_body_map()
    assert not list(ET.fromstring(svg).iter(f"{SVG}text"))
    for (x, y), margin in inked_points(svg):
        assert margin <= x <= WIDTH - margin
        assert margin <= y <= HEIGHT - margin


def test_day_and_night_show_the_same_back() -> None:
    day, night = (re.sub(r"<style>.*?</style>", "", draw_body_map(s)) for s in SCHEMES)
    assert day == night
