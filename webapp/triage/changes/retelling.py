"""Tell patients' stories to two releases: which of them end otherwise.

A choice of which a story says nothing is answered in the plain way, so that each story comes to its
end, what helps included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from msgspec import structs

from webapp.knowledge.errors import KnowledgeError
from webapp.triage.assessment import Assessment, assess
from webapp.triage.cases import Case, end
from webapp.triage.changes.releases import Side
from webapp.triage.decision_list import decided


@dataclass(frozen=True, slots=True)
class Ending:
    """What a release makes of a story: when to be seen, by which rules, and what is offered."""

    urgency: str
    rules: tuple[str, ...]
    offers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retold:
    """A story that ends otherwise; an ending is the reason where the release cannot hear it."""

    story: str
    old: Ending | str
    new: Ending | str


def retell(
    old: Side, new: Side, plain: Mapping[str, str], stories: Iterable[Case]
) -> Iterator[Retold]:
    """Yield each story whose ending is not the same."""
    rows = old.knowledge.items.keys() | new.knowledge.items.keys()
    choices = {name: option for name, option in plain.items() if name not in rows}
    for story in stories:
        told = structs.replace(story, answers=choices | story.answers)
        before, after = _ending(old, told), _ending(new, told)
        if before != after:
            yield Retold(story.id, before, after)


def _ending(side: Side, story: Case) -> Ending | str:
    """Return the ending; what the release does not know of the story is not told to it."""
    known = {
        name: option
        for name, option in story.answers.items()
        if name in side.questions and option in side.questions[name].options
    }
    told = structs.replace(story, answers=known)
    try:
        state = end(side.interview, told)
    except KnowledgeError as gap:
        return f"{gap.key}: {gap.problem}"
    made = assess(side.knowledge, state.answers)
    evaluator = decided(side.interview.decisions, side.interview.derived(state.answers))
    try:
        offers = tuple(o.id for o in side.offers.values() if evaluator.holds(o.shown))
    except KeyError:
        offers = ()
    return Ending(_urgency(made), tuple(rule.id for rule in made.fired), offers)


def _urgency(made: Assessment) -> str:
    within = {"week": ", a week", "two-weeks": ", two weeks", None: ""}[made.within]
    return f"{made.urgency}{within}"
