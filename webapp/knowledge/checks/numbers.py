"""The emergency numbers: one a country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge


def one_number_a_country(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """No country stands under two numbers, nor under one of them twice."""
    counts = Counter(country for group in knowledge.numbers.numbers for country in group.countries)
    for country in (country for country, count in counts.items() if count > 1):
        yield KnowledgeError(
            "emergency-numbers.yaml",
            f"numbers.{country}",
            "is there twice",
            "Leave it under one number only",
        )
