"""Decide each safety property over every possible set of answers.

Each property returns the counterexamples that it found; none means that it holds. A
counterexample is a partial set of answers: whatever the other answers are, the property fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from math import prod

from webapp.knowledge.conditions import UNSURE, Condition, Is, leaves
from webapp.knowledge.model import URGENCIES, Knowledge, Screen, Urgency
from webapp.triage.assessment import UNRESOLVED
from webapp.triage.diagram import FALSE, TRUE, Compiler
from webapp.triage.interview import Interview
from webapp.triage.offers import Offers
from webapp.triage.proofs.as_written import AsWritten
from webapp.triage.proofs.search import Search
from webapp.triage.proofs.verdicts import Verdict, Violation
from webapp.triage.truth import Truth


class Prover:
    """Decides the properties for one interview, its pages' offers and the compiled diagram.

    "This urgency or a higher one" is never built as one diagram. Whether a node can hold where
    none of a list of nodes does is decided by taking them away one by one.
    """

    def __init__(self, interview: Interview, compiler: Compiler, offers: Offers) -> None:
        self.interview = interview
        self.knowledge: Knowledge = interview.knowledge
        self.urgency = interview.urgency
        self.compiler = compiler
        self.diagram = compiler.diagram
        self.offers = tuple(offers.by_id.values())
        self.search = Search(self.diagram, self.knowledge)
        self._screen_of = {
            question.id: screen
            for screen in self.knowledge.every_screen
            for question in screen.questions
        }

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
                yield from self.search.counterexamples(
                    "a higher urgency without the lower", node, lower
                )
        if self.urgency.default != URGENCIES[0]:
            yield Violation("no urgency", ("the lowest urgency is not the default",))

    def rules_are_floors(self) -> Iterator[Violation]:
        """Yield answers that satisfy a rule and get less than its urgency."""
        for rule in self.knowledge.rules:
            node = self.compiler.sure(rule.when)
            yield from self.search.counterexamples(rule.id, node, self._at_least(rule.urgency))

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
            yield from self.search.counterexamples(offer.id, self.diagram.conjunction(shown, never))
            if offer.forbidden_from is None:
                continue
            too_urgent = URGENCIES[URGENCIES.index(offer.forbidden_from) :]
            level = self.compiler.sure(self.urgency.is_(*too_urgent))
            yield from self.search.counterexamples(
                f"{offer.id} when {offer.forbidden_from}", self.diagram.conjunction(shown, level)
            )

    def self_care_is_certain(self) -> Iterator[Violation]:
        """Yield answers with which a rule could still hold, that get less than a doubt must.

        That is never less than "soon", so that self-care is left to those whom no rule could fit.
        """
        for rule in self.knowledge.rules:
            possible = self.compiler.roots(rule.when).possible
            yield from self.search.counterexamples(
                rule.id, possible, self._at_least(UNRESOLVED[rule.urgency])
            )

    def just_what_matters_is_asked(self) -> Iterator[Violation]:
        """Yield answers that skip what could matter, or ask what cannot."""
        yield from self._skipped_though_it_matters()
        yield from self._asked_in_vain()

    def _skipped_though_it_matters(self) -> Iterator[Violation]:
        """Yield answers without "unsure" that leave nothing to ask, and a rule undecided."""
        for rule in self.knowledge.rules:
            roots = self.compiler.roots(rule.when)
            node = self.diagram.conjunction(roots.possible, self.diagram.negation(roots.sure))
            behind = self._screens_behind(leaf.question for leaf in leaves(rule.when))
            yield from self.search.counterexamples(
                rule.id, self.diagram.conjunction(node, self._done(behind))
            )

    def _asked_in_vain(self) -> Iterator[Violation]:
        """Yield answers at which a screen is asked although none of its answers changes anything.

        Asked is a screen that is due when all screens before it are done, without "not sure", and
        no emergency is certain. "Anything" is the truth of a rule or of when something is offered,
        whatever the later answers are.
        """
        conditions = [
            (condition, {leaf.question for leaf in leaves(condition)})
            for _, condition in self._conditions()
        ]
        names = [question.id for question in self.knowledge.questions]
        emergencies = self.knowledge.rules_by_urgency["emergency"]
        for screen in self.knowledge.screens:
            own = [question.id for question in screen.questions]
            later = names[names.index(own[-1]) + 1 :]
            vain = self.compiler.sure(self.interview.due(screen))
            mine = (each for each, asked in conditions if not asked.isdisjoint(own))
            vain = self.search.away(vain, (self._changes(each, own, later) for each in mine))
            behind = self._screens_behind(self.search.support(vain) - {*own, *later})
            vain = self.diagram.conjunction(vain, self._done(behind))
            ended = (self._settled(rule.when, [*own, *later]) for rule in emergencies)
            yield from self.search.counterexamples(screen.id, vain, ended)

    def _done(self, screens: Iterable[Screen]) -> int:
        """Return where none of the screens is still due and no answer to them is "not sure".

        It stays small: each screen asks little of what is not its own.
        """
        not_done = [self.compiler.sure(self.interview.due(screen)) for screen in screens]
        not_done += [
            self.compiler.sure(Is(question.id, (UNSURE,)))
            for screen in screens
            for question in screen.questions
            if UNSURE in question.options
        ]
        not_done.sort(key=lambda node: self.diagram.node(node)[0], reverse=True)
        return self.search.away(TRUE, not_done)

    def _changes(self, condition: Condition, own: list[str], later: list[str]) -> int:
        """Return where two answers to own questions decide the condition differently."""
        change = FALSE
        roots = self.compiler.roots(condition)
        for root in (roots.sure, roots.possible):
            true = self.diagram.exists(root, own)
            false = self.diagram.exists(self.diagram.negation(root), own)
            both = self.diagram.conjunction(true, false)
            some = self.diagram.exists(both, [*later, self.urgency.name])
            change = self.diagram.disjunction(change, some)
        return change

    def _settled(self, condition: Condition, unasked: list[str]) -> int:
        """Return where the condition surely holds before those questions are asked."""
        node = self.compiler.sure(condition)
        for name in unasked:
            node = self.search.fixed(node, name, 0)
        return node

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
        written = AsWritten(self.diagram)
        for name, condition in self._conditions():
            roots = self.compiler.roots(condition)
            truths = written.truths(condition)
            yield from self._differ(name, written.where(truths, {Truth.TRUE}), roots.sure)
            open_truths = {Truth.TRUE, Truth.UNKNOWN}
            yield from self._differ(name, written.where(truths, open_truths), roots.possible)
        yield from self._urgency_is_faithful()

    def _screens_behind(self, questions: Iterable[str]) -> list[Screen]:
        """Return the screens that ask the questions, and those that decide whether they do."""
        found: dict[str, Screen] = {}
        waiting = list(questions)
        while waiting:
            screen = self._screen_of[waiting.pop()]
            if screen.id not in found:
                found[screen.id] = screen
                waiting += (leaf.question for leaf in leaves(screen.ask_when))
        return list(found.values())

    def _urgency_is_faithful(self) -> Iterator[Violation]:
        """Yield answers with a higher urgency than :func:`webapp.triage.assessment.assess` gives.

        That none is lower is what properties 2 and 5 say.
        """
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
            for node in self._at_least(urgency):
                yield from self.search.counterexamples(f"{urgency} is invented", node, assessed)

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
        after = [self.search.fixed(node, question, worse) for node in nodes]
        for node, same in zip(nodes, after, strict=True):
            before = self.search.fixed(node, question, better)
            if before != same:
                yield from self.search.counterexamples(
                    f"{question} lowers {urgency}", before, [same, *after]
                )

    def _differ(self, name: str, first: int, second: int) -> Iterator[Violation]:
        yield from self.search.counterexamples(f"{name}: only as written", first, [second])
        yield from self.search.counterexamples(f"{name}: only in the diagram", second, [first])


PROPERTIES: tuple[tuple[int, str, Callable[[Prover], Iterator[Violation]]], ...] = (
    (1, "Every answer set gets exactly one urgency", Prover.one_urgency),
    (2, "No rule's urgency is undercut", Prover.rules_are_floors),
    (3, "A worse answer never lowers the urgency", Prover.worse_is_never_less_urgent),
    (4, "Nothing is shown where it is contraindicated", Prover.nothing_contraindicated),
    (5, "Self-care only where no rule could still hold", Prover.self_care_is_certain),
    (
        6,
        "A skipped screen could not have changed the urgency, an asked one can change something",
        Prover.just_what_matters_is_asked,
    ),
    (7, "Every rule and every offer is reachable", Prover.all_reachable),
    (8, "The rules as written and the diagram agree", Prover.diagram_is_faithful),
)
"""Numbered as in the design."""
