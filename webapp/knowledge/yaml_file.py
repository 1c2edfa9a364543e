"""YAML as we accept it: no duplicate keys, no bare yes/no, every fault with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from webapp.knowledge.errors import KnowledgeError


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


_StrictLoader.add_constructor("tag:yaml.org,2002:map", _mapping)
_StrictLoader.add_constructor("tag:yaml.org,2002:bool", _boolean)


def read(path: Path) -> dict[str, Any]:
    """Return the mapping in the file; raise KnowledgeError naming file and line if it is bad."""
    try:
        loader = _StrictLoader(path.read_bytes())
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
