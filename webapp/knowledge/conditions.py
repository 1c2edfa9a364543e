"""Conditions over answers: a closed set of operators, read from data, never from expressions.

A condition says nothing of how it is decided; ``webapp.triage`` evaluates it in three-valued
logic and compiles it to a diagram.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

NO = "no"
YES = "yes"
UNSURE = "unsure"


class Condition:
    """One of the closed set of operators below; compared by identity, decided once an object."""

    __slots__ = ()


class Leaf(Condition):
    """A comparison of one answer: the only condition that may open or limit a question.

    It stands apart from :class:`Is` so that the data are never taken for its fields.
    """

    __slots__ = ()
    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Is(Leaf):
    """Holds when the question's answer is one of the options."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class All(Condition):
    """Holds when every part holds; with no part it always holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Any(Condition):
    """Holds when some part holds; with no part it never holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Not(Condition):
    """Holds when its part does not."""

    part: Condition


@dataclass(frozen=True, slots=True, eq=False)
class AtLeast(Condition):
    """Holds when at least ``count`` of the parts hold."""

    count: int
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Known(Condition):
    """Holds when its part surely holds; never unknown."""

    part: Condition


ALWAYS: Condition = All(())
NEVER: Condition = Any(())


def may_hold(condition: Condition) -> Condition:
    """Return the condition "this holds, or could hold for all we know"."""
    return Not(Known(Not(condition)))


def leaves(condition: Condition) -> Iterator[Is]:
    """Yield every comparison of an answer in the condition, repeats included."""
    match condition:
        case Is():
            yield condition
        case Not(part) | Known(part):
            yield from leaves(part)
        case All(parts) | Any(parts) | AtLeast(_, parts):
            for part in parts:
                yield from leaves(part)


@dataclass(slots=True)
class Scope:
    """The names that a condition in the data may use, and what they mean.

    ``options`` maps each question id to the ids of its options; ``rows`` are the questions whose
    bare id means "yes"; ``gates`` open rows and stand in no condition; ``defined`` maps a name to
    its condition.
    """

    options: Mapping[str, tuple[str, ...]]
    rows: frozenset[str]
    gates: frozenset[str] = frozenset()
    defined: dict[str, Condition] = field(default_factory=dict)
    _leaves: dict[tuple[str, ...], Is] = field(default_factory=dict)

    def parse(self, raw: object) -> Condition:
        """Return the condition that the data describes; raise ValueError for a bad one."""
        if isinstance(raw, str):
            return self._named(raw)
        if not isinstance(raw, dict) or len(raw) != 1:
            raise ValueError("a condition is an id or a mapping with exactly one key")
        ((operator, operand),) = raw.items()
        match operator:
            case "all" | "any":
                parts = self._several(operand)
                return All(parts) if operator == "all" else Any(parts)
            case "not" | "known":
                part = self.parse(operand)
                return Not(part) if operator == "not" else Known(part)
            case "at-least":
                return self._at_least(operand)
            case _:
                self._refuse_gate(operator)
                return self._is(operator, operand)

    def opener(self, raw: object) -> Leaf:
        """Return what may open or limit a question; raise ValueError for anything else."""
        if isinstance(raw, str):
            if raw not in self.rows | self.gates:
                raise ValueError(f"there is no gate or row called '{raw}'")
            return self._leaf(raw, (YES,) if raw in self.gates else (YES, UNSURE))
        if not isinstance(raw, dict) or len(raw) != 1:
            raise ValueError("it is an id or a mapping of one question to its options")
        ((question, options),) = raw.items()
        return self._is(question, options)

    def _named(self, name: str) -> Condition:
        if name in self.defined:
            return self.defined[name]
        if name in self.rows:
            return self._leaf(name, (YES,))
        self._refuse_gate(name)
        raise ValueError(f"there is no row or definition called '{name}'")

    def _refuse_gate(self, name: object) -> None:
        if name in self.gates:
            raise ValueError(f"'{name}' is a gate: it opens rows and stands in no condition")

    def _several(self, raw: object) -> tuple[Condition, ...]:
        if not isinstance(raw, list) or not raw:
            raise ValueError("'all', 'any' and 'of' take a list with at least one condition")
        return tuple(self.parse(part) for part in raw)

    def _at_least(self, raw: object) -> Condition:
        if not isinstance(raw, dict) or set(raw) != {"count", "of"}:
            raise ValueError("'at-least' takes 'count' and 'of'")
        parts = self._several(raw["of"])
        count = raw["count"]
        if not isinstance(count, int) or not 1 <= count <= len(parts):
            raise ValueError(f"'count' must be a number from 1 to {len(parts)}")
        return AtLeast(count, parts)

    def _is(self, question: object, raw: object) -> Is:
        if question not in self.options:
            raise ValueError(f"there is no question called '{question}'")
        known = self.options[str(question)]
        if not isinstance(raw, list) or not raw:
            raise ValueError(f"'{question}' takes a list of its options: {', '.join(known)}")
        for option in raw:
            if option not in known:
                raise ValueError(
                    f"'{question}' has no option '{option}'; it has {', '.join(known)}"
                )
        return self._leaf(str(question), tuple(raw))

    def _leaf(self, question: str, options: tuple[str, ...]) -> Is:
        """Return one object for equal comparisons: conditions are decided once an object."""
        return self._leaves.setdefault((question, *options), Is(question, options))
