"""What a proof says: whether a property holds, and for which answers it does not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """A property that fails: for what, and for which answers, in words."""

    subject: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one property holds over all answers."""

    number: int
    promise: str
    violations: tuple[Violation, ...]

    @property
    def holds(self) -> bool:
        """Whether no set of answers breaks the property."""
        return not self.violations
