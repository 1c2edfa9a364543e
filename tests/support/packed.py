"""What a release packs, unpacked in Python: an own copy of what the worker does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def numbers(column: str) -> list[int]:
    """Return the numbers of a column."""
    return [ord(letter) - 93 for letter in column]


def fragments(
    part: Mapping[str, Any], own: Sequence[str], code: str, before: Sequence[str] = ()
) -> list[str]:
    """Return the fragments of a part in one language; ``before`` are strings from another part."""
    column = iter(numbers(part["fragments"]))
    templates, new = iter(part["templates"]), iter(own)
    strings = [*before, *own]
    joined = []
    for known in column:
        template = part["templates"][known - 1] if known else next(templates)
        html, *rest = template.replace("\x7f\x7f", code).split("\x7f")
        for following in rest:
            number = next(column)
            html += (strings[number - 1] if number else next(new)) + following
        joined.append(html)
    return joined


def assets(part: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return type and text of each asset of a part by its address, drawings by night as well."""
    by_night = {
        url.replace("-day.", "-night."): [kind, text.replace(*part["night"], 1)]
        for url, (kind, text) in part["assets"].items()
        if "/drawings/" in url
    }
    return by_night | part["assets"]


def nodes(core: Mapping[str, Any]) -> list[list[int]]:
    """Return variable and places of the children of each node; the first two are terminals."""
    children = iter(numbers(core["children"]))
    unpacked: list[list[int]] = [[], []]
    for variable, shape in zip(numbers(core["deciding"]), numbers(core["shapes"]), strict=True):
        here = len(unpacked)
        places = {"-": 0, "+": 1, ".": here + 1}
        node = [variable]
        for sign in core["patterns"][shape]:
            if sign not in places:
                places[sign] = here + next(children)
            node.append(places[sign])
        assert len(node) == len(core["variables"][variable][1]) + 2
        unpacked.append(node)
    assert next(children, None) is None
    return unpacked
