"""What a result may offer, to whom, and where it must never be shown.

Every offer is one condition. The pages show by it, and the prover decides over all answers that it
never holds together with its contraindication or above its urgency.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from webapp.knowledge.conditions import ALWAYS, All, Any, Condition, Is, Not
from webapp.knowledge.model import URGENCIES, Exercise, Knowledge, Section, Urgency
from webapp.triage.decisions import Decision, decided
from webapp.triage.evaluation import Answers
from webapp.triage.offer import Offer
from webapp.triage.thermal import thermal_offers

_EMERGENCY: tuple[Urgency, ...] = ("emergency",)
_URGENT: tuple[Urgency, ...] = ("urgent",)
_SOON: tuple[Urgency, ...] = ("soon",)
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
    "thermal-ask-first": _NOT_EMERGENCY,
    "thermal-stop": _NOT_EMERGENCY,
    "walking-rule": _AT_HOME,
    "walking-stop": _AT_HOME,
    "walking-pattern": _AT_HOME,
}
"""The sections of a result and the urgencies after which each may be shown."""

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

    def __init__(self, knowledge: Knowledge, urgency: Decision) -> None:
        self._knowledge = knowledge
        self._urgency = urgency
        self._not_built_for = knowledge.definitions["not-built-for"]

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

    def shown_for(self, decisions: Iterable[Decision], answers: Answers) -> list[str]:
        """Return the ids of what is shown for the answers, by the conditions as written."""
        evaluator = decided(decisions, dict(answers))
        return [offer.id for offer in self.by_id.values() if evaluator.holds(offer.shown)]

    def _all(self) -> Iterator[Offer]:
        for section, urgencies in SECTIONS.items():
            needs = self._needs(section)
            for statement in self._knowledge.sections[section].statements:
                when = All((statement.when, *needs))
                never = statement.never
                if section in PLAN:
                    never = Any((never, self._not_built_for))
                yield self._offer(statement.id, urgencies, when, never)
        for one in self._knowledge.recommendations:
            yield self._offer(one.id, _NOT_EMERGENCY, one.when, one.never)
        for position in self._knowledge.positions:
            yield self._offer(position.id, _NOT_EMERGENCY, All(()), position.never)
        for stage in FIRST_STAGES:
            yield self._offer(stage, _AT_HOME, ALWAYS, self._not_built_for)
        for exercise in self._knowledge.exercises:
            yield self._offer(exercise.id, _AT_HOME, *self._exercise(exercise))
        yield from thermal_offers(self._knowledge, self._urgency.is_(*_NOT_EMERGENCY))

    def _needs(self, section: str) -> tuple[Condition, ...]:
        """Return what else must hold: advice on warmth only where warmth is recommended."""
        recommended = {one.id: one.when for one in self._knowledge.recommendations}
        match section.split("-", maxsplit=1)[0]:
            case "heat":
                return (recommended["warmth-first"],)
            case "cold":
                return (recommended["cold-first"],)
            case "thermal":
                return (Any((recommended["warmth-first"], recommended["cold-first"])),)
        return ()

    def _exercise(self, exercise: Exercise) -> tuple[Condition, Condition]:
        when = All(
            (
                Is("region", exercise.regions),
                Is("pattern", exercise.patterns),
            )
        )
        return when, Any((self._not_built_for, *(one.when for one in exercise.not_for)))

    def _offer(
        self, identity: str, urgencies: tuple[Urgency, ...], when: Condition, never: Condition
    ) -> Offer:
        shown = All((self._urgency.is_(*urgencies), when, Not(never)))
        highest = URGENCIES.index(urgencies[0])
        forbidden = URGENCIES[highest + 1] if highest + 1 < len(URGENCIES) else None
        return Offer(identity, shown, never, forbidden)
