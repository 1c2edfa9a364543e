"""Conditions as FHIRPath: its empty collection is our "unknown", and its logic is Kleene's too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from webapp.knowledge.conditions import UNSURE, All, Any, AtLeast, Condition, Is, Known, Not

UNKNOWN = "{}"
_JOINS: Mapping[type[Condition], tuple[str, str]] = {All: (" and ", "true"), Any: (" or ", "false")}
"""The operator between parts, and what a condition without a part is."""


@dataclass(frozen=True)
class Expressions:
    """Writes conditions; what has a name of its own is a variable of that name."""

    definitions: Mapping[str, Condition]
    _names: dict[Condition, str] = field(default_factory=dict)

    def variables(self) -> Mapping[str, str]:
        """Return the expression of each definition, what it needs before it."""
        found = {}
        for name, condition in self.definitions.items():
            found[name] = self.write(condition)
            # A comparison may be one object in many conditions, also in those above it.
            if not isinstance(condition, Is):
                self._names.setdefault(condition, name)
        return found

    def write(self, condition: Condition) -> str:
        """Return the expression: true, false, or empty where it is not known."""
        if condition in self._names:
            return variable(self._names[condition])
        match condition:
            case Is(question, options):
                return _comparison(variable(question), options)
            case All(parts) | Any(parts):
                operator, of_none = _JOINS[type(condition)]
                return f"({operator.join(map(self.write, parts))})" if parts else of_none
            case Not(part):
                return f"({self.write(part)}).not()"
            case Known(part):
                return f"iif({self.write(part)}, true, false)"
            case AtLeast(count, parts):
                return _at_least(count, list(map(self.write, parts)))
        raise TypeError(f"not a condition: {condition!r}")

    def surely(self, condition: Condition) -> str:
        """Return the expression of "surely holds", which is never empty."""
        return f"iif({self.write(condition)}, true, false)"

    def possibly(self, condition: Condition) -> str:
        """Return the expression of "may hold", which is never empty."""
        return f"iif({self.write(condition)} = false, false, true)"


def variable(name: str) -> str:
    """Return how an expression names a variable."""
    return f"%`{name}`"


def _comparison(answer: str, options: tuple[str, ...]) -> str:
    named = " | ".join(f"'{option}'" for option in options)
    told = f"({answer} in ({named}))"
    return told if UNSURE in options else f"iif({answer} = '{UNSURE}', {UNKNOWN}, {told})"


def _at_least(count: int, parts: list[str]) -> str:
    sure = " + ".join(f"iif({part}, 1, 0)" for part in parts)
    possible = " + ".join(f"iif({part} = false, 0, 1)" for part in parts)
    return f"iif({sure} >= {count}, true, iif({possible} >= {count}, {UNKNOWN}, false))"
