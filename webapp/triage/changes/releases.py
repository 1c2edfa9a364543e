"""Two releases of the data on one diagram: their questions together, and each one's levels."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from webapp.knowledge.conditions import UNSURE, All, Condition, leaves, may_hold
from webapp.knowledge.model import Knowledge, Question, Rule, Screen
from webapp.triage.assessment import UNRESOLVED
from webapp.triage.diagram import Roots, Variable
from webapp.triage.interview import Interview
from webapp.triage.offer import Offer
from webapp.triage.offers import Offers
from webapp.triage.truth import TRUE, UNKNOWN, Truth

LEVELS = ("self-care", "soon, two weeks", "soon, a week", "urgent", "emergency")
"""From least to most urgent: what a person is told of when to be seen."""


@dataclass(frozen=True)
class Side:
    """One of the two releases."""

    knowledge: Knowledge

    @cached_property
    def interview(self) -> Interview:
        """The order of its screens."""
        return Interview(self.knowledge)

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """Its rules by id."""
        return {rule.id: rule for rule in self.knowledge.rules}

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Its questions by id, in the order of asking."""
        return {question.id: question for question in self.knowledge.questions}

    @cached_property
    def asked(self) -> Mapping[str, Condition]:
        """For each question "it is asked, once it is its turn"."""
        return {
            question.id: All((self.interview.open(question.id), self._due(screen)))
            for screen in self.knowledge.every_screen
            for question in screen.questions
        }

    @cached_property
    def offers(self) -> Mapping[str, Offer]:
        """What a result may offer; raise KeyError where the data lack what the program names."""
        return Offers(self.interview).by_id

    def _due(self, screen: Screen) -> Condition:
        return may_hold(screen.ask_when)

    def say(self, question: str, option: str) -> str:
        """Return the question and its answer in words."""
        asked = self.knowledge.asked_texts[question]
        return f"{asked} {self.knowledge.answer_words(question, option)}"


def levels(rule: Rule) -> Mapping[Truth, int]:
    """Return the level that the rule leads to where it holds, and where it may hold."""
    doubt = UNRESOLVED[rule.urgency]
    return {TRUE: _level(rule, rule.urgency), UNKNOWN: _level(rule, doubt), Truth.FALSE: 0}


def _level(rule: Rule, urgency: str) -> int:
    if urgency == "soon":
        return 2 if rule.urgency == "urgent" or rule.within == "week" else 1
    return LEVELS.index(urgency) if urgency in LEVELS else 0


def joined(old: Side, new: Side) -> tuple[Variable, ...]:
    """Return the questions of both in the order of asking, each with the options of both."""
    order = list(new.questions)
    place = 0
    for name in old.questions:
        if name in new.questions:
            place = order.index(name) + 1
        else:
            order.insert(place, name)
            place += 1
    return tuple(Variable(name, _options(name, new, old)) for name in order)


def _options(name: str, *sides: Side) -> tuple[str, ...]:
    known = (side.questions[name].options for side in sides if name in side.questions)
    return tuple(dict.fromkeys(chain.from_iterable(known)))


def plain_answers(old: Side, new: Side) -> dict[str, str]:
    """Return the answer to each question that is no tick.

    It is the best; where no answer is better than another, the one that the fewest conditions name.
    """
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for side in (old, new):
        conditions = chain((r.when for r in side.knowledge.rules), side.asked.values())
        for leaf in chain.from_iterable(map(leaves, conditions)):
            named[leaf.question].update(leaf.options)
    plain = {}
    for question in (*old.questions.values(), *new.questions.values()):
        known = [option for option in question.options if option != UNSURE]
        rarest = min(known, key=named[question.id].__getitem__)
        plain[question.id] = question.worse[0] if question.worse else rarest
    return plain


def nodes_by_level(side: Side, roots: Callable[[Condition], Roots]) -> Iterator[list[int]]:
    """Yield for each level the nodes that lead to it: a person has the highest that holds."""
    found: list[dict[int, None]] = [{} for _ in LEVELS]
    for rule in side.knowledge.rules:
        compiled, level = roots(rule.when), levels(rule)
        found[level[TRUE]][compiled.sure] = None
        found[level[UNKNOWN]][compiled.possible] = None
    yield from (list(nodes) for nodes in found)
