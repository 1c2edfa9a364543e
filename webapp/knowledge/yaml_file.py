"""YAML as we accept it: no duplicate keys, no bare yes/no, every fault with its place.

A file may come from anybody who offers a change. It is read as a row of events first: what is built
of it recurses, and a file of a few bytes could stand for more than a machine holds.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from webapp.knowledge.errors import KnowledgeError

LARGEST_FILE = 1_000_000
"""Bytes; the largest of ours has 56,000."""
_DEEPEST = 40
_MOST_VALUES = 100_000
"""What an alias stands for is counted each time; the fullest of our files has 4,000."""
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")


class _StrictLoader(yaml.CSafeLoader):
    """A safe loader that refuses what YAML would silently reinterpret."""

    file = ""


def _mapping(loader: _StrictLoader, node: yaml.Node) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    if not isinstance(node, yaml.MappingNode):
        raise TypeError("a mapping was promised")
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = f"line {key_node.start_mark.line + 1}"
        if not isinstance(key, str):
            raise KnowledgeError(
                loader.file, line, f"the key {key!r} is not text", "Write it in quotes"
            )
        if key in seen:
            raise KnowledgeError(
                loader.file, line, f"the key '{key}' is given twice", "Keep one of them"
            )
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


def _boolean(loader: _StrictLoader, node: yaml.ScalarNode) -> Any:
    raise KnowledgeError(
        loader.file,
        f"line {node.start_mark.line + 1}",
        f"a bare {node.value} is a truth value to some readers and text to others",
        f'Write "{node.value}" in quotes',
    )


def _number(loader: _StrictLoader, node: yaml.ScalarNode) -> int | float:
    if not _NUMBER.fullmatch(node.value):
        raise KnowledgeError(
            loader.file,
            f"line {node.start_mark.line + 1}",
            f"{node.value:.30} is a number to some readers and something else to others",
            "Write it in quotes if it is text, else in digits, with a point",
        )
    return float(node.value) if "." in node.value else int(node.value)


_StrictLoader.add_constructor("tag:yaml.org,2002:int", _number)
_StrictLoader.add_constructor("tag:yaml.org,2002:float", _number)
_StrictLoader.add_constructor("tag:yaml.org,2002:map", _mapping)
_StrictLoader.add_constructor("tag:yaml.org,2002:bool", _boolean)


def read(path: Path) -> dict[str, Any]:
    """Return the mapping in the file; raise KnowledgeError naming file and line if it is bad."""
    try:
        whole = _bounded(path)
        loader = _StrictLoader(whole)
        loader.file = path.name
        content = loader.get_single_data()
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else "?"
        raise KnowledgeError(
            path.name, f"line {line}", f"this is not YAML: {fault.problem}", "Mend the line"
        ) from fault
    except KnowledgeError:
        raise
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as fault:
        raise KnowledgeError(
            path.name,
            "file",
            f"holds something that is no value: {str(fault).splitlines()[0]}",
            "Save it as UTF-8 text and mend that value",
        ) from fault
    except OSError as fault:
        raise KnowledgeError(
            path.name, "file", "cannot be read", "Put the file back or mend its rights"
        ) from fault
    if not isinstance(content, dict):
        raise KnowledgeError(
            path.name, "file", "is not a mapping", "Start it with a key such as 'sections:'"
        )
    return content


def _bounded(path: Path) -> bytes:
    """Return what is in the file; raise KnowledgeError for more than a file of ours can hold."""
    with path.open("rb") as file:
        whole = file.read(LARGEST_FILE + 1)
    if len(whole) > LARGEST_FILE:
        problem = f"is larger than {LARGEST_FILE:,} bytes"
        raise KnowledgeError(path.name, "file", problem, "Split it, or take out what is not ours")
    sizes: dict[str | None, int] = {}
    # Of what is open now: its anchor, and how many values it has so far.
    open_now: list[tuple[str | None, int]] = [(None, 0)]
    for event in yaml.parse(whole, yaml.CSafeLoader):
        line = f"line {event.start_mark.line + 1}" if event.start_mark else "file"
        if tag := _tag(event):
            raise KnowledgeError(path.name, line, f"has the tag {tag:.40}", "Take it out")
        if isinstance(event, yaml.CollectionStartEvent):
            open_now.append((event.anchor, 1))
        elif isinstance(event, yaml.ScalarEvent):
            _add(open_now, sizes, event.anchor, 1)
        elif isinstance(event, yaml.AliasEvent):
            _add(open_now, sizes, None, sizes.get(event.anchor, 0))
        elif isinstance(event, yaml.CollectionEndEvent):
            _add(open_now, sizes, *open_now.pop())
        if len(open_now) > _DEEPEST or open_now[-1][1] > _MOST_VALUES:
            problem = "stands for more, or goes deeper, than a file of ours can"
            raise KnowledgeError(path.name, line, problem, "Write it out, in fewer levels")
    return whole


def _add(
    open_now: list[tuple[str | None, int]],
    sizes: dict[str | None, int],
    anchor: str | None,
    values: int,
) -> None:
    """Count the values of something that is over."""
    sizes[anchor] = values
    around, before = open_now[-1]
    open_now[-1] = around, before + values


def _tag(event: yaml.Event) -> str | None:
    """Return the tag that the file itself gives to a value."""
    if isinstance(event, yaml.ScalarEvent):
        return None if any(event.implicit) else event.tag
    return event.tag if isinstance(event, yaml.CollectionStartEvent) else None
