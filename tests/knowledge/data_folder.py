"""A copy of the data that a test may break, and the changes that break it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from webapp.knowledge import loader, yaml_file
from webapp.knowledge.errors import KnowledgeError

Change = Callable[[Any], object]
Place = tuple[str | int, ...]
"""Keys and positions from the top of a file; text in a list is the id of the entry meant."""


@dataclass(frozen=True)
class DataFolder:
    """A folder of knowledge files."""

    path: Path

    def edit(self, file: str, change: Change) -> None:
        """Change what the file says."""
        path = self.path / file
        content = yaml_file.read(path)
        change(content)
        written = yaml.dump(content, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
        path.write_text(written, "utf-8")

    def refusal(self) -> KnowledgeError:
        """Return the error with which the loader refuses the folder."""
        with pytest.raises(KnowledgeError) as caught:
            loader.load(self.path)
        return caught.value


def put(*place: str | int, value: object) -> Change:
    """Return the change that puts a value at a place in the file."""

    def change(content: Any) -> None:
        *path, last = place
        _at(content, path)[last] = value

    return change


def take(*place: str | int) -> Change:
    """Return the change that removes what is at a place in the file."""

    def change(content: Any) -> None:
        *path, last = place
        del _at(content, path)[last]

    return change


def repeat(*place: str | int) -> Change:
    """Return the change that gives the first entry of a list once more, at its end."""

    def change(content: Any) -> None:
        entries = _at(content, place)
        entries.append(entries[0])

    return change


def add(entry: object, *place: str | int) -> Change:
    """Return the change that adds an entry to a list."""
    return lambda content: _at(content, place).append(entry)


def _at(content: Any, place: Place | list[str | int]) -> Any:
    for key in place:
        by_id = isinstance(content, list) and isinstance(key, str)
        content = next(e for e in content if e["id"] == key) if by_id else content[key]
    return content
