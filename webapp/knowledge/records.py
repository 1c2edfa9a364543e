"""The base of every record in the data, and the one way to refuse a value that is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from webapp.knowledge.errors import KnowledgeError

_REMEDIES = (
    ("Object contains unknown field", "Mend or remove it"),
    ("Object missing required field", "Add it"),
    ("Expected `str`, got", "Write it as text, in quotes if need be"),
    ("Expected `date`", "Write it as 2026-11-22"),
    ("Invalid RFC3339 encoded date", "Write it as 2026-11-22"),
)
_Wanted = TypeVar("_Wanted")


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """A value read from data: unknown keys are refused, nothing changes after loading."""


def convert(
    raw: object,
    record: type[_Wanted],
    file: str,
    name: str = "",
    dec_hook: Callable[[type[Any], Any], Any] | None = None,
) -> _Wanted:
    """Return the record that a value of a file is; raise KnowledgeError naming file and key.

    ``name`` is where the value stands in the file: its id, or its key; "" is the whole file.
    """
    try:
        return msgspec.convert(raw, record, dec_hook=dec_hook)
    except msgspec.ValidationError as fault:
        problem, _, path = str(fault).partition(" - at ")
        # msgspec does not say which key of a mapping it was.
        key = path.removeprefix("`key` in ").strip("`").removeprefix("$").replace("[...]", "")
        raise KnowledgeError(
            file,
            (name + key).removeprefix(".") or "file",
            problem + _found(raw, key),
            _remedy(problem, file),
        ) from fault


def _found(raw: Any, key: str) -> str:
    """Return the value at a key such as ".near.knee" or ".items[3]" in words, if it is a scalar."""
    for name, index in re.findall(r"\.([\w-]+)|\[(\d+)\]", key):
        try:
            raw = raw[int(index)] if index else raw[name]
        except (KeyError, IndexError, TypeError):
            return ""
    return f", found {raw!r:.60}" if isinstance(raw, str | int | float) else ""


def _remedy(problem: str, file: str) -> str:
    """Return what to do about a problem that msgspec told."""
    schema = f"See in schema/{file.removesuffix('.yaml')}.json what may stand here"
    return next((words for start, words in _REMEDIES if problem.startswith(start)), schema)
