"""Stories are walked as a person would walk the check, and judged against gold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.interviews import PLANNED, RICH
from tests.support.small import choice, gates, knowledge, row, rows, rule
from webapp.knowledge.conditions import All, Is
from webapp.knowledge.errors import KnowledgeError
from webapp.triage import cases
from webapp.triage.cases import Case
from webapp.triage.interview import CONTRADICTION, RESULT, Interview

NUMB = Is("numb", ("yes",))
FEVER = Is("fever", ("yes",))
OLD = Is("age", ("old",))
KNOWN = knowledge(
    rule("numb-legs", NUMB, "emergency"),
    rule("hot", FEVER, "urgent"),
    rule("old-and-stiff", All((OLD, Is("stiff", ("yes",)))), "soon"),
    screens=(
        rows("signs", "numb", "fever"),
        choice("age", "young", "old"),
        rows("more", "stiff", "tired", ask_when=OLD),
    ),
)
INTERVIEW = Interview(KNOWN)
YES = ("yes",)
MIXED = Interview(
    knowledge(
        rule("cold", Is("chills", YES), "soon"),
        screens=(
            gates("gates", "g-ill", "g-limb"),
            rows(
                "signs",
                row("fever", opened_by=(Is("g-limb", YES),)),
                row("chills", opened_by=(Is("g-ill", YES), Is("fever", YES))),
            ),
        ),
    )
)
"""An interview in which a row and what opens it stand on one page."""


def outcome(gold="self-care", max_ok=None, **answers):
    case = Case(id="story", source="made up", gold=gold, max_ok=max_ok or gold, answers=answers)
    (judged,) = cases.judge(INTERVIEW, [case]).outcomes
    return judged


def results(*stories):
    """Return the results of stories given as their gold and the answers beside a young age."""
    return cases.judge(
        INTERVIEW,
        [
            Case(id=str(n), source="", gold=gold, max_ok=gold, answers={"age": "young"} | answers)
            for n, (gold, answers) in enumerate(stories)
        ],
    )


@pytest.mark.parametrize(
    ("levels", "answers", "ends"),
    [
        (["self-care"], {}, ("self-care", "right", True)),
        (["self-care", "soon"], {"fever": "yes"}, ("urgent", "over", True)),
        (["self-care", "urgent"], {"fever": "yes"}, ("urgent", "right", True)),
        (["urgent"], {"fever": "yes"}, ("urgent", "right", True)),
        (["soon", "urgent"], {}, ("self-care", "under", True)),
        (["urgent"], {}, ("self-care", "under", False)),
        (["emergency"], {"fever": "yes"}, ("urgent", "under", False)),
        (["emergency"], {"numb": "yes"}, ("emergency", "right", True)),
    ],
)
def test_the_urgency_is_held_against_gold(levels, answers, ends):
    ended = outcome(*levels, age="young", **answers)
    assert (ended.urgency, ended.verdict, ended.is_safe) == ends


def test_an_emergency_ends_the_questions_and_what_is_left_is_noted():
    ended = outcome("emergency", numb="yes", age="old", stiff="yes")
    assert (ended.fired, ended.unused) == (("numb-legs",), ("age", "stiff"))


def test_a_screen_is_asked_where_it_is_due_only():
    assert outcome(age="young", stiff="yes").unused == ("stiff",)
    stiff = outcome("soon", age="old", stiff="yes")
    assert (stiff.urgency, stiff.fired, stiff.unused) == ("soon", ("old-and-stiff",), ())


@pytest.mark.parametrize(
    ("answers", "taps", "unused"),
    [
        # The age, None of these.
        ({}, 2, ()),
        # The age, a gate, Continue, the sign.
        ({"numb": "yes"}, 4, ()),
        # The age, a gate, Continue, a row, Continue, how it began.
        ({"fell": "unsure"}, 6, ()),
        # For another: one more.
        ({"for": "other"}, 3, ()),
        # How it began is asked behind the first gate.
        ({"began": "at-once"}, 6, ()),
        # No gate was ticked, so that nothing behind it was asked.
        ({"g-ill": "no", "numb": "yes"}, 2, ("numb",)),
        ({"g-ill": "yes", "numb": "yes", "fever": "yes"}, 5, ("numb",)),
        # What follows from a row has no gate of its own.
        ({"weak": "yes"}, 2, ("weak",)),
    ],
)
def test_a_story_opens_the_gates_that_it_names_or_the_first_of_each_row(answers, taps, unused):
    told = Case(
        id="story",
        source="",
        gold="self-care",
        max_ok="emergency",
        answers={"age": "young", "began": "slowly", **answers},
    )
    (ended,) = cases.judge(RICH, [told]).outcomes
    assert (ended.taps, tuple(u for u in ended.unused if u != "began")) == (taps, unused)


def test_a_contradiction_is_walked_by_standing_by_what_was_said():
    """On one page a row is answered, and what opens it is not: the gate is opened after all."""
    told = {"age": "old", "g-ill": "no", "g-limb": "yes", "chills": "yes"}
    story = Case(id="story", source="", gold="soon", max_ok="soon", answers=told)
    steps = [*cases.walk(MIXED, story)]
    assert [MIXED.showing(step.state) for step in steps] == ["gates", "signs", CONTRADICTION]
    assert steps[-1].taps == 1
    (ended,) = cases.judge(MIXED, [story]).outcomes
    assert ended.fired == ("cold",)


def planned(**answers):
    told = {"age": "young", "worse": "sitting", **answers}
    return Case(id="story", source="", gold="self-care", max_ok="emergency", answers=told)


def test_what_is_asked_for_the_plan_is_no_part_of_the_way_to_the_result():
    story = planned(knees="yes", hip="yes")
    assert [PLANNED.showing(step.state) for step in cases.walk(PLANNED, story)] == ["age", "signs"]
    (ended,) = cases.judge(PLANNED, [story]).outcomes
    assert (ended.taps, ended.unused) == (2, ())


def test_the_plan_is_walked_from_the_button_of_the_result():
    story = planned(knees="yes", hip="yes")
    result = PLANNED.read([*cases.walk(PLANNED, story)][-1].form)
    steps = [*cases.plan(PLANNED, story, result)]
    shown = [PLANNED.showing(step.state) for step in steps]
    assert shown == [RESULT, "care", "worse", "moves"]
    # The button; a row and Continue; a choice; a row and Continue.
    assert [step.taps for step in steps] == [1, 2, 1, 2]


def test_nobody_walks_to_a_plan_after_an_emergency():
    story = planned(numb="yes")
    result = PLANNED.read([*cases.walk(PLANNED, story)][-1].form)
    assert [*cases.plan(PLANNED, story, result)] == []


def test_an_answer_that_the_person_is_unsure_of_may_decide():
    ended = outcome("urgent", age="young", numb="unsure")
    assert (ended.urgency, ended.fired, ended.unresolved) == ("urgent", (), ("numb-legs",))


@pytest.mark.parametrize(
    ("answers", "taps"),
    [
        ({"age": "young"}, 2),
        ({"age": "old"}, 3),
        ({"age": "young", "fever": "yes"}, 3),
        ({"age": "old", "fever": "yes", "stiff": "yes", "tired": "yes"}, 6),
        ({"fever": "yes", "numb": "yes"}, 1),
        ({"age": "young", "fever": "yes", "numb": "unsure"}, 4),
    ],
)
def test_every_tick_and_every_button_is_a_tap(answers, taps):
    assert outcome(**answers).taps == taps


def test_a_choice_without_an_answer_names_the_story_and_the_screen():
    reason = (
        "story: answers.age: the check asks this and the story has no answer. Add one of: young"
    )
    with pytest.raises(KnowledgeError, match=re.escape(reason)):
        outcome(fever="yes")


def test_the_results_are_counted_by_gold_level():
    told = results(
        ("self-care", {}),
        ("self-care", {"fever": "yes"}),
        ("soon", {}),
        ("emergency", {"numb": "yes"}),
    )
    assert (told.total, told.is_safe, told.self_care_over) == (4, True, 1)
    counts = {verdict: told.count(verdict) for verdict in ("right", "under", "over")}
    assert counts == {"right": 2, "under": 1, "over": 1}
    assert (told.count("right", "self-care"), told.count("under", "soon")) == (1, 1)
    assert [miss.case.id for miss in told.misses] == ["1", "2"]


def test_one_missed_emergency_makes_the_whole_unsafe():
    assert not results(("self-care", {}), ("emergency", {"fever": "yes"})).is_safe


def test_the_report_explains_every_miss():
    told = results(
        ("self-care", {"fever": "yes"}), ("emergency", {}), ("self-care", {"stiff": "yes"})
    )
    assert [*cases.report(told)] == [
        "gold         right under  over",
        "emergency        0     1     0",
        "urgent           0     0     0",
        "soon             0     0     0",
        "self-care        1     0     1",
        "over: 0: urgent, not self-care",
        "  rules that hold: hot",
        "  3 taps",
        "under, UNSAFE: 1: self-care, not emergency",
        "  rules that hold: none",
        "  2 taps",
        "note: 2: never asked: stiff",
        "3 stories: 1 right, 1 under, 1 over (1 of them self-care); UNSAFE",
    ]


GOOD = 'id: a\nsource: made up\ngold: soon\nmax-ok: urgent\nanswers: {fever: "yes", age: old}\n'


def test_a_story_is_read_from_its_file(tmp_path: Path):
    (tmp_path / "a.yaml").write_text(GOOD, "utf-8")
    (case,) = cases.load(tmp_path, KNOWN)
    assert (case.id, case.gold, case.max_ok) == ("a", "soon", "urgent")
    assert case.answers == {"fever": "yes", "age": "old"}


BROKEN = {
    "an unknown question": (GOOD.replace("fever", "colour"), "a.yaml: answers.colour: 'yes' is no"),
    "an unknown answer": (
        GOOD.replace("age: old", "age: ten"),
        "a.yaml: answers.age: 'ten' is no answer",
    ),
    "a bare yes": (GOOD.replace('"yes"', "yes"), 'Write "yes" in quotes'),
    "an urgency that there is not": (GOOD.replace("soon", "later"), "a.yaml: gold: Invalid"),
    "an acceptable level below gold": (GOOD.replace("urgent", "self-care"), "a.yaml: max-ok: is"),
    "a key that is missing": (GOOD.replace("gold: soon\n", ""), "a.yaml: file: Object missing"),
    "a key too many": (GOOD + "colour: red\n", "a.yaml: file: Object contains unknown field"),
}


@pytest.mark.parametrize(("text", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_broken_story_is_refused_by_name(text: str, reason: str, tmp_path: Path):
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    with pytest.raises(KnowledgeError, match=re.escape(reason)):
        cases.load(tmp_path, KNOWN)


def test_two_stories_of_one_name_are_refused(tmp_path: Path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(GOOD, "utf-8")
    with pytest.raises(KnowledgeError, match="a: id: two stories have it"):
        cases.load(tmp_path, KNOWN)


def test_stories_are_found_below_the_folder(tmp_path: Path):
    for name in ("published", "own"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.yaml").write_text(GOOD.replace("id: a", f"id: {name}"), "utf-8")
    assert [case.id for case in cases.load(tmp_path, KNOWN)] == ["own", "published"]


def test_a_folder_without_stories_is_named(tmp_path: Path):
    with pytest.raises(KnowledgeError, match="there is no story here"):
        cases.load(tmp_path / "none", KNOWN)
