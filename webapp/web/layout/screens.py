"""The conditions that a screen of questions is drawn with, on whichever page it stands."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.knowledge.conditions import Condition, Is, Known, Not
from webapp.triage.interview import Interview


@dataclass(frozen=True)
class ScreenView:
    """What ``layout/screens.html`` asks of the interview, under the name ``check``."""

    interview: Interview

    @property
    def danger_rows(self) -> frozenset[str]:
        """The rows whose Yes sends the form."""
        return self.interview.danger_rows

    @property
    def for_other(self) -> Condition:
        """Condition "somebody else is asked about"."""
        return self.answer("for", "other")

    @property
    def for_me(self) -> Condition:
        """Condition "the person answers about themselves", as long as they say nothing else."""
        return self.not_answer("for", "other")

    def shown(self, row: str) -> Condition:
        """Return the condition "the row stands on its screen"."""
        return self.interview.shown(row)

    def answer(self, question: str, option: str) -> Condition:
        """Return the condition "the question was answered with this"."""
        return Known(Is(question, (option,)))

    def not_answer(self, question: str, option: str) -> Condition:
        """Return the condition "the question was not answered with this"."""
        return Not(self.answer(question, option))

    def noted(self, note: str) -> Condition:
        """Return the condition "the screen is shown again for this reason"."""
        return self.interview.noted(note)
