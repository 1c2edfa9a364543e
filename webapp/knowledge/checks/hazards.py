"""The hazard log: each hazard is held by what can be run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge

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
