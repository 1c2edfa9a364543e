"""A JSON Schema for each data file, made from the records, so that an editor underlines mistakes.

The schemas are committed beside the data; an editor finds them by the first line of each file.
They say no more than the records do; what holds between files only the checks know.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from inspect import cleandoc
from pathlib import Path
from typing import Any, get_args

import msgspec

from webapp.knowledge.conditions import Condition, Leaf
from webapp.knowledge.kinds import Keyed, Kind, Whole, kinds_of, records_below
from webapp.knowledge.loader import DATA, DEFINE, top_keys
from webapp.knowledge.model import Knowledge, Sourced, Strength
from webapp.knowledge.records import Record

FOLDER = DATA / "schema"

_DEFS = "#/$defs/"
_CONDITIONS: Mapping[str, object] = {
    "type": "array",
    "items": {"$ref": f"{_DEFS}Condition"},
    "minItems": 1,
}
_ANSWERS: Mapping[str, object] = {
    "description": "A question, and the answers that count.",
    "type": "array",
    "items": {"type": "string"},
    "minItems": 1,
}
_CONDITION: Mapping[str, object] = {
    "title": "Condition",
    "description": "When something holds: 'all', 'any', 'not', 'at-least', 'known', a question with"
    " the answers that count, or the id of a row or of a definition.",
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "properties": {
                "all": _CONDITIONS,
                "any": _CONDITIONS,
                "not": {"$ref": f"{_DEFS}Condition"},
                "known": {"$ref": f"{_DEFS}Condition"},
                "at-least": {
                    "type": "object",
                    "properties": {
                        "count": {"type": "integer", "minimum": 1},
                        "of": _CONDITIONS,
                    },
                    "required": ["count", "of"],
                    "additionalProperties": False,
                },
            },
            "additionalProperties": _ANSWERS,
        },
    ],
}
_LEAF: Mapping[str, object] = {
    "title": "Leaf",
    "description": "A gate, a row that may be true, or a question with the answers that count.",
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": _ANSWERS,
        },
    ],
}
_TEXT: Mapping[str, object] = {
    "description": "English words for people. A change asks for a new translation.",
    "type": "string",
    "pattern": r"\S",
}
_OURS = {"Text": _TEXT, "Condition": _CONDITION, "Leaf": _LEAF}
"""What stands in the files otherwise than it is in the program."""
_DEFAULTS: Mapping[str, Mapping[str, object]] = {
    "checked": {
        "description": "The day on which this was last held against its sources.",
        "type": "string",
        "format": "date",
    },
    "strength": {
        "description": "How strong the sources are, where nothing below says otherwise.",
        "enum": sorted(get_args(Strength)),
    },
    DEFINE: {
        "description": "Conditions with a name, which later ones and all rules may use.",
        "type": "object",
        "additionalProperties": {"$ref": f"{_DEFS}Condition"},
    },
}
"""What may stand at the top of a file."""


def path_of(file: str, folder: Path) -> Path:
    """Return where the schema of a data file stands in the folder of schemas."""
    return folder / file.replace(".yaml", ".json")


def schemas(shape: type[Knowledge] = Knowledge) -> Iterator[tuple[str, str]]:
    """Yield each data file's name and its schema, the same text for the same records."""
    kinds = kinds_of(shape)
    for file in dict.fromkeys(file for kind in kinds for file in kind.files):
        schema = _schema(file, [kind for kind in kinds if file in kind.files])
        yield file, json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write(folder: Path) -> int:
    """Write the schema of every data file; return how many there are."""
    folder.mkdir(exist_ok=True)
    written = [path_of(file, folder).write_text(text, "utf-8") for file, text in schemas()]
    return len(written)


def _schema(file: str, kinds: list[Kind]) -> dict[str, object]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": file,
        **_top(file, kinds),
        "$defs": _definitions([record for kind in kinds for record in kind.records]),
    }


def _top(file: str, kinds: list[Kind]) -> dict[str, object]:
    """Return what the top of the file must be."""
    if isinstance(kinds[0].stands, Whole):
        return _one_of(kinds[0])
    if isinstance(kinds[0].stands, Keyed):
        return {"type": "object", "additionalProperties": _one_of(kinds[0])}
    properties = {kind.key: {"type": "array", "items": _one_of(kind)} for kind in kinds}
    defaults = {key: schema for key, schema in _DEFAULTS.items() if key in top_keys(file, kinds)}
    return {
        "type": "object",
        "properties": {**defaults, **properties},
        "required": list(properties),
        "additionalProperties": False,
    }


def _one_of(kind: Kind) -> dict[str, object]:
    first, *others = ({"$ref": _DEFS + record.__name__} for record in kind.records)
    return {"anyOf": [first, *others]} if others else dict(first)


def _definitions(records: list[type[Record]]) -> dict[str, Any]:
    """Return the schemas of the records and of all that they hold."""
    _, found = msgspec.json.schema_components(
        records, schema_hook=_condition, ref_template=_DEFS + "{name}"
    )
    every = {below.__name__: below for record in records for below in records_below(record)}
    written = {name: _as_written(found[name], record) for name, record in every.items()}
    used = json.dumps(written)
    return written | {name: schema for name, schema in _OURS.items() if f'"{_DEFS}{name}"' in used}


def _as_written(schema: dict[str, Any], record: type[Record]) -> dict[str, Any]:
    """Return the schema of a record as it is written in a file."""
    schema = {**schema, "description": cleandoc(record.__doc__ or "")}
    if issubclass(record, Sourced):
        # The top of a file may say these for all that is below.
        required = [key for key in schema["required"] if key not in _DEFAULTS]
        schema["required"] = required
    for key in schema["properties"].values():
        if key.get("$ref") == f"{_DEFS}Condition":
            # "Always" and "never" are values of the program and stand in no file.
            key.pop("default", None)
    return schema


def _condition(wanted: type) -> dict[str, object]:
    """Return what msgspec cannot know of the types that are ours alone."""
    if wanted not in (Condition, Leaf):
        raise NotImplementedError
    return {"$ref": f"{_DEFS}{wanted.__name__}"}
