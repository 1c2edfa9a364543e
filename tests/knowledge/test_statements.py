"""The list of the seed texts' useful statements: whole, and every one accounted for."""

from __future__ import annotations

import pytest

from tests.knowledge.data_folder import Change, DataFolder, add, put, repeat, take
from webapp.knowledge.model import Knowledge

COUNTS = {"SEED0": 22, "SEED1": 11, "SEED2": 12, "SEED3": 9, "SEED4": 23}
"""The useful statements that the clinical digest counts in each seed text."""


@pytest.mark.parametrize(("seed", "count"), COUNTS.items())
def test_every_statement_of_a_seed_text_is_listed(
    seed: str, count: int, knowledge: Knowledge
) -> None:
    listed = [
        statement.id
        for statement in knowledge.seed_statements
        if statement.id.startswith(f"{seed}.")
    ]
    assert listed == [f"{seed}.{number}" for number in range(1, count + 1)]
    assert seed in knowledge.sources


def test_the_list_holds_nothing_else(knowledge: Knowledge) -> None:
    assert len(knowledge.seed_statements) == sum(COUNTS.values())


def test_each_row_can_be_read_by_itself(knowledge: Knowledge) -> None:
    for statement in knowledge.seed_statements:
        assert 3 <= len(statement.about.split()) <= 8, statement.id
        assert not statement.left_out or statement.left_out.endswith("."), statement.id


def test_what_a_row_names_can_be_linked_to(knowledge: Knowledge) -> None:
    named = {identity for statement in knowledge.seed_statements for identity in statement.found_at}
    assert named
    assert named <= knowledge.linked


FIRST, LEFT_OUT = ("statements", "SEED0.1"), ("statements", "SEED0.20")
FAULTS = {
    "one missing": (take("statements", 3), "SEED0.4", "listed 0 times"),
    "the last one missing": (take("statements", -1), "SEED4.23", "listed 0 times"),
    "one twice": (repeat("statements"), "SEED0.1", "listed 2 times"),
    "one too many": (
        add({"id": "SEED4.24", "about": "one too many", "left-out": "x"}, "statements"),
        "SEED4.24",
        "no statement of a seed text",
    ),
    "out of order": (lambda rows: rows["statements"].reverse(), "statements", "out of order"),
    "an id that there is not": (put(*FIRST, "found-at", value=["nowhere"]), "SEED0.1", "'nowhere'"),
    "neither": (take(*FIRST, "found-at"), "SEED0.1", "either found or left out"),
    "found nowhere": (put(*FIRST, "found-at", value=[]), "SEED0.1", "either found or left out"),
    "both": (put(*LEFT_OUT, "found-at", value=["spasm-is"]), "SEED0.20", "either found or left"),
    "no reason": (put(*LEFT_OUT, "left-out", value=""), "SEED0.20", "either found or left out"),
    "about nothing": (put(*FIRST, "about", value=""), "SEED0.1", "what it is about"),
    "an unknown key": (put(*FIRST, "colour", value="red"), "SEED0.1", "unknown field `colour`"),
}


@pytest.mark.parametrize(("change", "key", "problem"), FAULTS.values(), ids=FAULTS)
def test_a_gap_in_the_list_is_refused(
    change: Change, key: str, problem: str, data: DataFolder
) -> None:
    data.edit("statements.yaml", change)
    fault = data.refusal()
    assert (fault.file, fault.key) == ("statements.yaml", key)
    assert problem in fault.problem
