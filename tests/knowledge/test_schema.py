"""The schemas beside the data are those of the records, and each file says which is its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.knowledge.test_kinds import KnowledgeOfBaths
from webapp.knowledge import loader, schema

FILES = sorted(path.name for path in loader.DATA.glob("*.yaml"))
MADE = dict(schema.schemas())


@pytest.mark.parametrize("file", FILES)
def test_the_schema_beside_the_data_is_fresh(file: str) -> None:
    committed = schema.path_of(file, schema.FOLDER).read_text("utf-8")
    assert committed == MADE[file], "run: python3 run.py flask knowledge schema"


def test_there_is_no_schema_without_a_file() -> None:
    wanted = {schema.path_of(file, schema.FOLDER) for file in FILES}
    assert set(schema.FOLDER.iterdir()) == wanted


@pytest.mark.parametrize("file", FILES)
def test_an_editor_finds_the_schema_by_the_first_line(file: str) -> None:
    first, *_ = (loader.DATA / file).read_text("utf-8").splitlines()
    path = first.removeprefix("# yaml-language-server: $schema=")
    assert loader.DATA / path == schema.path_of(file, schema.FOLDER)


@pytest.mark.parametrize("file", FILES)
def test_every_part_that_a_schema_refers_to_is_in_it(file: str) -> None:
    whole = json.loads(MADE[file])
    used = set(_references(whole))
    assert used == {f"#/$defs/{name}" for name in whole["$defs"]}


def _references(value: object) -> list[str]:
    if isinstance(value, list):
        return [found for entry in value for found in _references(entry)]
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [found for entry in value.values() for found in _references(entry)]
    return []


def test_every_field_of_a_pose_says_its_range_and_its_unit() -> None:
    parts = json.loads(MADE["poses.yaml"])["$defs"]
    for name in ("Limbs", "FrontLimbs", "SidePose", "FrontPose"):
        for key, field in parts[name]["properties"].items():
            if field.get("type") == "number":
                assert field["minimum"] < field["maximum"], (name, key)
                assert field["description"].startswith(("Degrees: ", "Units: ", "Share ")), key


def test_texts_are_plain_words_in_a_schema() -> None:
    parts = json.loads(MADE["rules.yaml"])["$defs"]
    assert parts["Text"]["type"] == "string"
    assert parts["Rule"]["properties"]["reason"] == {"$ref": "#/$defs/Text"}


def test_a_new_kind_of_content_has_its_schema() -> None:
    made = dict(schema.schemas(KnowledgeOfBaths))
    assert json.loads(made["baths.yaml"])["$defs"]["Bath"]["required"] == [
        "id",
        "sources",
        "name",
        "minutes",
    ]


def test_schemas_are_written_to_a_folder(tmp_path: Path) -> None:
    assert schema.write(tmp_path / "schema") == len(FILES)
    assert {path.name: path.read_text("utf-8") for path in (tmp_path / "schema").iterdir()} == {
        schema.path_of(file, tmp_path).name: text for file, text in MADE.items()
    }
