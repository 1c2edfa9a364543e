"""The statements of the seed texts: every one is said, or left out for a reason."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.knowledge.checks.ids import every_id
from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge, SeedStatement

SEEDS = {"SEED0": 22, "SEED1": 11, "SEED2": 12, "SEED3": 9, "SEED4": 23}
"""How many useful statements the clinical digest counts in each seed text."""


def complete(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Every useful statement of every seed text is listed once, in order."""
    wanted = [f"{seed}.{n}" for seed, most in SEEDS.items() for n in range(1, most + 1)]
    listed = [statement.id for statement in knowledge.seed_statements]
    for identity in wanted:
        if listed.count(identity) != 1:
            times = f"is listed {listed.count(identity)} times"
            yield KnowledgeError("statements.yaml", identity, times, "List it once")
    for identity in listed:
        if identity not in wanted:
            yield KnowledgeError(
                "statements.yaml", identity, "is no statement of a seed text", "Mend its number"
            )
    if listed != wanted:
        yield KnowledgeError("statements.yaml", "statements", "is out of order", "Sort it")


def accounted(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Every statement of a seed text is found at ids that exist, or left out for a reason."""
    known = {*every_id(knowledge), *knowledge.sources}
    for statement in knowledge.seed_statements:
        if not statement.about:
            yield _seed_fault(statement, "does not say what it is about", "Fill in 'about'")
        if bool(statement.found_at) == bool(statement.left_out):
            yield _seed_fault(
                statement, "must be either found or left out", "Give 'found-at' or 'left-out'"
            )
        for identity in statement.found_at:
            if identity not in known:
                yield _seed_fault(
                    statement, f"is found at '{identity}', which is no id", "Mend the id"
                )


def _seed_fault(statement: SeedStatement, problem: str, remedy: str) -> KnowledgeError:
    return KnowledgeError("statements.yaml", statement.id, problem, remedy)
