"""What a comparison found, in lines for a person and as values for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from webapp.triage.changes.comparison import Compared, Comparison, Difference
from webapp.triage.changes.counting import Counts
from webapp.triage.changes.retelling import Ending, Retold

_TITLES = {
    "question": "Questions",
    "rule": "Rules",
    "offer": "Offers, to people of the same urgency",
    "levels": "Levels, from the old to the new",
}


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found."""

    comparison: Comparison
    compared: Sequence[Compared]
    counts: Counts
    stories: int
    retold: Sequence[Retold]

    @property
    def is_same(self) -> bool:
        """Whether it is proved that nothing differs, and no story ends otherwise."""
        return not (any(f.differences for f in self.compared) or self.counts.changed or self.retold)

    def lines(self) -> Iterator[str]:
        """Yield the report for a person."""
        for kind, title in _TITLES.items():
            yield from self._section(title, [f for f in self.compared if f.kind == kind])
        yield f"Sets of at most two signs: {self.counts.total}"
        for (before, after), number in sorted(self.counts.changed.items()):
            yield f"  {before} to {after}: {number}"
        yield f"  {sum(self.counts.changed.values())} change the level"
        yield f"Stories: {self.stories}, {len(self.retold)} end otherwise"
        for retold in self.retold:
            yield f"  {retold.story}: {'; '.join(_endings(retold))}"
        if open_ones := self._undecided:
            yield (
                f"NOT DECIDED: {open_ones} of {len(self.compared)}, which may differ or not; they"
                f" were left at the limit of {self.comparison.steps:,} steps (--steps allows more)"
            )
        yield "Nothing differs." if self.is_same else "Something differs."

    @property
    def _undecided(self) -> int:
        """How many of the things compared were not decided in all."""
        return sum(not all(d.is_decided for d in each.differences) for each in self.compared)

    def _section(self, title: str, compared: Sequence[Compared]) -> Iterator[str]:
        same = sum(not thing.differences for thing in compared)
        yield f"{title}: {len(compared)}, {same} proved unchanged over every set of answers"
        for thing in compared:
            if thing.kind == "levels" and not thing.differences and same < len(compared):
                yield f"  {thing.subject}: nobody, proved"
            for difference in thing.differences:
                yield f"  {thing.subject}: {_what(difference)}"
                yield from (f"    {line}" for line in self.in_words(difference))

    def in_words(self, difference: Difference) -> Iterator[str]:
        """Yield the answers that show the difference."""
        if difference.answers is None:
            return
        sides = (self.comparison.new, self.comparison.old)
        for name, option in difference.answers.items():
            side = next(side for side in sides if name in side.questions)
            yield side.say(name, option or "not asked")
        yield "Everything else: the plain answer"

    def as_data(self) -> dict[str, object]:
        """Return the report as values that JSON can hold."""
        return {
            "same": self.is_same,
            "undecided": self._undecided,
            "steps": self.comparison.steps,
            "plain": self.comparison.plain,
            "compared": [
                {
                    "kind": thing.kind,
                    "subject": thing.subject,
                    "unchanged": not thing.differences,
                    "differences": [self._difference(each) for each in thing.differences],
                }
                for thing in self.compared
            ],
            "counts": {
                "sets": self.counts.total,
                "changed": [
                    {"from": before, "to": after, "sets": number}
                    for (before, after), number in sorted(self.counts.changed.items())
                ],
            },
            "stories": self.stories,
            "retold": [
                {"story": r.story, "old": _ending(r.old), "new": _ending(r.new)}
                for r in self.retold
            ],
        }

    def _difference(self, difference: Difference) -> dict[str, object]:
        return {**asdict(difference), "in_words": [*self.in_words(difference)]}


def _what(difference: Difference) -> str:
    if not difference.is_decided:
        few = difference.none_with
        excluded = f", nobody with {few} ticks or fewer" if few >= 0 else ""
        return f"{difference.what}: NOT DECIDED, it takes too many steps{excluded}"
    if difference.answers is None:
        return difference.what
    ticks = len(difference.answers)
    least = "" if difference.is_least else ", perhaps fewer"
    return f"{difference.what}, with {ticks} tick{'' if ticks == 1 else 's'}{least}:"


def _endings(retold: Retold) -> Iterator[str]:
    """Yield how the endings of a story differ."""
    old, new = retold.old, retold.new
    if isinstance(old, str) or isinstance(new, str):
        yield f"was {old if isinstance(old, str) else old.urgency}"
        yield f"is {new if isinstance(new, str) else new.urgency}"
        return
    if old.urgency != new.urgency:
        yield f"was {old.urgency}, is {new.urgency}"
    yield from _listed("rules", old.rules, new.rules)
    yield from _listed("offers", old.offers, new.offers)


def _listed(name: str, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    before, after = Counter(old), Counter(new)
    changes = [*(f"+{one}" for one in after - before), *(f"-{one}" for one in before - after)]
    if changes:
        yield f"{name} {' '.join(changes)}"


def _ending(ending: Ending | str) -> Mapping[str, object]:
    return {"reason": ending} if isinstance(ending, str) else asdict(ending)
