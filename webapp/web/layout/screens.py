"""The conditions that a screen of questions is drawn with, on whichever page it stands."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.knowledge.conditions import Condition, Is, Known, Not
from webapp.knowledge.model import Screen
from webapp.triage.interview import Interview, unsure_view


@dataclass(frozen=True)
class ScreenView:
    """What ``layout/screens.html`` asks of the interview, under the name ``check``."""

    interview: Interview

    def unsure(self, screen: Screen) -> Condition:
        """Return the condition "the person picks the rows they are unsure of"."""
        return self.interview.viewing(unsure_view(screen.id))

    def sure(self, screen: Screen) -> Condition:
        """Return the condition "the person ticks what is true"."""
        return Not(self.unsure(screen))

    def answer(self, question: str, option: str) -> Condition:
        """Return the condition "the question was answered with this"."""
        return Known(Is(question, (option,)))

    def other(self, question: str, option: str) -> Condition:
        """Return the condition "the question was not answered with this"."""
        return Not(self.answer(question, option))

    def noted(self, note: str) -> Condition:
        """Return the condition "the screen is shown again for this reason"."""
        return self.interview.noted(note)
