"""What a release packs, unpacked in Python: an own copy of what the worker does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def fragments(
    shelf: Mapping[str, Any], own: Sequence[str], code: str, before: Sequence[str] = ()
) -> list[str]:
    """Return the fragments of a shelf in one language; ``before`` are texts from another shelf."""
    rows = iter(shelf["rows"])
    forms, new = iter(shelf["forms"]), iter(own)
    texts = [*before, *own]
    joined = []
    for known in rows:
        form = shelf["forms"][known - 1] if known else next(forms)
        head, *rest = form.replace("\x7f\x7f", code).split("\x7f")
        for part in rest:
            number = next(rows)
            head += (texts[number - 1] if number else next(new)) + part
        joined.append(head)
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
