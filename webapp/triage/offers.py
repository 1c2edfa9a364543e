"""What a result may offer, to whom, and where it must never be shown.

Every offer is one condition. The pages show by it, and the prover decides over all answers that it
never holds together with its contraindication or above its urgency. A warning names the rows of the
check that it warns of: it is shown only while one of them was not answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from webapp.knowledge.conditions import (
    ALWAYS,
    NEVER,
    NO,
    YES,
    All,
    Any,
    Condition,
    Is,
    Not,
    may_hold,
)
from webapp.knowledge.model import URGENCIES, Exercise, Section, Starter, Statement, Urgency
from webapp.triage.decision_list import Decision, decided
from webapp.triage.evaluation import Answers
from webapp.triage.interview import Interview
from webapp.triage.offer import Offer
from webapp.triage.thermal import thermal_offers

_EMERGENCY: tuple[Urgency, ...] = ("emergency",)
_URGENT: tuple[Urgency, ...] = ("urgent",)
_SOON: tuple[Urgency, ...] = ("soon",)
_HOME: tuple[Urgency, ...] = ("self-care",)
_AT_HOME: tuple[Urgency, ...] = ("soon", "self-care")
_NOT_EMERGENCY: tuple[Urgency, ...] = ("urgent", "soon", "self-care")

SECTIONS: Mapping[str, tuple[Urgency, ...]] = {
    "advice-emergency": _EMERGENCY,
    "advice-emergency-dont": _EMERGENCY,
    "advice-urgent": _URGENT,
    "advice-soon": _SOON,
    "advice-self-care": _AT_HOME,
    "advice-avoid": _AT_HOME,
    "advice-watch": _NOT_EMERGENCY,
    "advice-watch-today": _AT_HOME,
    "advice-less": _NOT_EMERGENCY,
    "advice-mind": _AT_HOME,
    "advice-expect": _AT_HOME,
    "advice-recheck": _AT_HOME,
    "heat-how": _NOT_EMERGENCY,
    "cold-how": _NOT_EMERGENCY,
    "packs-why": _NOT_EMERGENCY,
    "thermal-ask-first": _NOT_EMERGENCY,
    "thermal-stop": _NOT_EMERGENCY,
    "walking-rule": _AT_HOME,
    "walking-stop": _AT_HOME,
    "walking-pattern": _AT_HOME,
}
"""The sections of a result and the urgencies after which each may be shown."""

LATER = frozenset(
    (
        "recheck-two-weeks",
        "recheck-pregnant",
        "recheck-tailbone",
        "recheck-month-50",
        "recheck-six-weeks",
        "recheck-twelve-weeks",
    )
)
"""Statements that say when to see somebody: for home care only, as other results say it on top."""

PLAN = frozenset(
    (
        "advice-self-care",
        "advice-avoid",
        "advice-expect",
        "advice-mind",
        "walking-rule",
        "walking-stop",
        "walking-pattern",
    )
)
"""The sections that are part of a plan: never for those whom the app is not built for."""

FIRST_STAGES = ("walk-stand", "walk-minute", "walk-first-days")
"""The steps of the walking ladder that a result shows."""


class Offers:
    """Every offer of a result, by the id of what is offered."""

    def __init__(self, interview: Interview) -> None:
        self._interview = interview
        self._knowledge = interview.knowledge
        self._urgency = interview.urgency
        self._not_built_for = self._knowledge.definitions["not-built-for"]

    @cached_property
    def by_id(self) -> Mapping[str, Offer]:
        """All offers."""
        return {offer.id: offer for offer in self._all()}

    def shown(self, identity: str) -> Condition:
        """Return the condition under which the offer is shown."""
        return self.by_id[identity].shown

    def any_shown(self, *identities: str) -> Condition:
        """Return the condition "at least one of these is shown"."""
        return Any(tuple(self.shown(identity) for identity in identities))

    def section(self, section: Section) -> Condition:
        """Return the condition "at least one statement of the section is shown"."""
        return self.any_shown(*(statement.id for statement in section.statements))

    def given(self, row: str) -> Condition:
        """Return the condition "the row was answered": yes, or no where it was asked."""
        return Any(tuple(self._interview.kept(row, answer) for answer in (NO, YES)))

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises that a person with pain may be offered."""
        return tuple(
            exercise for exercise in self._knowledge.exercises if not exercise.only_prevents
        )

    @cached_property
    def any_exercise(self) -> Condition:
        """The condition "at least one exercise is shown"."""
        return self.any_shown(*(exercise.id for exercise in self.exercises))

    @cached_property
    def to_begin_with(self) -> Mapping[str, Condition]:
        """For each exercise "it is shown as one of the few to begin with in the first days"."""
        return {
            exercise.id: All((self.shown(exercise.id), self._first[exercise.id]))
            for exercise in self.exercises
            if self._first[exercise.id] is not NEVER
        }

    @cached_property
    def to_add(self) -> Mapping[str, Condition]:
        """For each exercise "it is shown, and not among the few to begin with"."""
        return {
            exercise.id: All((self.shown(exercise.id), Not(self._first[exercise.id])))
            for exercise in self.exercises
        }

    @cached_property
    def any_to_begin_with(self) -> Condition:
        """The condition "at least one exercise is shown to begin with"."""
        return Any(tuple(self.to_begin_with.values()))

    @cached_property
    def any_to_add(self) -> Condition:
        """The condition "at least one more exercise is shown"."""
        return Any(tuple(self.to_add.values()))

    def shown_for(self, decisions: Iterable[Decision], answers: Answers) -> list[str]:
        """Return the ids of what is shown for the answers, by the conditions as written."""
        evaluator = decided(decisions, self._interview.derived(answers))
        return [offer.id for offer in self.by_id.values() if evaluator.holds(offer.shown)]

    def _all(self) -> Iterator[Offer]:
        for section, urgencies in SECTIONS.items():
            needs = self._needs(section)
            for statement in self._knowledge.sections[section].statements:
                when = All((statement.when, *needs, *self._unanswered(statement)))
                never = statement.never
                if section in PLAN:
                    never = Any((never, self._not_built_for))
                level = _HOME if statement.id in LATER else urgencies
                offer = self._offer(statement.id, level, when, never)
                yield replace(offer, warns_of=statement.warns_of)
        for recommendation in self._knowledge.recommendations:
            yield self._offer(
                recommendation.id, _NOT_EMERGENCY, recommendation.when, recommendation.never
            )
        for position in self._knowledge.positions:
            yield self._offer(position.id, _NOT_EMERGENCY, All(()), position.never)
        for stage in FIRST_STAGES:
            yield self._offer(stage, _AT_HOME, ALWAYS, self._not_built_for)
        for exercise in self.exercises:
            begun_or_later = Any((self._in_stage(exercise), self._first[exercise.id]))
            yield self._offer(exercise.id, _AT_HOME, begun_or_later, self._harmful[exercise.id])
        yield from thermal_offers(self._knowledge, self._urgency.is_(*_NOT_EMERGENCY))

    def _unanswered(self, statement: Statement) -> tuple[Condition, ...]:
        """Return what a warning needs besides: a row that it warns of was not answered."""
        if not statement.warns_of:
            return ()
        return (Any(tuple(Not(self.given(row)) for row in statement.warns_of)),)

    def _needs(self, section: str) -> tuple[Condition, ...]:
        """Return what else must hold: advice on warmth only where warmth is recommended."""
        recommended = {
            recommendation.id: recommendation.when
            for recommendation in self._knowledge.recommendations
        }
        match section.split("-", maxsplit=1)[0]:
            case "heat":
                return (recommended["warmth-first"],)
            case "cold":
                return (recommended["cold-first"],)
            case "thermal":
                return (Any((recommended["warmth-first"], recommended["cold-first"])),)
        return ()

    def _in_stage(self, exercise: Exercise) -> Condition:
        """Return the condition "it is for this region, this pattern and how long it has hurt".

        The first 48 hours are no stage of it: they have few, to begin with.
        """
        stages: list[Condition] = []
        if "acute" in exercise.stages:
            stages.append(Is("how-long-now", ("days-13",)))
        if "settling" in exercise.stages:
            stages.append(self._knowledge.definitions["settling"])
        return All((self._matches(exercise), Any(tuple(stages))))

    def _matches(self, offered: Exercise | Starter) -> Condition:
        """Return the condition "the region and the pattern are those that it is for".

        Where the neck hurts, nobody is asked for a pattern.
        """
        in_neck = self._knowledge.definitions["in-neck"]
        return All((Is("region", offered.regions), Any((in_neck, Is("pattern", offered.patterns)))))

    @cached_property
    def _first(self) -> Mapping[str, Condition]:
        """For each exercise "in the first days, a starter of this person begins with it"."""
        found: dict[str, list[Condition]] = {
            exercise.id: [] for exercise in self._knowledge.exercises
        }
        for starter in self._knowledge.starters:
            for choice in starter.choices:
                for position, name in enumerate(choice):
                    found[name].append(self._chosen(starter, choice[:position]))
        return {name: Any(tuple(parts)) if parts else NEVER for name, parts in found.items()}

    def _chosen(self, starter: Starter, before: tuple[str, ...]) -> Condition:
        """Return the condition "the starter is for this person, and none before this one is"."""
        acute = self._knowledge.definitions["acute"]
        unfit = (may_hold(self._harmful[name]) for name in before)
        return All((acute, self._matches(starter), *unfit))

    @cached_property
    def _harmful(self) -> Mapping[str, Condition]:
        """For whom each exercise is not."""
        reasons = self._knowledge.reasons
        return {
            exercise.id: Any(
                (self._not_built_for, *(reasons[name].when for name in exercise.not_for))
            )
            for exercise in self._knowledge.exercises
        }

    def _offer(
        self, identity: str, urgencies: tuple[Urgency, ...], when: Condition, never: Condition
    ) -> Offer:
        shown = All((self._urgency.is_(*urgencies), when, Not(never)))
        highest = URGENCIES.index(urgencies[0])
        forbidden = URGENCIES[highest + 1] if highest + 1 < len(URGENCIES) else None
        return Offer(identity, shown, never, forbidden)
