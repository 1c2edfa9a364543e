"""What clinicians have reviewed: bound to what they read, void when it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings

from tests.knowledge.data_folder import Change, DataFolder, add, put
from tests.support.small import conditions
from webapp.knowledge import loader
from webapp.knowledge.conditions import All, Condition, Is, Not
from webapp.knowledge.model import Identified, Knowledge, Review
from webapp.knowledge.reviews import Reviews, Subject, content_hash, words_hash
from webapp.knowledge.texts import Text

HASH = "0" * 32
SIGNED = {
    "of": "saddle",
    "role": "Surgeon of the spine",
    "registration": "GMC 1234567",
    "date": date(2026, 12, 1),
    "content": HASH,
}


def english(text: Text) -> str:
    return text.english


def spanish(text: Text) -> str:
    return f"es: {text.english}"


def review(knowledge: Knowledge, identity: str, **changes: object) -> Review:
    """Return a review of what stands under the id now, in English and in Spanish."""
    record = Reviews(knowledge).subjects[identity]
    made = Review(
        of=identity,
        role="Surgeon of the spine",
        registration="GMC 1234567",
        date=date(2026, 12, 1),
        content=content_hash(record),
        translations={"es": words_hash(record, spanish)},
    )
    return msgspec.structs.replace(made, **changes)


def reviewed(knowledge: Knowledge, *reviews: Review) -> Reviews:
    return Reviews(replace(knowledge, reviews=reviews))


def test_nobody_has_reviewed_anything_today(knowledge: Knowledge) -> None:
    assert knowledge.reviews == ()
    assert Reviews(knowledge).standing("en", english) == "none"


def test_a_review_stands_while_its_subject_is_what_it_was(knowledge: Knowledge) -> None:
    made = reviewed(knowledge, review(knowledge, "saddle"))
    assert made.covered("en", english) == {"saddle"}
    assert made.covered("es", spanish) == {"saddle"}
    assert made.standing("en", english) == "some"


RULE = {
    "a reason": {"reason": Text("saddle.reason", "Another reason.")},
    "an urgency": {"urgency": "urgent"},
    "a condition": {"when": Is("age", ("age-70",))},
    "a source": {"sources": ("HEN09",)},
    "a finding": {"evidence": ("A1",)},
}


@pytest.mark.parametrize("change", RULE.values(), ids=RULE)
def test_a_review_is_void_when_its_rule_changes(
    change: dict[str, object], knowledge: Knowledge
) -> None:
    rules = tuple(
        msgspec.structs.replace(rule, **change) if rule.id == "saddle" else rule
        for rule in knowledge.rules
    )
    changed = replace(knowledge, rules=rules)
    made = reviewed(changed, review(knowledge, "saddle"))
    assert made.covered("en", english) == made.covered("es", spanish) == set()
    assert made.standing("en", english) == "none"


def test_a_review_is_void_when_a_definition_that_its_rule_uses_changes(data: DataFolder) -> None:
    before = loader.load(data.path)
    data.edit("rules.yaml", put("define", "bone-factor", value="steroids"))
    after = loader.load(data.path)
    subjects, changed = Reviews(before).subjects, Reviews(after).subjects
    void = {name for name in subjects if _hash_in(subjects, name) != _hash_in(changed, name)}
    rules = {rule.id for rule in before.rules}
    assert "bone-factor" in void
    assert void & rules
    assert not void & before.sections.keys()


def _hash_in(subjects: Mapping[str, Subject], identity: str) -> str:
    return content_hash(subjects[identity])


def test_a_day_on_which_sources_were_checked_again_voids_nothing(knowledge: Knowledge) -> None:
    rules = tuple(msgspec.structs.replace(r, checked=date(2030, 1, 1)) for r in knowledge.rules)
    made = reviewed(replace(knowledge, rules=rules), review(knowledge, "saddle"))
    assert made.covered("en", english) == {"saddle"}


def test_a_changed_translation_voids_that_language_alone(knowledge: Knowledge) -> None:
    made = reviewed(knowledge, review(knowledge, "saddle"))
    assert made.covered("es", lambda text: f"{spanish(text)}!") == set()
    assert made.covered("en", english) == {"saddle"}
    assert made.standing("es", lambda text: f"{spanish(text)}!") == "some"


def test_a_language_that_was_not_reviewed_is_not_covered(knowledge: Knowledge) -> None:
    made = reviewed(knowledge, review(knowledge, "saddle"))
    assert made.covered("ar", spanish) == set()


def test_a_review_of_a_section_speaks_of_its_statements(knowledge: Knowledge) -> None:
    section = knowledge.sections["advice-urgent"]
    made = reviewed(knowledge, review(knowledge, section.id))
    assert made.covered("en", english) == {section.id, *(s.id for s in section.statements)}
    first, *others = section.statements
    changed = msgspec.structs.replace(first, text=Text(first.text.id, "Other words."))
    sections = {
        **knowledge.sections,
        section.id: msgspec.structs.replace(section, statements=(changed, *others)),
    }
    after = reviewed(replace(knowledge, sections=sections), *made.knowledge.reviews)
    assert after.covered("en", english) == set()


def test_all_is_reviewed_only_when_each_thing_is_in_that_language(knowledge: Knowledge) -> None:
    every = [review(knowledge, identity) for identity in Reviews(knowledge).subjects]
    assert reviewed(knowledge, *every).standing("en", english) == "all"
    assert reviewed(knowledge, *every).standing("es", spanish) == "all"
    assert reviewed(knowledge, *every).standing("ar", spanish) == "some"
    saddle = next(each for each in every if each.of == "saddle")
    void = [
        msgspec.structs.replace(each, content=HASH) if each is saddle else each for each in every
    ]
    assert reviewed(knowledge, *void).standing("en", english) == "some"


def test_every_text_that_is_said_of_what_we_know_can_be_reviewed(knowledge: Knowledge) -> None:
    owners = {record.id for record in knowledge.records if isinstance(record, Identified)}
    assert {text.id.split(".")[0] for text in knowledge.texts} <= owners


def test_no_two_things_have_one_hash_by_chance(knowledge: Knowledge) -> None:
    subjects = Reviews(knowledge).subjects.values()
    records = [each for each in subjects if isinstance(each, Identified)]
    assert len({content_hash(record) for record in records}) == len(records)


@settings(max_examples=100, deadline=None)
@given(conditions, conditions)
def test_conditions_have_one_hash_only_if_they_are_written_alike(
    first: Condition, second: Condition
) -> None:
    for other in (second, All((first,)), Not(first)):
        assert (content_hash(first) == content_hash(other)) == (repr(first) == repr(other))


REFUSED: dict[str, tuple[Change, str, str]] = {
    "nothing that there is": (
        add(SIGNED | {"of": "sadle"}, "reviews"),
        "sadle",
        "is the id of nothing that can be reviewed",
    ),
    "a source": (
        add(SIGNED | {"of": "NG41"}, "reviews"),
        "NG41",
        "is the id of nothing that can be reviewed",
    ),
    "a role that is empty": (add(SIGNED | {"role": " "}, "reviews"), "saddle.role", "regex"),
    "no registration": (
        add({k: v for k, v in SIGNED.items() if k != "registration"}, "reviews"),
        "saddle",
        "registration",
    ),
    "a hash that is none": (
        add(SIGNED | {"content": "abc"}, "reviews"),
        "saddle.content",
        "regex",
    ),
    "a hash of a language that is none": (
        add(SIGNED | {"translations": {"es": "abc"}}, "reviews"),
        "saddle.translations",
        "regex",
    ),
    "a language that is none": (
        add(SIGNED | {"translations": {"Spanish!": HASH}}, "reviews"),
        "saddle.translations",
        "regex",
    ),
    "a day that is none": (add(SIGNED | {"date": "soon"}, "reviews"), "saddle.date", "date"),
    "a key that is none": (add(SIGNED | {"name": "Ann"}, "reviews"), "saddle", "unknown field"),
    "no list": (put("reviews", value="none"), "reviews", "not a list"),
}


@pytest.mark.parametrize(("change", "key", "problem"), REFUSED.values(), ids=REFUSED)
def test_a_review_is_refused_with_its_place(
    change: Change, key: str, problem: str, data: DataFolder
) -> None:
    data.edit("reviews.yaml", change)
    refusal = data.refusal()
    assert refusal.file == "reviews.yaml"
    assert refusal.key == key
    assert problem in refusal.problem
    assert "\n" not in str(refusal)


def test_the_same_review_twice_is_refused(data: DataFolder) -> None:
    data.edit("reviews.yaml", add(SIGNED, "reviews"))
    loader.load(data.path)
    data.edit("reviews.yaml", add(SIGNED, "reviews"))
    assert "reviewed twice" in data.refusal().problem
