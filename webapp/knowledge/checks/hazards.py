"""The hazard log: each hazard is held by what can be run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import ACCEPTABLE, RISKS, Knowledge

_LIKELIHOODS = tuple(RISKS)
_WORST = max(map(max, RISKS.values()))
_HOLDER = re.compile(r"property-[1-9]\d*|tests/[\w/]+\.py::test_\w+")


def held(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Every hazard is held back by something that can be run."""
    for hazard in knowledge.hazards:
        if not hazard.held_by:
            yield KnowledgeError(
                "hazards.yaml", hazard.id, "is held by nothing", "Name a property or a test"
            )
        for name in hazard.held_by:
            if not _HOLDER.fullmatch(name):
                yield KnowledgeError(
                    "hazards.yaml",
                    hazard.id,
                    f"is held by '{name}', which is no property and no test",
                    "Write 'property-5' or 'tests/x.py::test_y'",
                )


def acceptable(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """A risk that is left is acceptable, or carried for a reason that is written down."""
    for hazard in knowledge.hazards:
        if hazard.risk == _WORST:
            yield KnowledgeError(
                "hazards.yaml", hazard.id, "is a risk that nobody may carry", "Add a control"
            )
        elif (hazard.risk > ACCEPTABLE) != bool(hazard.accepted):
            has = "with" if hazard.accepted else "without"
            yield KnowledgeError(
                "hazards.yaml",
                hazard.id,
                f"is a risk of {hazard.risk} {has} 'accepted'",
                f"Give 'accepted' where it is over {ACCEPTABLE} and only there",
            )


def controlled(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """A control makes the harm less likely than it would be without."""
    for hazard in knowledge.hazards:
        before, after = map(_LIKELIHOODS.index, (hazard.uncontrolled, hazard.likelihood))
        if after >= before:
            yield KnowledgeError(
                "hazards.yaml",
                hazard.id,
                f"is '{hazard.likelihood}' with its control and '{hazard.uncontrolled}' without",
                "Judge both again: a control that changes nothing is none",
            )
