"""The safety file says what the hazard log says, and names only what is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.support.site import build
from webapp import config, create_app
from webapp.knowledge import safety_file
from webapp.knowledge.model import ACCEPTABLE, Knowledge
from webapp.triage.proofs.prover import PROPERTIES

ROOT = Path(config.__file__).parents[1]
SITE = build()
DOCUMENTS = sorted(safety_file.FOLDER.glob("*.md"))
TABLES = safety_file.tables(SITE.knowledge, {number: text for number, text, _ in PROPERTIES})
WRITE_ANEW = "write it anew: python3 run.py flask knowledge safety"

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


def found(pattern: str, document: Path) -> set[str]:
    return set(re.findall(pattern, document.read_text("utf-8")))


def commands() -> Iterator[str]:
    """Yield every command of the app with its group."""
    app = create_app({"DATABASE_URL": "sqlite://"}, SITE)
    for group, inner in app.cli.commands.items():
        yield from (f"{group} {name}" for name in getattr(inner, "commands", ()))


@every_document
def test_the_tables_say_what_the_log_says(document: Path) -> None:
    text = document.read_text("utf-8")
    assert safety_file.filled(text, TABLES) == text, WRITE_ANEW


def test_every_table_is_shown() -> None:
    shown = set().union(*(found(r"<!-- table: ([\w-]+) -->", one) for one in DOCUMENTS))
    assert shown == set(TABLES)


def test_a_document_is_changed_only_where_a_table_has_changed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Before\n<!-- table: risks -->\nold\n<!-- end -->\nafter\n")
    (tmp_path / "b.md").write_text("Nothing here\n")
    assert safety_file.write(tmp_path, {"risks": "new"}) == 1
    changed = "Before\n<!-- table: risks -->\nnew\n<!-- end -->\nafter\n"
    assert (tmp_path / "a.md").read_text() == changed
    assert safety_file.write(tmp_path, {"risks": "new"}) == 0


def test_a_table_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    text = "<!-- table: luck -->\n<!-- end -->"
    with pytest.raises(safety_file.UnknownTable, match=r"no table 'luck'.*matrix, risks"):
        safety_file.filled(text, TABLES)


def test_each_hazard_has_its_risks_its_control_and_its_evidence(knowledge: Knowledge) -> None:
    case = (safety_file.FOLDER / "safety-case.md").read_text("utf-8")
    for hazard in knowledge.hazards:
        _, _, told = case.partition(f"### {hazard.id}\n")
        told = told.partition("###")[0]
        assert f"risk {hazard.initial_risk}." in told
        assert f"risk {hazard.risk}." in told
        assert hazard.control.english in told
        assert all(f"`{name}`" in case for name in hazard.held_by)
        row = f"| {hazard.id} | {hazard.risk} | {hazard.accepted} |"
        assert (row in case) == (hazard.risk > ACCEPTABLE)


@every_document
def test_each_test_that_is_named_is_there(document: Path) -> None:
    for name in found(r"`(tests/[\w/]+\.py::\w+)`", document):
        file, _, test = name.partition("::")
        assert f"def {test}(" in (ROOT / file).read_text("utf-8"), name


@every_document
def test_each_file_that_is_named_is_there(document: Path) -> None:
    named = found(r"`((?:webapp|tests|docs|translations)/[\w./-]+|[A-Z]+\.md)(?:::\w+)?`", document)
    assert not [name for name in named if not (ROOT / name).exists()]


@every_document
def test_each_link_leads_to_a_document(document: Path) -> None:
    links = {urlsplit(link).path for link in found(r"\]\(([^)]+)\)", document)}
    assert not [link for link in links if not (document.parent / link).is_file()]


@every_document
def test_each_setting_that_is_named_is_one(document: Path) -> None:
    source = Path(config.__file__).read_text("utf-8")
    assert not [name for name in found(r"`(EASEBACK_\w+)", document) if f'"{name}"' not in source]


@every_document
def test_each_command_that_is_named_is_one(document: Path) -> None:
    assert found(r"flask (\w+ \w+)`?", document) <= set(commands())


@every_document
def test_each_page_that_is_named_is_one(document: Path) -> None:
    assert found(r"`/en/([\w/-]*)`", document) <= set(SITE.release.site.pages)


def test_the_index_leads_to_every_document() -> None:
    index = safety_file.FOLDER / "README.md"
    assert found(r"\]\(([\w-]+\.md)\)", index) == {one.name for one in DOCUMENTS} - {"README.md"}


def test_the_file_says_first_that_nobody_has_certified_or_reviewed_it() -> None:
    index = (safety_file.FOLDER / "README.md").read_text("utf-8")
    status = index.partition("**Status.**")[2].partition("\n\n")[0].replace("\n", " ")
    assert "No registered clinician has reviewed the content." in status
    assert "Nobody has certified it as a medical device" in status
