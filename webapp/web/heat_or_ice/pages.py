"""The heat or ice page: an answer from the check's answers, or from a few quick questions.

Like the check it has two addresses, so that every step is an entry of its own in the history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from webapp.knowledge.conditions import All, Any, Condition, Known, Not
from webapp.knowledge.model import Screen, Statement
from webapp.release.pages import Page, Words
from webapp.triage.interview import RESULT, Interview
from webapp.triage.offers import Offers
from webapp.triage.thermal import QUICK, WRAP, quick_done
from webapp.web.layout.screens import ScreenView

ADDRESSES = ("heat-or-ice/", "heat-or-ice/answer/")


@dataclass(frozen=True)
class Thermal:
    """The conditions of the page, by the names that the template uses."""

    interview: Interview
    offers: Offers

    @property
    def screen(self) -> Screen:
        """The screen of quick questions."""
        return next(quick for quick in self.interview.knowledge.quick if quick.id == QUICK)

    @property
    def emergency(self) -> Condition:
        """Condition "the answers mean an emergency": then there is no warmth and no cold."""
        return self.interview.urgency.is_("emergency")

    @property
    def calm(self) -> Condition:
        """Condition "the answers mean no emergency"."""
        return Not(self.emergency)

    @property
    def answered(self) -> Condition:
        """Condition "one of the recommendations is shown": the check or the questions are done."""
        by_check = All((self.interview.screen.is_(RESULT), self.interview.planned))
        return All((self.calm, Any((by_check, quick_done(self.interview.knowledge)))))

    @property
    def asking(self) -> Condition:
        """Condition "the quick questions are shown"."""
        return All((self.calm, Not(self.answered)))

    @property
    def ask_first(self) -> Condition:
        """Condition "this person has a reason to ask somebody before using either"."""
        return Known(self.interview.knowledge.definitions["thermal-ask"])

    @property
    def explained(self) -> Condition:
        """Condition "an answer forbids warmth or cold": the page then says which."""
        reasons = self.interview.knowledge.sections["packs-why"].statements
        return Any(tuple(reason.when for reason in reasons))

    def with_the_answer(self, statement: Statement) -> Condition:
        """Return the condition "the statement is shown", inside the block of its recommendation."""
        return self.offers.shown("tool-wrap") if statement.id == WRAP else statement.when


def pages(interview: Interview, offers: Offers) -> tuple[Page, ...]:
    """Return the page at both of its addresses."""
    return tuple(
        Page(
            address,
            "heat_or_ice/heat_or_ice.html",
            partial(_values, Thermal(interview, offers), ScreenView(interview), target),
            answers=True,
        )
        for address, target in zip(ADDRESSES, reversed(ADDRESSES), strict=True)
    )


def _values(thermal: Thermal, check: ScreenView, target: str, _: Words) -> Mapping[str, object]:
    statements = thermal.interview.knowledge.sections["thermal-timer"].statements
    told = {statement.id: statement.text for statement in statements}
    return {"thermal": thermal, "check": check, "target": target, "told": told}
