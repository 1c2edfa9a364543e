"""The check: one template for every screen and the result, and what it asks of the triage.

It has two addresses. Each page posts to the other one, so that every step is an entry of its own in
the browser's history: Firefox replaces an entry when a worker answers a post to the same address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from webapp.knowledge.conditions import NEVER, All, Any, Condition, Known, Not
from webapp.knowledge.model import Item, Rule, Screen, Urgency, Within, answered
from webapp.release.pages import Page, Words
from webapp.triage.interview import ANSWERS_VIEW, CONTRADICTION, NOTES, RESULT, Interview
from webapp.triage.offers import FIRST_STAGES, Offers
from webapp.web.layout.screens import ScreenView

ADDRESSES = ("check/", "check/next/")


@dataclass(frozen=True)
class View(ScreenView):
    """The conditions of the check, by the names that the template uses."""

    offers: Offers

    answers_view = ANSWERS_VIEW
    contradiction_view = CONTRADICTION
    first_stages = FIRST_STAGES

    def showing(self, screen: Screen) -> Condition:
        """Return the condition "this screen is on the page"."""
        return self.interview.screen.is_(screen.id)

    def elsewhere(self, screen: Screen) -> Condition:
        """Return the condition "this screen is not on the page"."""
        return Not(self.showing(screen))

    def carried(self, question: str, option: str) -> Condition:
        """Return the condition "the form carries this answer if its screen is elsewhere"."""
        kept = self.interview.kept(question, option)
        contradicts = self.interview.contradicts(question)
        if contradicts is NEVER:
            return kept
        return All((kept, Not(All((self.contradiction, contradicts)))))

    @property
    def contradiction(self) -> Condition:
        """Condition "the page asks about answers that contradict each other"."""
        return self.interview.screen.is_(CONTRADICTION)

    @property
    def contradicting(self) -> tuple[Item, ...]:
        """The rows that may be among those answers."""
        return self.interview.contradicting

    def contradicts(self, row: Item) -> Condition:
        """Return the condition "the row is one of those answers"."""
        return self.interview.contradicts(row.id)

    @property
    def first(self) -> Condition:
        """Condition "the check was just opened": nothing was answered, asked for or went wrong."""
        start = self.interview.knowledge.screens[0]
        unanswered = (Not(Known(answered(question))) for question in start.questions)
        silent = (Not(self.noted(note)) for note in NOTES)
        return All((self.showing(start), *silent, *unanswered))

    @property
    def begun(self) -> Condition:
        """Condition "a form led here": the check was not just opened."""
        return Not(self.first)

    @property
    def result(self) -> Condition:
        """Condition "the result is on the page"."""
        return self.interview.screen.is_(RESULT)

    @property
    def listing(self) -> Condition:
        """Condition "the list of answers is on the page"."""
        return self.interview.screen.is_(ANSWERS_VIEW, RESULT)

    @property
    def reviewing(self) -> Condition:
        """Condition "only the list of answers is on the page"."""
        return self.interview.screen.is_(ANSWERS_VIEW)

    @property
    def asking_later(self) -> Condition:
        """Condition "a screen is on the page, and something was answered before"."""
        start = self.interview.knowledge.screens[0]
        return All((Not(self.listing), self.answered(start)))

    def answered(self, screen: Screen) -> Condition:
        """Return the condition "every question of the screen has an answer"."""
        return All(tuple(Known(answered(question)) for question in screen.required))

    def listed(self, screen: Screen) -> Condition:
        """Return the condition "the screen is answered, and not because all of it was closed"."""
        given = (self.interview.kept(q.id, option) for q in screen.required for option in q.options)
        return All((self.answered(screen), Any(tuple(given))))

    def none_of(self, screen: Screen) -> Condition:
        """Return the condition "every row of the screen was answered with no"."""
        return All(tuple(self.answer(item.id, "no") for item in screen.items))

    @property
    def plan_screen(self) -> str:
        """The screen that the questions for the plan begin with."""
        return self.interview.knowledge.for_plan[0].id

    @property
    def asking_for_plan(self) -> Condition:
        """Condition "a screen for the plan is on the page"."""
        plan = self.interview.knowledge.for_plan
        return self.interview.screen.is_(*(screen.id for screen in plan))

    @property
    def unplanned(self) -> Condition:
        """Condition "more must be asked before the page can say what helps"."""
        return self.interview.plan_waits

    @property
    def planned(self) -> Condition:
        """Condition "all that decides what helps was asked"."""
        return self.interview.planned

    @property
    def any_position(self) -> Condition:
        """Condition "at least one position of ease is shown"."""
        positions = self.interview.knowledge.positions
        return self.offers.any_shown(*(position.id for position in positions))

    def urgency(self, *urgencies: Urgency) -> Condition:
        """Return the condition "the urgency is one of these"."""
        return self.interview.urgency.is_(*urgencies)

    def limit(self, limit: Within) -> Condition:
        """Return the condition "this is how soon somebody must look at it"."""
        return self.interview.limit.is_(limit)

    def fired(self, rule: Rule) -> Condition:
        """Return the condition "this rule surely holds"."""
        return Known(rule.when)

    def signs_of(self, rule: Rule) -> tuple[Item, ...]:
        """Return the rows whose Yes speaks for the rule."""
        return self.interview.signs_of(rule)

    def signed(self, rule: Rule) -> Condition:
        """Return the condition "at least one of those was answered with yes"."""
        return Any(tuple(self.answer(item.id, "yes") for item in self.signs_of(rule)))

    @property
    def unresolved(self) -> Condition:
        """Condition "being unsure mattered": an emergency ends the questions before that."""
        return All((self.urgency("urgent", "soon"), self.interview.doubt.is_("some")))


def pages(interview: Interview, offers: Offers) -> tuple[Page, ...]:
    """Return the check at both of its addresses."""
    view = View(interview, offers)
    return tuple(
        Page(
            address,
            "check/check.html",
            partial(_values, view, target),
            answers=True,
        )
        for address, target in zip(ADDRESSES, reversed(ADDRESSES), strict=True)
    )


def _values(view: View, target: str, _: Words) -> Mapping[str, object]:
    return {"check": view, "target": target}
