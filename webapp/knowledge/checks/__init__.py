"""House rules of the knowledge as a whole: a check each, a file a subject."""

from __future__ import annotations

from webapp.knowledge.checks import (
    articles,
    coverage,
    drawings,
    exercises,
    hazards,
    help_card,
    ids,
    numbers,
    offers,
    questions,
    reviews,
    rules,
    search_words,
    sources,
    statements,
    texts,
)
from webapp.knowledge.model import Knowledge

_CHECKS = (
    ids.usable_and_unique,
    texts.plain_words,
    rules.evidence,
    sources.addresses,
    sources.named,
    questions.whole,
    questions.ask_order,
    questions.plan_last,
    questions.gates_read,
    rules.time_limits,
    drawings.drawn,
    exercises.answers,
    exercises.names,
    exercises.doses,
    exercises.starters,
    offers.recommendations_present,
    offers.stage_minutes,
    offers.floor_present,
    offers.warnings_named,
    rules.definitions_present,
    hazards.held,
    hazards.acceptable,
    hazards.controlled,
    coverage.said_to_everybody,
    articles.not_empty,
    search_words.complete,
    statements.complete,
    statements.accounted,
    help_card.phrases,
    numbers.one_number_a_country,
    reviews.about_something,
)


def run(knowledge: Knowledge) -> None:
    """Raise KnowledgeError for the first house rule that the knowledge breaks."""
    for check in _CHECKS:
        for fault in check(knowledge):
            raise fault
