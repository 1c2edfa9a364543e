"""The check, beyond what a person does on it everywhere; see Person."""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.person import Person


@dataclass
class Check:
    """A screen of the check, or its result."""

    person: Person

    def note(self) -> str:
        """Return what the screen says of an answer that cannot be."""
        return self.person.reads(".note")

    def question(self) -> str:
        """Return what the screen asks."""
        return self.person.reads("#ask")

    def offers_the_draft(self) -> bool:
        """Return whether answers from before can be taken up again."""
        return self.person.shows("form[data-draft]")
