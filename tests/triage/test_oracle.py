"""The rules against a reader who knows no cleverness: it looks at every part, every time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from math import prod
from random import Random

import pytest

from tests.support.site import build
from tests.support.tiers import soak
from webapp.knowledge.conditions import All, Any, AtLeast, Condition, Is, Known, Not, leaves
from webapp.triage.assessment import assess
from webapp.triage.diagram import Compiler
from webapp.triage.evaluation import judge
from webapp.triage.truth import Truth

BUILD = build()
KNOWN = BUILD.knowledge
OPTIONS: Mapping[str, tuple[str, ...]] = {q.id: q.options for q in KNOWN.questions}
LEVELS = ("self-care", "soon", "urgent", "emergency")
LOWER = {"emergency": "urgent", "urgent": "soon", "soon": "soon"}

Answers = Mapping[str, str]


def reads(condition: Condition, answers: Answers) -> str:
    """Return "yes", "no" or "perhaps", by the sentences of webapp/knowledge/conditions.py."""
    match condition:
        case Is(question, options):
            answer = answers.get(question)
            if answer in options:
                return "yes"
            return "perhaps" if answer in (None, "unsure") else "no"
        case Not(part):
            return {"yes": "no", "no": "yes", "perhaps": "perhaps"}[reads(part, answers)]
        case Known(part):
            return "yes" if reads(part, answers) == "yes" else "no"
        case All(parts):
            least, of = len(parts), parts
        case Any(parts):
            least, of = 1, parts
        case AtLeast(count, parts):
            least, of = count, parts
        case _:
            raise TypeError(condition)
    told = Counter(reads(part, answers) for part in of)
    if told["yes"] >= least:
        return "yes"
    return "perhaps" if told["yes"] + told["perhaps"] >= least else "no"


def with_closed(answers: Answers) -> Answers:
    """Return the answers, and what each unanswered question counts as that nothing opens."""
    told = dict(answers)
    for closing in KNOWN.closing:  # what closes a question stands before it
        opened, limits = ([reads(o, told) for o in of] for of in (closing.opened, closing.limits))
        if closing.question not in told and ("no" in limits or set(opened) == {"no"}):
            told[closing.question] = closing.value
    return told


def urgency(answers: Answers) -> tuple[str, list[str], list[str]]:
    """Return the urgency, the rules that hold and those that may."""
    told = {rule.id: reads(rule.when, answers) for rule in KNOWN.rules}
    levels = ["self-care"]
    for rule in KNOWN.rules:
        if told[rule.id] == "yes":
            levels.append(rule.urgency)
        if told[rule.id] == "perhaps":
            levels.append(LOWER[rule.urgency])
    fired, unresolved = ([r for r in told if told[r] == word] for word in ("yes", "perhaps"))
    return max(levels, key=LEVELS.index), fired, unresolved


def asked_by(condition: Condition) -> list[str]:
    """Return the questions that a condition asks."""
    return list(dict.fromkeys(leaf.question for leaf in leaves(condition)))


def every_answer(questions: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield every set of answers to the questions, each answered or not asked."""
    for chosen in product(*((None, *OPTIONS[question]) for question in questions)):
        yield {name: answer for name, answer in zip(questions, chosen, strict=True) if answer}


def some_answers(questions: Sequence[str], chance: Random) -> Iterator[dict[str, str]]:
    """Yield random sets of answers to the questions, without end; some leave much unasked."""
    while True:
        unasked = chance.choice((0.0, 0.1, 0.5))
        yield {
            name: chance.choice(OPTIONS[name]) for name in questions if chance.random() >= unasked
        }


def people(chance: Random) -> Iterator[dict[str, str]]:
    """Yield whole sets of answers, without end, from nearly healthy to wholly random."""
    best = {q.id: (q.worse or q.options)[0] for q in KNOWN.questions}
    while True:
        share, unasked = chance.choice((0.02, 0.1, 0.5, 1.0)), chance.choice((0.0, 0.0, 0.05, 0.5))
        yield {
            name: chance.choice(options) if chance.random() < share else best[name]
            for name, options in OPTIONS.items()
            if chance.random() >= unasked
        }


def is_read_alike(condition: Condition, answers: Iterable[Answers]) -> int:
    """Return for how many answers rules, diagram and reader agree; fail where they do not."""
    compiler: Compiler = BUILD.prover.compiler
    roots, diagram, judged = compiler.roots(condition), compiler.diagram, judge(condition)
    places = [(diagram.index[name], name) for name in asked_by(condition)]
    values = [0] * len(diagram.variables)
    words = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "perhaps"}
    count = 0
    for given in answers:
        for place, name in places:
            values[place] = OPTIONS[name].index(given[name]) + 1 if name in given else 0
        sure, possible = (diagram.evaluate(root, values) for root in (roots.sure, roots.possible))
        walked = "yes" if sure else "perhaps" if possible else "no"
        assert reads(condition, given) == words[judged(given)] == walked, given
        count += 1
    return count


@pytest.mark.parametrize("most", [1_000, soak(1_100_000, why="3 million sets of answers")])
def test_every_rule_is_read_as_it_is_written(
    most: int, chance: Random, tally: Counter[str]
) -> None:
    """A rule that asks too much for all sets of answers to be tried is tried at random ones."""
    for rule in KNOWN.rules:
        questions = asked_by(rule.when)
        if prod(len(OPTIONS[name]) + 1 for name in questions) <= most:
            tried = every_answer(questions)
        else:
            tried = islice(some_answers(questions, chance), most // 20)
        tally["sets of answers"] += is_read_alike(rule.when, tried)


@pytest.mark.parametrize("count", [300, soak(60_000, why="60,000 people")])
def test_everybody_gets_the_urgency_that_the_rules_say(
    count: int, chance: Random, tally: Counter[str]
) -> None:
    found: Counter[str] = Counter()
    for answers in islice(people(chance), count):
        made = assess(KNOWN, answers)
        told = made.urgency, [r.id for r in made.fired], [r.id for r in made.unresolved]
        assert told == urgency(with_closed(answers)), answers
        found[made.urgency] += 1
    assert set(found) == set(LEVELS)
    tally["sets of answers"] += count
