"""An independent reader of JSON Schema accepts our data, and refuses what the loader refuses."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from tests.knowledge.data_folder import Change, DataFolder, put, take
from webapp.knowledge import schema

VALIDATORS = {
    file: Draft202012Validator(json.loads(text), format_checker=FormatChecker())
    for file, text in schema.schemas()
}


def as_json(value: Any) -> Any:
    """Return the value as an editor sees it, to whom a day is text."""
    if isinstance(value, dict):
        return {key: as_json(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [as_json(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value


def content(file: str, folder: DataFolder) -> Any:
    return as_json(yaml.load((folder.path / file).read_bytes(), yaml.CSafeLoader))


@pytest.mark.parametrize("file", VALIDATORS)
def test_every_data_file_passes_its_schema(file: str, data: DataFolder) -> None:
    Draft202012Validator.check_schema(VALIDATORS[file].schema)
    assert [fault.message for fault in VALIDATORS[file].iter_errors(content(file, data))] == []


RULE, SCREEN, NUMBER = ("rules", "heart-tight"), ("screens", "danger-1"), ("numbers", 0)
MISTAKES = {
    "a key that there is not": ("rules.yaml", put(*RULE, "colour", value="red")),
    "a key that is missing": ("rules.yaml", take(*RULE, "reason")),
    "a key at the top that there is not": ("walking.yaml", put("colour", value="red")),
    "a list that is missing": ("walking.yaml", take("stages")),
    "a list that is none": ("walking.yaml", put("stages", value="x")),
    "an entry that is none": ("walking.yaml", put("stages", value=["x"])),
    "an urgency that there is not": ("rules.yaml", put(*RULE, "urgency", value="whenever")),
    "a strength that there is not": ("rules.yaml", put("strength", value="rumour")),
    "a day that is none": ("rules.yaml", put(*RULE, "checked", value="yesterday")),
    "a number for words": ("rules.yaml", put(*RULE, "reason", value=7)),
    "a mapping for words": ("rules.yaml", put(*RULE, "reason", value={"id": "a", "english": "b"})),
    "words that are none": ("rules.yaml", put(*RULE, "reason", value=" ")),
    "a kind that there is not": (
        "questions.yaml",
        put("screens", "region", "kind", value="slider"),
    ),
    "a row too rich": ("questions.yaml", put(*SCREEN, "items", 0, "colour", value="red")),
    "a condition of two": (
        "rules.yaml",
        put(*RULE, "when", value={"all": ["chest-tight"], "any": []}),
    ),
    "a condition of none": ("rules.yaml", put(*RULE, "when", value={"any": []})),
    "a time that there is not": ("rules.yaml", put(*RULE, "within", value="soon")),
    "openers without list": (
        "questions.yaml",
        put(*SCREEN, "items", 0, "opened-by", value="g-ill"),
    ),
    "no openers": ("questions.yaml", put(*SCREEN, "items", 0, "opened-by", value=[])),
    "an opener that is none": ("questions.yaml", put(*SCREEN, "items", 0, "only-for", value=[7])),
    "an opener of two": (
        "questions.yaml",
        put(*SCREEN, "items", 0, "only-for", value=[{"age": ["age-50"], "region": ["neck"]}]),
    ),
    "a row without a sign": ("questions.yaml", take(*SCREEN, "items", 0, "sign")),
    "a small question without options": (
        "questions.yaml",
        take("screens", "age", "beside", "options"),
    ),
    "gates that are no list": ("gates.yaml", put("read", 0, "gates", value="g-ill")),
    "an answer without list": ("rules.yaml", put(*RULE, "when", value={"region": "neck"})),
    "a number to call without quotes": (
        "emergency-numbers.yaml",
        put(*NUMBER, "number", value=112),
    ),
    "a number to call too long": ("emergency-numbers.yaml", put("unknown", value="112112")),
    "a country in small letters": (
        "emergency-numbers.yaml",
        put(*NUMBER, "countries", 0, value="gb"),
    ),
    "a knee that bends the wrong way": ("poses.yaml", put("walking", "near", "knee", value=-10)),
    "a joint that is missing": ("poses.yaml", take("walking", "far", "hip")),
    "a joint that there is not": ("poses.yaml", put("walking", "far", "tail", value=0)),
    "a thing that nobody draws": ("poses.yaml", put("walking", "props", 0, "kind", value="piano")),
    "a place of one number": ("poses.yaml", put("walking", "root", value=[1])),
    "a face that turns too far": ("poses.yaml", put("neck-turns-1", "face", value=90)),
    "a dose in words": ("exercises.yaml", put("exercises", 0, "dose", "seconds", value="ten")),
    "words for a search without list": (
        "search-words.yaml",
        put("synonyms", 0, "words", value="x"),
    ),
}


@pytest.mark.parametrize(("file", "change"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_refused_by_the_schema_and_by_the_loader(
    file: str, change: Change, data: DataFolder
) -> None:
    data.edit(file, change)
    assert list(VALIDATORS[file].iter_errors(content(file, data)))
    fault = data.refusal()
    assert (fault.file, len(str(fault).splitlines())) == (file, 1)
