"""A kind of content is one annotated field: files, texts, ids and sources follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import pytest

from tests.knowledge.data_folder import Change, DataFolder, put
from webapp.knowledge import loader
from webapp.knowledge.checks.ids import every_id
from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.kinds import Listed, kinds_of
from webapp.knowledge.model import Knowledge, Sourced
from webapp.knowledge.texts import Text

BATHS = """\
checked: 2026-11-22
strength: review
baths:
  - id: bath-warm
    name: A warm bath
    minutes: 10
    sources: [NHS-BP]
"""


class Bath(Sourced, frozen=True, kw_only=True):
    """A made-up kind of content."""

    name: Text
    minutes: int


@dataclass(frozen=True, kw_only=True)
class KnowledgeOfBaths(Knowledge):
    """What we know, and one kind more."""

    baths: Annotated[tuple[Bath, ...], Listed(("baths.yaml",))]


@pytest.fixture
def bathing(data: DataFolder) -> DataFolder:
    (data.path / "baths.yaml").write_text(BATHS, "utf-8")
    return data


def test_a_new_kind_of_content_needs_one_entry(bathing: DataFolder) -> None:
    known = loader.load_as(KnowledgeOfBaths, bathing.path)
    (bath,) = known.baths
    assert (str(bath.name), bath.strength) == ("A warm bath", "review")
    assert bath.name in known.texts
    assert bath.name.id == "bath-warm.name"
    assert bath in known.sourced
    assert "bath-warm" in every_id(known)
    assert known.file_of["bath-warm"] == "baths.yaml"


FAULTS = {
    "the id of another file": (put("baths", 0, "id", value="heart-tight"), "used twice"),
    "an id with capitals": (put("baths", 0, "id", value="Bath"), "usable"),
    "a source that there is not": (put("baths", 0, "sources", value=["NOBODY"]), "NOBODY"),
    "no source": (put("baths", 0, "sources", value=[]), "has no source"),
    "no words": (put("baths", 0, "name", value=" "), "no words"),
    "words that are none": (put("baths", 0, "name", value={"id": "x", "english": "X"}), "`dict`"),
    "a number in words": (put("baths", 0, "minutes", value="ten"), "found 'ten'"),
    "a key too many": (put("baths", 0, "colour", value="red"), "`colour`"),
    "a key too many at the top": (put("colour", value="red"), "is not a key of this file"),
    "no list": (put("baths", value="warm"), "is missing or not a list"),
}


@pytest.mark.parametrize(("change", "problem"), FAULTS.values(), ids=FAULTS)
def test_a_new_kind_of_content_is_refused_as_all_others(
    change: Change, problem: str, bathing: DataFolder
) -> None:
    bathing.edit("baths.yaml", change)
    with pytest.raises(KnowledgeError, match=problem) as caught:
        loader.load_as(KnowledgeOfBaths, bathing.path)
    assert caught.value.file == "baths.yaml"


def test_every_file_of_the_data_is_of_some_kind() -> None:
    read = {file for kind in kinds_of(Knowledge) for file in kind.files}
    assert read == {path.name for path in loader.DATA.glob("*.yaml")}
