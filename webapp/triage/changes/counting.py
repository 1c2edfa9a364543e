"""Count over sets of answers with few ticks how many lead to another level.

A set has the plain answer to all questions but at most two, and the first gate of each row that is
not plain is ticked. What the check would then not ask keeps the value that it is closed with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from webapp.knowledge.conditions import YES, leaves
from webapp.triage.changes.releases import LEVELS, Side, levels
from webapp.triage.closing import closed
from webapp.triage.evaluation import judge
from webapp.triage.truth import TRUE

Sign = tuple[str, str]
"""A question, and an answer to it that is not the plain one."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many sets of answers there are, and how many go from one level to another."""

    total: int
    changed: Mapping[tuple[str, str], int]


def count(old: Side, new: Side, plain: Mapping[str, str]) -> Counts:
    """Return the counts over all sets of at most two signs."""
    signs = list(_signs(old, new, plain))
    before, after = (_Reckoning(side, plain, signs) for side in (old, new))
    changed: Counter[tuple[str, str]] = Counter()
    total = 0
    for chosen in _sets(signs):
        total += 1
        first, second = before.level(chosen), after.level(chosen)
        if first != second:
            changed[LEVELS[first], LEVELS[second]] += 1
    return Counts(total, changed)


def _signs(old: Side, new: Side, plain: Mapping[str, str]) -> Iterator[Sign]:
    gates = old.knowledge.gates | new.knowledge.gates
    for name, best in plain.items():
        if name not in gates:
            sides = (side.questions[name].options for side in (old, new) if name in side.questions)
            options = dict.fromkeys(option for known in sides for option in known)
            yield from ((name, option) for option in options if option != best)


def _sets(signs: list[Sign]) -> Iterator[tuple[Sign, ...]]:
    yield ()
    yield from ((sign,) for sign in signs)
    yield from (both for both in combinations(signs, 2) if both[0][0] != both[1][0])


class _Reckoning:
    """The level of sets of signs in one release; a rule is judged anew only where it asks both."""

    def __init__(self, side: Side, plain: Mapping[str, str], signs: Iterable[Sign]) -> None:
        self._side = side
        self._plain = {name: plain[name] for name in side.questions}
        self._gates = {name: gate for name in plain if (gate := side.interview.gate_of(name))}
        self._closed = {c.question: closed(c) for c in side.interview.closing}
        self._asking: dict[str, set[str]] = {}
        for rule in side.knowledge.rules:
            for leaf in leaves(rule.when):
                self._asking.setdefault(leaf.question, set()).add(rule.id)
        self._at_rest = self._judged(side.rules, self._plain)
        self._alone = {
            sign: self._judged(self._asking.get(sign[0], ()), self._plain | dict((sign,)))
            for sign in signs
            if self._is_known(sign)
        }

    def _is_known(self, sign: Sign) -> bool:
        name, option = sign
        return name in self._side.questions and option in self._side.questions[name].options

    def _judged(self, rules: Iterable[str], answers: Mapping[str, str]) -> dict[str, int]:
        """Return the level that each of the rules leads to, those left out that lead to none."""
        found = {}
        for name in rules:
            rule = self._side.rules[name]
            if level := levels(rule)[judge(rule.when)(answers)]:
                found[name] = level
        return found

    def level(self, chosen: tuple[Sign, ...]) -> int:
        """Return the level of a person with these signs and no other."""
        heard = self._heard(chosen)
        touched = [self._asking.get(name, set()) for name, _ in heard]
        both = touched[0] & touched[1] if len(touched) == 2 else set()  # noqa: PLR2004 two signs
        found = [
            level
            for name, level in self._at_rest.items()
            if not any(name in rules for rules in touched)
        ]
        for sign in heard:
            found += (level for name, level in self._alone[sign].items() if name not in both)
        if both:
            found += self._judged(both, self._plain | dict(heard)).values()
        return max(found, default=0)

    def _heard(self, chosen: tuple[Sign, ...]) -> tuple[Sign, ...]:
        """Return the signs that the check asks about."""
        heard = tuple(sign for sign in chosen if sign in self._alone)
        gates = {self._gates[name]: YES for name, _ in heard if name in self._gates}
        for sign in heard:
            name = sign[0]
            if name in self._closed:
                others = {n: option for n, option in heard if n != name}
                if judge(self._closed[name])(self._plain | gates | others) is TRUE:
                    return self._heard(tuple(each for each in heard if each != sign))
        return heard
