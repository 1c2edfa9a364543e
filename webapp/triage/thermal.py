"""Warmth, cold or neither, for the page that answers this alone.

It has two ways to know: the answers of the check, or those of its own quick questions. Either is
enough. A contraindication of which one of them is sure counts on both ways.
"""

from __future__ import annotations

from collections.abc import Iterator

from webapp.knowledge.conditions import All, Any, Condition, Known, Not
from webapp.knowledge.model import Knowledge, answered
from webapp.triage.offer import Offer

QUICK = "quick-thermal"
"""The screen of quick questions."""
WRAP = "thermal-wrap"
"""The statement on warmth that is worn for hours, which fewer people may use."""


def thermal_offers(knowledge: Knowledge, allowed: Condition) -> Iterator[Offer]:
    """Yield what the page may offer where the urgency allows it.

    For one person at most one of "tool-warmth", "tool-cold" and "tool-neither" is shown;
    "tool-cold-too" and "tool-wrap" come on top of warmth.
    """
    defined = knowledge.definitions
    quick = quick_done(knowledge)
    no_heat = _either(quick, defined["heat-no"], defined["quick-heat-no"])
    no_cold = _either(quick, defined["cold-no"], defined["quick-cold-no"])
    wrap = next(
        statement.never
        for statement in knowledge.sections["thermal-devices"].statements
        if statement.id == WRAP
    )
    shown = {
        "tool-warmth": (All((Not(no_heat),)), no_heat),
        "tool-cold": (All((no_heat, Not(no_cold))), no_cold),
        "tool-neither": (All((no_heat, no_cold)), Any(())),
        "tool-cold-too": (All((Not(no_heat), Not(no_cold))), Any((no_heat, no_cold))),
        "tool-wrap": (All((Not(no_heat), Not(quick), Not(wrap))), Any((no_heat, wrap))),
    }
    for identity, (when, never) in shown.items():
        yield Offer(identity, All((allowed, when)), never, "emergency")


def quick_done(knowledge: Knowledge) -> Condition:
    """Return the condition "every quick question has an answer"."""
    screen = next(screen for screen in knowledge.quick if screen.id == QUICK)
    return All(tuple(Known(answered(question)) for question in screen.questions))


def _either(quick: Condition, by_check: Condition, by_quick: Condition) -> Condition:
    """Return the contraindication by the way that was gone, and by the other where it is sure."""
    return Any(
        (
            All((quick, Any((by_quick, Known(by_check))))),
            All((Not(quick), Any((by_check, Known(by_quick))))),
        )
    )
