"""The rules: each from a finding, and all that offers depend on is defined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge

_FINDING = re.compile(r"[ALTNC]\d+")

_DEFINED = (
    "not-built-for",
    "in-neck",
    "acute",
    "settling",
    "heat-no",
    "cold-no",
    "quick-heat-no",
    "quick-cold-no",
    "thermal-ask",
)


def evidence(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Every rule names the findings that it comes from."""
    for rule in knowledge.rules:
        if not rule.evidence or not all(map(_FINDING.fullmatch, rule.evidence)):
            yield KnowledgeError(
                "rules.yaml", rule.id, "names no finding such as A1 or C10", "Mend 'evidence'"
            )


def time_limits(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """A rule says within what time just where its urgency is "soon"."""
    for rule in knowledge.rules:
        if (rule.urgency == "soon") != (rule.within is not None):
            yield KnowledgeError(
                "rules.yaml",
                rule.id,
                f"is '{rule.urgency}' {'with' if rule.within else 'without'} 'within'",
                "Give 'within' to the rules for 'soon' and to no other",
            )


def definitions_present(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """All is defined that offers depend on, and asked that leads to them."""
    for name in _DEFINED:
        if name not in knowledge.definitions:
            yield KnowledgeError("rules.yaml", name, "is missing", "Define it")
    if "quick-thermal" not in {screen.id for screen in knowledge.quick}:
        yield KnowledgeError("questions.yaml", "quick-thermal", "is missing", "Ask it in 'quick'")
