"""Parts as SVG text: still, or moving from one to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from webapp.figures.paths import Group, Part, Shape, number

Scheme = Literal["day", "night"]
SCHEMES: tuple[Scheme, ...] = ("day", "night")

# Class: its letter, colour by day and on paper, colour by night. "far" is away from the viewer.
_COLOURS = {
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
_LETTERS = dict(zip(_COLOURS, "abcdefghijklmnopqr", strict=True))

HOLD, MOVE = 1.5, 4.0
"""Seconds at each pose, and from one to the next: slow enough to follow while in pain."""


def picture(box: Sequence[float], parts: Iterable[Part], scheme: Scheme) -> str:
    """A complete SVG.

    Every drawing has the whole style sheet: it is the same everywhere, and so costs nothing once
    compressed. One drawing a scheme, because WebKit does not tell a drawing in a page what the
    page prefers.
    """
    return _whole(box, "".join(map(_still, parts)), scheme)


def moving_picture(box: Sequence[float], frames: Sequence[tuple[Part, ...]], scheme: Scheme) -> str:
    """A complete SVG that goes from frame to frame and back to the first, without end.

    The frames hold the same parts; ValueError if they do not.
    """
    timing = _timing(len(frames))
    return _whole(box, "".join(_moving(row, timing) for row in _rows(frames)), scheme)


def style(scheme: Scheme) -> str:
    """The style sheet of every drawing: all that is different by day and by night."""
    column = SCHEMES.index(scheme)
    return "".join(f".{_LETTERS[name]}{{color:{pair[column]}}}" for name, pair in _COLOURS.items())


def same_parts(frames: Sequence[tuple[Part, ...]]) -> bool:
    """Whether the frames differ in places and angles only, so that one can become another."""
    try:
        moving_picture((0, 0, 0, 0), frames, "day")
    except ValueError:
        return False
    return True


def _whole(box: Sequence[float], content: str, scheme: Scheme) -> str:
    # Single quotes, because drawings travel inside JSON, where a double quote takes two bytes.
    frame = " ".join(map(number, box))
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{frame}' role='img'"
        " fill='currentColor' stroke='currentColor'"
        " stroke-linecap='round' stroke-linejoin='round'>"
        f"<style>{style(scheme)}</style>{content}</svg>"
    )


def _still(part: Part) -> str:
    if isinstance(part, Shape):
        return f"<path {_looks(part)} d='{part.path}'/>"
    inner = "".join(map(_still, part.parts))
    return f"<g transform='{part.transform}({_values(part)})'>{inner}</g>"


def _looks(shape: Shape) -> str:
    line = f" stroke-width='{number(shape.width)}'" if shape.width else ""
    hollow = " fill='none'" if shape.width and not shape.path.endswith("z") else ""
    return f"class='{_LETTERS[shape.style]}'{line}{hollow}"


def _values(group: Group) -> str:
    return " ".join(map(number, group.numbers))


# --- moving --------------------------------------------------------------------------------


def _rows(frames: Sequence[tuple[Part, ...]]) -> Iterator[tuple[Part, ...]]:
    # The first part of every frame, then the second of every frame, and so on.
    if len(set(map(len, frames))) > 1:
        raise ValueError("these drawings are not made of the same parts")
    yield from zip(*frames, strict=True)


def _moving(row: tuple[Part, ...], timing: str) -> str:
    groups = tuple(part for part in row if isinstance(part, Group))
    if len(groups) == len(row):
        return _moving_group(groups, timing)
    shapes = tuple(part for part in row if isinstance(part, Shape))
    if len(shapes) == len(row) and len({_looks(shape) for shape in shapes}) == 1:
        return _moving_shape(shapes, timing)
    raise ValueError("these drawings are not made of the same parts")


def _moving_group(row: tuple[Group, ...], timing: str) -> str:
    kinds, values = {group.transform for group in row}, [_values(group) for group in row]
    if len(kinds) > 1:
        raise ValueError("these drawings are not placed in the same way")
    kind = row[0].transform
    inner = "".join(_moving(parts, timing) for parts in _rows([group.parts for group in row]))
    if len(set(values)) == 1:
        return f"<g transform='{kind}({values[0]})'>{inner}</g>"
    through = f"<animateTransform attributeName='transform' type='{kind}' {timing}"
    return f"<g>{through} values='{_stops(values)}'/>{inner}</g>"


def _moving_shape(row: tuple[Shape, ...], timing: str) -> str:
    paths = [shape.path for shape in row]
    if len(set(paths)) == 1:
        return _still(row[0])
    through = f"<animate attributeName='d' {timing} values='{_stops(paths)}'/>"
    return f"<path {_looks(row[0])} d='{paths[0]}'>{through}</path>"


def _timing(count: int) -> str:
    whole = count * (HOLD + MOVE)
    stops = [
        round((HOLD + MOVE) * i / whole + add, 3) for i in range(count) for add in (0, HOLD / whole)
    ]
    splines = ";".join(["0 0 1 1;.4 0 .6 1"] * count)
    times = ";".join(f"{stop:g}" for stop in [*stops, 1])
    return (
        f"dur='{number(whole)}s' repeatCount='indefinite' calcMode='spline'"
        f" keyTimes='{times}' keySplines='{splines}'"
    )


def _stops(values: Sequence[str]) -> str:
    # It stays at each pose for a while, then goes on, and in the end back to the first.
    return ";".join([value for value in values for _ in range(2)] + [values[0]])
