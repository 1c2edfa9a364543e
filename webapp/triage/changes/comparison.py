"""Decide what differs between two releases: rule by rule, offer by offer, level by level.

Each is decided over every set of answers. The examples are whole sets of answers: what they do not
name is answered in the plain way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Literal

from webapp.knowledge.conditions import UNSURE, Condition
from webapp.knowledge.model import URGENCIES
from webapp.triage.changes.releases import (
    LEVELS,
    Side,
    joined,
    nodes_by_level,
    plain_answers,
)
from webapp.triage.diagram import FALSE, Compiler, Roots, Variable
from webapp.triage.fewest import BoundedDiagram, Fewest, Found, TooManySteps

Kind = Literal["question", "rule", "offer", "levels"]
URGENCY = "urgency"
"""The decision that the conditions of offers ask for."""

STEPS = 20_000_000
"""The steps that a comparison may take: some minutes. The largest so far took 5,000,000."""
_OF_A_SEARCH = 80
"""The part of them that one search for answers may take."""
_OF_A_DIFFERENCE = 20
"""The part that one difference may take, what leads to its searches included."""
_OF_A_DIAGRAM = 16
"""The part after which a new diagram is begun: what the old one keeps of them is memory."""
_LEVELS_OF: Mapping[str, tuple[int, ...]] = {
    urgency: tuple(n for n, level in enumerate(LEVELS) if level.split(",")[0] == urgency)
    for urgency in URGENCIES
}
"""The levels that each urgency has, from less to more."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which something differs, and the fewest answers that show it.

    ``answers`` is None where no answers are needed to see it, or where it was not decided.
    """

    what: str
    answers: Mapping[str, str] | None = None
    is_least: bool = True
    is_decided: bool = True
    none_with: int = -1
    """Where it was not decided: no so few answers otherwise than plain show it."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing of both releases; without differences it is proved to be unchanged."""

    kind: Kind
    subject: str
    differences: tuple[Difference, ...]


class Comparison:
    """Two releases, compared.

    ``steps`` bounds what all of it may take, in time and in memory, and by its parts what one
    difference may take; a difference that they leave open says so.
    """

    def __init__(self, old: Side, new: Side, steps: int = STEPS) -> None:
        self.old, self.new = old, new
        self.plain = plain_answers(old, new)
        self.steps = self._left = steps
        questions = joined(old, new)
        self._variables = (*questions, Variable(URGENCY, URGENCIES))
        self._fresh()

    def _fresh(self) -> None:
        """Begin a new diagram: the last one has grown too large."""
        self._diagram = BoundedDiagram(self._variables)
        self._compiler = Compiler(self._diagram)
        plain = {v.name: self._value(v, self.plain.get(v.name)) for v in self._variables}
        dearest = {v.name: self._value(v, UNSURE) for v in self._variables if UNSURE in v.options}
        self._fewest = Fewest(self._diagram, plain, dearest, self.steps // _OF_A_SEARCH)
        self._levels_found: tuple[list[list[int]], list[list[int]]] | None = None

    @staticmethod
    def _value(variable: Variable, option: str | None) -> int:
        return variable.options.index(option) + 1 if option else 0

    def compared(self) -> Iterator[Compared]:
        """Yield what was found of each question, rule, offer and pair of levels."""
        yield from self._of_each("question", self.old.questions, self.new.questions, self._question)
        yield from self._of_each("rule", self.old.rules, self.new.rules, self._rule)
        try:
            offered = self.old.offers, self.new.offers
        except KeyError as lacking:
            what = f"cannot be compared: one of the releases has no {lacking}"
            yield Compared("offer", "all", (Difference(what, is_decided=False),))
        else:
            yield from self._of_each("offer", *offered, self._offer)
        for before, after in product(range(len(LEVELS)), repeat=2):
            if before != after:
                yield self._levels(before, after)

    def _of_each(
        self,
        kind: Kind,
        before: Collection[str],
        after: Collection[str],
        compare: Callable[[str], Iterator[Difference]],
    ) -> Iterator[Compared]:
        for name in after:
            if name in before:
                yield Compared(kind, name, tuple(compare(name)))
            else:
                yield Compared(kind, name, (Difference("is new"),))
        for name in before:
            if name not in after:
                yield Compared(kind, name, (Difference("is gone"),))

    # --- one thing ----------------------------------------------------------------------

    def _question(self, name: str) -> Iterator[Difference]:
        old, new = self.old.questions[name], self.new.questions[name]
        if old.options != new.options:
            now, before = (", ".join(question.options) for question in (new, old))
            yield Difference(f"may be answered {now}; was {before}")
        conditions = (self.old.asked[name], self.new.asked[name])
        yield from self._apart(conditions, _sure, "asked")

    def _rule(self, name: str) -> Iterator[Difference]:
        old, new = self.old.rules[name], self.new.rules[name]
        before, now = (f"{rule.urgency} {rule.within or ''}".strip() for rule in (old, new))
        if before != now:
            yield Difference(f"leads to {now}; did to {before}")
        conditions = (old.when, new.when)
        yield from self._apart(conditions, _sure, "certain")
        yield from self._apart(conditions, _possible, "possible")

    def _apart(
        self, conditions: tuple[Condition, Condition], root: Callable[[Roots], int], word: str
    ) -> Iterator[Difference]:
        """Yield the fewest answers with which just one of the conditions holds."""

        def only(first: int) -> Found | None:
            one, other = (root(self._compiler.roots(condition)) for condition in conditions)
            return self._fewest.found(*((one, [other]) if first == 0 else (other, [one])))

        yield from self._searched(f"was {word}, is not", lambda: only(0))
        yield from self._searched(f"is {word}, was not", lambda: only(1))

    def _offer(self, name: str) -> Iterator[Difference]:
        """Yield how it is offered otherwise, for each urgency that people have now."""
        conditions = (self.old.offers[name].shown, self.new.offers[name].shown)
        for urgency in URGENCIES:
            gone = partial(self._at, urgency, *conditions)
            come = partial(self._at, urgency, *reversed(conditions))
            yield from self._searched(f"was offered at {urgency}, is not", gone)
            yield from self._searched(f"is offered at {urgency}, was not", come)

    def _at(self, urgency: str, one: Condition, other: Condition) -> Found | None:
        """Return the fewest answers of this urgency with which only one of the conditions holds."""
        value = URGENCIES.index(urgency) + 1
        sure, not_sure = map(self._compiler.sure, (one, other))
        only = self._fewest.away(sure, [not_sure])
        node = self._diagram.restrict(only, URGENCY, value)
        if node == FALSE:
            return None
        wanted = _LEVELS_OF[urgency]
        _, now = self._leading()
        nodes = [node]
        if wanted[0] > 0:
            level = [n for number in wanted for n in now[number]]
            nodes = [self._diagram.conjunction(node, each) for each in level]
        return self._fewest.found_among(nodes, _above(now, wanted[-1]))

    def _levels(self, before: int, after: int) -> Compared:
        """Return whether somebody had the one level and has the other now."""

        def search() -> Found | None:
            old, new = self._leading()
            low, high = (old, new) if before < after else (new, old)
            lower, higher = sorted((before, after))
            covered = _above(low, lower)
            risen = [self._uncovered(n, covered) for n in high[higher] if n not in covered]
            if lower > 0:
                risen = [self._diagram.conjunction(*both) for both in product(risen, low[lower])]
            return self._fewest.found_among(risen, [*covered, *_above(high, higher)])

        subject = f"{LEVELS[before]} to {LEVELS[after]}"
        return Compared("levels", subject, tuple(self._searched("some people change", search)))

    def _uncovered(self, node: int, others: Collection[int]) -> int:
        """Return the node without the others that ask no more than it does."""
        return self._fewest.narrowed(node, others, self._fewest.support(node))[0]

    def _leading(self) -> tuple[list[list[int]], list[list[int]]]:
        """Return the nodes that lead to each level, of the old release and of the new."""
        roots = self._compiler.roots
        if self._levels_found is None:
            sides = (list(nodes_by_level(side, roots)) for side in (self.old, self.new))
            self._levels_found = (next(sides), next(sides))
        return self._levels_found

    def _searched(self, what: str, search: Callable[[], Found | None]) -> Iterator[Difference]:
        """Yield the difference that the search finds, or that it could not be decided."""
        if self._diagram.steps > self.steps // _OF_A_DIAGRAM:
            self._fresh()
        before = self._diagram.steps
        try:
            with self._diagram.within(min(self.steps // _OF_A_DIFFERENCE, self._left)):
                found = search()
        except TooManySteps as too_many:
            yield Difference(what, is_decided=False, none_with=too_many.none_with)
            return
        finally:
            self._left -= self._diagram.steps - before
        if found:
            yield Difference(what, self._in_answers(found), is_least=found.is_least)

    def _in_answers(self, found: Found) -> dict[str, str]:
        """Return the answers that are not the plain ones; "" is not asked."""
        named = {variable.name: variable.options for variable in self._variables}
        return {
            name: named[name][value - 1] if value else "" for name, value in found.values.items()
        }


def _sure(roots: Roots) -> int:
    return roots.sure


def _possible(roots: Roots) -> int:
    return roots.possible


def _above(levels: list[list[int]], level: int) -> dict[int, None]:
    """Return the nodes that lead to more than the level, the highest first."""
    return dict.fromkeys(node for nodes in reversed(levels[level + 1 :]) for node in nodes)
