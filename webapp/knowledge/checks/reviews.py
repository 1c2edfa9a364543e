"""The reviews: each is about something that there is, and said once."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.knowledge.checks.ids import every_id
from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge


def about_something(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Every review names a rule, a text or what holds some, and nobody reviews it twice a day."""
    there = frozenset(every_id(knowledge))
    said: set[tuple[object, ...]] = set()
    for review in knowledge.reviews:
        if review.of not in there:
            problem = "is the id of nothing that can be reviewed"
            yield KnowledgeError("reviews.yaml", review.of, problem, "Mend 'of'")
        once = (review.of, review.registration, review.date)
        if once in said:
            problem = f"is reviewed twice by {review.registration} on {review.date}"
            yield KnowledgeError("reviews.yaml", review.of, problem, "Keep one of them")
        said.add(once)
