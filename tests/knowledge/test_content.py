"""What the real data says: complete, sourced, plain, and never what it must not say."""

from __future__ import annotations

import re
from datetime import date
from itertools import chain
from operator import attrgetter
from statistics import mean

import pytest
import textstat

from tests.support.known import known
from webapp.knowledge.kinds import kinds_of, walk
from webapp.knowledge.model import Knowledge, Rule
from webapp.knowledge.texts import Text

KNOWN = known()
EMERGENCIES = [
    *(f"A{n}" for n in (1, 2, 3, 4, 5, 7, 8, 11, 15, 16, 17, 18)),
    *(
        f"A{n}"
        for n in (24, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 38, 40, 41, 44, 45, 46, 47)
    ),
    *(f"L{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 23, 25)),
    *(f"N{n}" for n in (1, 2, 3, 5, 6, 7, 13, 14, 17)),
    *(f"C{n}" for n in (1, 2, 3, 4, 5, 6, 11, 12)),
    "T5",
    "T6",
]
"""The findings and combinations of the clinical digest that can be an emergency."""
FINDINGS = {
    *(f"A{n}" for n in range(1, 48)),
    *(f"L{n}" for n in range(1, 27)),
    *(f"T{n}" for n in range(1, 8)),
    *(f"N{n}" for n in range(1, 18)),
    *(f"C{n}" for n in range(1, 21)),
}
"""Every finding and combination of the digest."""


@pytest.mark.parametrize("finding", EMERGENCIES)
def test_an_emergency_has_a_rule_that_calls_it_one(finding: str) -> None:
    assert any(finding in rule.evidence for rule in KNOWN.rules_by_urgency["emergency"])


@pytest.mark.parametrize("rule", KNOWN.rules, ids=lambda rule: rule.id)
def test_a_rule_names_findings_of_the_digest(rule: Rule) -> None:
    assert rule.evidence
    assert set(rule.evidence) <= FINDINGS


def test_everything_a_person_reads_has_sources_or_is_by_design(knowledge: Knowledge) -> None:
    unsourced = [statement.id for statement in knowledge.sourced if not statement.sources]
    by_design = {
        statement.id for statement in knowledge.sourced if statement.strength == "by-design"
    }
    assert set(unsourced) <= by_design
    for screen in knowledge.screens:
        assert screen.kind != "choice" or screen.sources or screen.strength == "by-design", (
            screen.id
        )


def test_no_rule_is_without_a_source(knowledge: Knowledge) -> None:
    assert not [rule.id for rule in knowledge.rules if not rule.sources]


def test_nothing_rests_only_on_what_nobody_has_seen(knowledge: Knowledge) -> None:
    seen = {source.id for source in knowledge.sources.values() if source.access != "memory"}
    assert not [
        statement.id
        for statement in knowledge.sourced
        if statement.sources and not seen & set(statement.sources)
    ]


def test_every_check_of_a_source_lies_in_the_past(knowledge: Knowledge) -> None:
    today = date.today()  # noqa: DTZ011 the day on the calendar here
    days = {
        statement.id: statement.checked for statement in (*knowledge.sourced, *knowledge.screens)
    }
    assert not {name for name, day in days.items() if day > today}
    assert knowledge.newest_check == max(statement.checked for statement in knowledge.sourced)


def test_every_text_has_an_id_of_its_own(knowledge: Knowledge) -> None:
    texts = [text.id for text in knowledge.texts]
    assert len(texts) == len(set(texts))
    assert all(text.english for text in knowledge.texts)


READ = {
    "questions of the screens": [screen.ask for screen in KNOWN.screens if screen.ask],
    "rows": [item.text for item in KNOWN.items.values()],
    "signs": [item.sign for item in KNOWN.items.values()],
    "reasons for asking": [screen.why for screen in KNOWN.screens],
    "reasons of the rules": [rule.reason for rule in KNOWN.rules],
    "guidance": [s.text for section in KNOWN.sections.values() for s in section.statements],
    "positions": [position.text for position in KNOWN.positions],
    "hazards": [hazard.hazard for hazard in KNOWN.hazards],
    "controls": [hazard.control for hazard in KNOWN.hazards],
    "articles": [statement.text for article in KNOWN.articles for statement in article.statements],
    "phrases": [phrase.text for listener in KNOWN.listeners for phrase in listener.phrases],
    "recommendations of guidelines": [row.text for row in KNOWN.coverage],
    "the way up": [text for step in KNOWN.floor for text in (step.text, step.helper) if text],
    "steps": [step.text for exercise in KNOWN.exercises for step in exercise.steps],
    "aims": [exercise.aim for exercise in KNOWN.exercises],
    "starts": [exercise.start for exercise in KNOWN.exercises],
    "feelings": [exercise.feel for exercise in KNOWN.exercises],
    "easier forms": [exercise.easier for exercise in KNOWN.exercises],
    "harder forms": [exercise.harder for exercise in KNOWN.exercises],
    "evidence of exercises": [
        exercise.evidence for exercise in KNOWN.exercises if exercise.evidence
    ],
    "reasons to leave out": [reason.text for reason in KNOWN.reasons.values()],
}


@pytest.mark.parametrize("texts", READ.values(), ids=READ)
def test_an_eleven_year_old_can_read_it(texts: list[Text]) -> None:
    sentences = [f"{text.english.rstrip('.')}." for text in texts]
    assert mean(map(textstat.flesch_kincaid_grade, sentences)) <= 6
    assert textstat.flesch_kincaid_grade(" ".join(sentences)) <= 6


TABLE = 26
"""Exercises of the evidence's table for a home: 27 without the one on a gym bench."""


def test_every_exercise_of_the_table_is_a_card(knowledge: Knowledge) -> None:
    assert len({exercise.id for exercise in knowledge.exercises}) == TABLE


def test_all_but_three_cards_are_left_out_in_pregnancy(knowledge: Knowledge) -> None:
    kept = {
        exercise.id for exercise in knowledge.exercises if "leave-pregnant" not in exercise.not_for
    }
    assert kept == {"side-lying-rest", "belly-breathing", "walking"}


def test_every_card_is_left_out_under_18(knowledge: Knowledge) -> None:
    assert all("leave-age" in exercise.not_for for exercise in knowledge.exercises)


def test_every_reason_keeps_somebody_from_a_card(knowledge: Knowledge) -> None:
    assert {name for exercise in knowledge.exercises for name in exercise.not_for} == {
        *knowledge.reasons
    }


LONGEST = 40
"""Words in one sentence; the lists of signs in one row come near it."""


def test_no_sentence_is_endless(knowledge: Knowledge) -> None:
    sentences = [
        (text.id, sentence)
        for text in knowledge.texts
        for sentence in re.split(r"[.!?:] ", text.english)
    ]
    assert not [sentence for sentence in sentences if len(sentence[1].split()) > LONGEST]


def test_every_question_has_the_words_in_which_it_is_asked() -> None:
    words = KNOWN.asked_texts
    assert list(words) == list(KNOWN.options) == [question.id for question in KNOWN.questions]
    for screen in KNOWN.every_screen:
        assert [words[item.id] for item in screen.items] == [item.text for item in screen.items]
        if screen.kind == "choice":
            assert words[screen.id] == screen.ask or screen.ask is None
        if screen.beside:
            assert words[screen.beside.id] == screen.beside.ask


def test_every_text_is_met_on_a_walk_through_the_data() -> None:
    walked = chain.from_iterable(walk(getattr(KNOWN, k.name), Text) for k in kinds_of(Knowledge))
    assert sorted(walked, key=attrgetter("id")) == sorted(KNOWN.texts, key=attrgetter("id"))
