"""Safety properties, decided over every possible set of answers.

Each property returns the counterexamples that it found; none means that it holds. A
counterexample is a partial set of answers: whatever the other answers are, the property fails.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import Any as Value

from webapp.knowledge.conditions import (
    UNSURE,
    All,
    Any,
    AtLeast,
    Condition,
    Is,
    Known,
    Not,
    leaves,
)
from webapp.knowledge.model import URGENCIES, Knowledge, Screen, Urgency
from webapp.triage import truth
from webapp.triage.assessment import UNRESOLVED
from webapp.triage.diagram import FALSE, TRUE, Compiler, Diagram, Variable
from webapp.triage.evaluation import compare
from webapp.triage.interview import Interview
from webapp.triage.offers import Offers
from webapp.triage.truth import Truth


@dataclass(frozen=True, slots=True)
class Violation:
    """A property that fails: for what, and for which answers, in words."""

    subject: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one property holds over all answers."""

    number: int
    promise: str
    violations: tuple[Violation, ...]

    @property
    def holds(self) -> bool:
        """Whether no set of answers breaks the property."""
        return not self.violations


class Prover:
    """Decides the properties for one interview, its pages' offers and the compiled diagram.

    "This urgency or a higher one" is never built as one diagram. Whether a node can hold where
    none of a list of nodes does is decided by taking them away one by one, which ends as soon as
    nothing is left.
    """

    def __init__(self, interview: Interview, compiler: Compiler, offers: Offers) -> None:
        self.interview = interview
        self.knowledge: Knowledge = interview.knowledge
        self.urgency = interview.urgency
        self.compiler = compiler
        self.diagram = compiler.diagram
        self.offers = tuple(offers.by_id.values())

    @property
    def answer_sets(self) -> int:
        """The exact number of answer sets that each property is decided over."""
        return prod(len(question.options) + 1 for question in self.knowledge.questions)

    def prove(self) -> Iterator[Verdict]:
        """Yield the verdict on each property."""
        for number, text, search in PROPERTIES:
            yield Verdict(number, text, tuple(search(self)))

    # --- the properties -----------------------------------------------------------------

    def one_urgency(self) -> Iterator[Violation]:
        """Yield answers with two urgencies or none: the levels must be nested, the lowest open."""
        levels = [self._at_least(urgency) for urgency in URGENCIES]
        for lower, higher in pairwise(levels):
            for node in higher:
                yield from self._where("a higher urgency without the lower", node, lower)
        if self.urgency.default != URGENCIES[0]:
            yield Violation("no urgency", ("the lowest urgency is not the default",))

    def rules_are_floors(self) -> Iterator[Violation]:
        """Yield answers that satisfy a rule and get less than its urgency."""
        for rule in self.knowledge.rules:
            node = self.compiler.sure(rule.when)
            yield from self._where(rule.id, node, self._at_least(rule.urgency))

    def worse_is_never_less_urgent(self) -> Iterator[Violation]:
        """Yield answers where turning one for the worse lowers the urgency."""
        for question in self.knowledge.questions:
            values = [question.options.index(option) + 1 for option in question.worse]
            for better, worse in pairwise(values):
                for urgency in URGENCIES[1:]:
                    yield from self._lowered(question.id, better, worse, urgency)

    def nothing_contraindicated(self) -> Iterator[Violation]:
        """Yield answers where something is shown that must not be."""
        for offer in self.offers:
            shown = self.compiler.sure(offer.shown)
            never = self.compiler.roots(offer.never).possible
            yield from self._where(offer.id, self.diagram.conjunction(shown, never))
            if offer.forbidden_from is None:
                continue
            too_urgent = URGENCIES[URGENCIES.index(offer.forbidden_from) :]
            level = self.compiler.sure(self.urgency.is_(*too_urgent))
            yield from self._where(
                f"{offer.id} when {offer.forbidden_from}", self.diagram.conjunction(shown, level)
            )

    def self_care_is_certain(self) -> Iterator[Violation]:
        """Yield answers that get self-care while some rule could still hold."""
        for rule in self.knowledge.rules:
            possible = self.compiler.roots(rule.when).possible
            yield from self._where(rule.id, possible, self._at_least("soon"))

    def skipped_screens_do_not_matter(self) -> Iterator[Violation]:
        """Yield answers without "unsure" that leave nothing to ask, and a rule undecided."""
        for rule in self.knowledge.rules:
            roots = self.compiler.roots(rule.when)
            node = self.diagram.conjunction(roots.possible, self.diagram.negation(roots.sure))
            for screen in self._screens_behind(rule.when):
                due = self.compiler.sure(self.interview.due(screen))
                node = self.diagram.conjunction(node, self.diagram.negation(due))
                for question in screen.questions:
                    if UNSURE in question.options:
                        unsure = self.compiler.sure(Is(question.id, (UNSURE,)))
                        node = self.diagram.conjunction(node, self.diagram.negation(unsure))
            yield from self._where(rule.id, node)

    def all_reachable(self) -> Iterator[Violation]:
        """Yield rules that never hold and offers that are never shown."""
        for rule in self.knowledge.rules:
            if self.compiler.sure(rule.when) == FALSE:
                yield Violation(rule.id, ("no answers satisfy this rule",))
        for offer in self.offers:
            if self.compiler.sure(offer.shown) == FALSE:
                yield Violation(offer.id, ("no answers show this",))

    def diagram_is_faithful(self) -> Iterator[Violation]:
        """Yield answers on which the rules as written and the diagram disagree."""
        written = _Written(self.diagram)
        for name, condition in self._conditions():
            roots = self.compiler.roots(condition)
            truths = written.truths(condition)
            yield from self._differ(name, written.where(truths, {Truth.TRUE}), roots.sure)
            open_truths = {Truth.TRUE, Truth.UNKNOWN}
            yield from self._differ(name, written.where(truths, open_truths), roots.possible)
        yield from self._urgency_is_faithful()

    # --- tools --------------------------------------------------------------------------

    def _screens_behind(self, condition: Condition) -> list[Screen]:
        """Return the screens that the condition asks, and those that decide whether they do."""
        screen_of = {question.id: question.screen for question in self.knowledge.questions}
        screens = {screen.id: screen for screen in self.knowledge.screens}
        found: dict[str, Screen] = {}
        waiting = [condition]
        while waiting:
            for leaf in leaves(waiting.pop()):
                screen = screens[screen_of[leaf.question]]
                if screen.id not in found:
                    found[screen.id] = screen
                    waiting.append(screen.ask_when)
        return list(found.values())

    def _urgency_is_faithful(self) -> Iterator[Violation]:
        """Hold the decision against :func:`webapp.triage.assessment.assess`, level by level."""
        for urgency in URGENCIES[1:]:
            floor = URGENCIES.index(urgency)
            assessed = [
                node
                for rule in self.knowledge.rules
                for node, level in (
                    (self.compiler.sure(rule.when), rule.urgency),
                    (self.compiler.roots(rule.when).possible, UNRESOLVED[rule.urgency]),
                )
                if URGENCIES.index(level) >= floor
            ]
            decided = self._at_least(urgency)
            for node in assessed:
                yield from self._where(f"{urgency} is missed", node, decided)
            for node in decided:
                yield from self._where(f"{urgency} is invented", node, assessed)

    def _conditions(self) -> Iterator[tuple[str, Condition]]:
        for rule in self.knowledge.rules:
            yield rule.id, rule.when
        for offer in self.offers:
            yield offer.id, offer.shown

    def _at_least(self, urgency: Urgency) -> list[int]:
        """Return the nodes whose union is "this urgency or a higher one"."""
        if urgency == URGENCIES[0]:
            return [TRUE]
        floor = URGENCIES[URGENCIES.index(urgency) :]
        return [
            self.compiler.sure(condition)
            for condition, level in self.urgency.cases
            if level in floor
        ]

    def _lowered(
        self, question: str, better: int, worse: int, urgency: Urgency
    ) -> Iterator[Violation]:
        nodes = self._at_least(urgency)
        after = [self.diagram.restrict(node, question, worse) for node in nodes]
        for node, same in zip(nodes, after, strict=True):
            before = self.diagram.restrict(node, question, better)
            yield from self._where(f"{question} lowers {urgency}", before, [same, *after])

    def _differ(self, name: str, first: int, second: int) -> Iterator[Violation]:
        yield from self._where(f"{name}: only as written", first, [second])
        yield from self._where(f"{name}: only in the diagram", second, [first])

    def _where(self, subject: str, node: int, without: Iterable[int] = ()) -> Iterator[Violation]:
        """Yield a violation if the node can hold where none of the others does.

        The others that most likely cover the node come first.
        """
        others = dict.fromkeys(without)
        if node in others:
            return
        for other in others:
            if node == FALSE:
                return
            node = self.diagram.conjunction(node, self.diagram.negation(other))
        if node != FALSE:
            yield Violation(subject, self._in_words(self.diagram.example(node)))

    def _in_words(self, values: Mapping[str, int]) -> tuple[str, ...]:
        return tuple(self._say(name, value) for name, value in values.items())

    def _say(self, name: str, value: int) -> str:
        variable = self.diagram.variables[self.diagram.index[name]]
        option = "not asked" if value == 0 else variable.options[value - 1]
        items = {item.id: item.text for screen in self.knowledge.screens for item in screen.items}
        asks = {screen.id: screen.ask for screen in self.knowledge.screens}
        words = self.knowledge.option_texts.get((name, option), option)
        return f"{items.get(name) or asks.get(name) or name}: {words}"


PROPERTIES: tuple[tuple[int, str, Callable[[Prover], Iterator[Violation]]], ...] = (
    (1, "Every answer set gets exactly one urgency", Prover.one_urgency),
    (2, "No rule's urgency is undercut", Prover.rules_are_floors),
    (3, "A worse answer never lowers the urgency", Prover.worse_is_never_less_urgent),
    (4, "Nothing is shown where it is contraindicated", Prover.nothing_contraindicated),
    (5, "Self-care only where no rule could still hold", Prover.self_care_is_certain),
    (
        6,
        "A skipped screen could not have changed the urgency",
        Prover.skipped_screens_do_not_matter,
    ),
    (7, "Every rule and every offer is reachable", Prover.all_reachable),
    (8, "The rules as written and the diagram agree", Prover.diagram_is_faithful),
)
"""Numbered as in the design. Of 6 only the first half is decided: that every screen which is asked
can change something is not."""


class _Written:
    """The rules as written, applied to all answers at once.

    A diagram whose terminals are truths, built by calling the evaluator's own comparison on every
    single answer and its own operators on every combination of truths. It shares the node store of
    no compiled condition: terminals are interned values, numbered from the end.
    """

    def __init__(self, diagram: Diagram) -> None:
        self._variables: tuple[Variable, ...] = diagram.variables
        self._boolean = diagram
        self._nodes: list[tuple[int, tuple[int, ...]]] = []
        self._terminals: dict[int, Hashable] = {}
        self._unique: dict[Hashable, int] = {}
        self._found: dict[Condition, int] = {}

    def truths(self, condition: Condition) -> int:
        """Return the node whose terminals are the evaluator's truth of the condition."""
        if condition not in self._found:
            self._found[condition] = self._build(condition)
        return self._found[condition]

    def where(self, node: int, wanted: Collection[Hashable]) -> int:
        """Return the node of the boolean diagram that is true where the terminal is wanted."""
        seen: dict[int, int] = {}

        def walk(number: int) -> int:
            if number in self._terminals:
                return TRUE if self._terminals[number] in wanted else FALSE
            if number not in seen:
                place, children = self._nodes[number]
                seen[number] = self._boolean.make(place, tuple(map(walk, children)))
            return seen[number]

        return walk(node)

    def _build(self, condition: Condition) -> int:
        match condition:
            case Is(question):
                place = self._boolean.index[question]
                answers = (None, *self._variables[place].options)
                return self._make(
                    place, tuple(self._terminal(compare(condition, one)) for one in answers)
                )
            case All(parts):
                return self._fold(Truth.TRUE, truth.conjunction, parts)
            case Any(parts):
                return self._fold(Truth.FALSE, truth.disjunction, parts)
            case Not(part):
                return self._apply(lambda value, _: truth.negation(value), part)
            case Known(part):
                return self._apply(lambda value, _: truth.known(value), part)
            case AtLeast(count, parts):
                gathered = self._fold((), lambda so_far, value: (*so_far, value), parts)
                return self._pointwise(
                    lambda values, _: truth.at_least(count, values), gathered, gathered
                )
        raise TypeError(f"not a condition: {condition!r}")

    def _apply(self, operator: Callable[[Value, Value], Hashable], part: Condition) -> int:
        node = self.truths(part)
        return self._pointwise(operator, node, node)

    def _fold(
        self,
        start: Hashable,
        operator: Callable[[Value, Value], Hashable],
        parts: tuple[Condition, ...],
    ) -> int:
        result = self._terminal(start)
        for part in parts:
            result = self._pointwise(operator, result, self.truths(part))
        return result

    def _pointwise(
        self, operator: Callable[[Value, Value], Hashable], first: int, second: int
    ) -> int:
        seen: dict[tuple[int, int], int] = {}

        def walk(a: int, b: int) -> int:
            if (a, b) not in seen:
                seen[a, b] = self._join(operator, walk, a, b)
            return seen[a, b]

        return walk(first, second)

    def _join(
        self,
        operator: Callable[[Value, Value], Hashable],
        walk: Callable[[int, int], int],
        a: int,
        b: int,
    ) -> int:
        if a in self._terminals and b in self._terminals:
            return self._terminal(operator(self._terminals[a], self._terminals[b]))
        place = min(self._nodes[a][0], self._nodes[b][0])
        pairs = zip(self._children(a, place), self._children(b, place), strict=True)
        return self._make(place, tuple(walk(*pair) for pair in pairs))

    def _children(self, node: int, place: int) -> tuple[int, ...]:
        own, children = self._nodes[node]
        return children if own == place else (node,) * self._variables[place].arity

    def _make(self, place: int, children: tuple[int, ...]) -> int:
        if all(child == children[0] for child in children):
            return children[0]
        return self._number((place, children), (place, children))

    def _terminal(self, value: Hashable) -> int:
        number = self._number(("terminal", value), (len(self._variables), ()))
        self._terminals[number] = value
        return number

    def _number(self, key: Hashable, node: tuple[int, tuple[int, ...]]) -> int:
        if key not in self._unique:
            self._unique[key] = len(self._nodes)
            self._nodes.append(node)
        return self._unique[key]
