"""An offer: something that is shown to some people."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.knowledge.conditions import Condition
from webapp.knowledge.model import Urgency


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that a page shows to some people: when, and where it must never be."""

    id: str
    shown: Condition
    never: Condition
    forbidden_from: Urgency | None
    """The lowest urgency at which it may not be shown; None for what to do in emergencies."""
    warns_of: tuple[str, ...] = ()
    """The rows that it warns of, where it is a warning."""
