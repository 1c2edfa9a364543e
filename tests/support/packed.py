"""What a release packs, unpacked in Python: an own copy of what the worker does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def fragments(
    part: Mapping[str, Any], own: Sequence[str], code: str, before: Sequence[str] = ()
) -> list[str]:
    """Return the fragments of a part in one language; ``before`` are strings from another part."""
    numbers = iter(part["fragments"])
    templates, new = iter(part["templates"]), iter(own)
    strings = [*before, *own]
    joined = []
    for known in numbers:
        template = part["templates"][known - 1] if known else next(templates)
        html, *rest = template.replace("\x7f\x7f", code).split("\x7f")
        for following in rest:
            number = next(numbers)
            html += (strings[number - 1] if number else next(new)) + following
        joined.append(html)
    return joined


def nodes(core: Mapping[str, Any]) -> list[list[int]]:
    """Return variable and places of the children of each node; the first two are terminals."""
    children = iter(core["children"])
    unpacked: list[list[int]] = [[], []]
    for variable in core["deciding"]:
        node = [variable]
        for _ in range(len(core["variables"][variable][1]) + 1):
            child = next(children)
            if child < 0:
                node.append(node[-1])
            else:
                node.append(child if child < 2 else len(unpacked) + child - 1)
        unpacked.append(node)
    assert next(children, None) is None
    return unpacked
