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
    rules,
    search_words,
    sources,
    statements,
    texts,
)
from webapp.knowledge.model import Knowledge

_CHECKS = (
    ids.ids,
    texts.texts,
    rules.evidence,
    sources.source_ids,
    questions.screens,
    questions.ask_order,
    drawings.drawings,
    exercises.exercise_answers,
    exercises.exercise_names,
    exercises.doses,
    exercises.starters,
    offers.recommendations_present,
    offers.stage_minutes,
    offers.floor_present,
    rules.definitions_present,
    hazards.holders,
    coverage.said_somewhere,
    articles.articles,
    search_words.leads,
    statements.seeds_complete,
    statements.seeds_accounted,
    help_card.phrases,
    numbers.one_number_a_country,
)


def run(knowledge: Knowledge) -> None:
    """Raise KnowledgeError for the first house rule that the knowledge breaks."""
    for check in _CHECKS:
        for fault in check(knowledge):
            raise fault
