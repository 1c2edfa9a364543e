"""Python functions without loops or calls, for what is decided again and again.

A function gets the option number of every variable and consists of ``if``s. What several of them
ask is looked up or worked out once, before the first of them and within the innermost block that
holds them all, so that a block that is skipped costs nothing.

The source is made of numbers and of the names given here; no text of the knowledge becomes source,
and nothing that a person sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Any

from webapp.triage.expressions import TRUE, Comparison, Count, Expressions

NUMBERS = "n"
"""The parameter that holds the option number of every variable."""


@dataclass(frozen=True, slots=True)
class Do:
    """A line."""

    line: str


@dataclass(frozen=True, slots=True)
class When:
    """Lines for where the expression is true."""

    expression: int
    then: tuple[Statement, ...]


Statement = Do | When
Place = tuple[int, ...]
"""Where a statement stands: its number in the function, then in each block that it is in."""


def variable(place: int) -> str:
    """Return what a line calls the variable."""
    return f"v{place}"


def length(statements: Iterable[Statement]) -> int:
    """Return how many lines the statements have."""
    return sum(1 + length(s.then) if isinstance(s, When) else 1 for s in statements)


def functions(sources: Iterable[str], name: str) -> Mapping[str, Callable[..., Any]]:
    """Return the functions of these sources, which may call each other, by their names."""
    made: dict[str, Any] = {"__builtins__": {}}
    for each in sources:  # by itself, so that memory is taken for one at a time
        exec(compile(each, f"<{name}>", "exec"), made)  # noqa: S102 see the module's text
    return {name: function for name, function in made.items() if name != "__builtins__"}


def source(
    expressions: Expressions, name: str, parameters: str, statements: Sequence[Statement]
) -> str:
    """Return the source of a function of the option numbers and what else the lines use."""
    return "\n".join(_Function(expressions, statements).lines(name, parameters))


class _Function:
    """One function: which expressions are worked out beforehand, and where."""

    def __init__(self, expressions: Expressions, statements: Sequence[Statement]) -> None:
        self._expressions = expressions
        self._statements = statements
        self._uses: dict[int, int] = {}
        self._places: dict[int, Place] = {}
        """Before which statement each expression is wanted."""
        self._variables: dict[int, Place] = {}
        self._beforehand: dict[Place, list[int]] = {}
        self._looked_up: dict[Place, list[int]] = {}
        self._named: set[int] = set()
        self._asked(statements, ())
        self._share()

    def lines(self, name: str, parameters: str) -> Iterator[str]:
        """Yield the lines of the function."""
        yield f"def {name}({', '.join(filter(None, (NUMBERS, parameters)))}):"
        yield from self._block(self._statements or (Do("pass"),), ())

    # --- what is worked out beforehand ----------------------------------------------------

    def _asked(self, statements: Sequence[Statement], block: Place) -> None:
        for number, statement in enumerate(statements):
            if isinstance(statement, When):
                place = (*block, number)
                self._use(statement.expression, place)
                self._asked(statement.then, place)

    def _use(self, expression: int, place: Place) -> None:
        number = abs(expression)
        self._uses[number] = self._uses.get(number, 0) + 1
        self._places[number] = _before_both(self._places.get(number, place), place)

    def _share(self) -> None:
        """Find a place for each expression that is used twice, from the largest to the parts."""
        waiting = [-number for number in self._uses]
        heapify(waiting)
        while waiting:
            number = -heappop(waiting)  # the largest, so that all who use it were here before
            node, place = self._expressions.node(number), self._places[number]
            if isinstance(node, Comparison):
                before = self._variables.get(node.variable, place)
                self._variables[node.variable] = _before_both(before, place)
                continue
            for part in node.parts:
                if abs(part) not in self._uses:
                    heappush(waiting, -abs(part))
                self._use(part, place)
            if self._uses[number] > 1 and number != TRUE:
                self._beforehand.setdefault(place, []).append(number)
        for looked_up, place in sorted(self._variables.items()):
            self._looked_up.setdefault(place, []).append(looked_up)

    # --- lines ----------------------------------------------------------------------------

    def _block(self, statements: Sequence[Statement], block: Place) -> Iterator[str]:
        indent = " " * (len(block) + 1)
        for number, statement in enumerate(statements):
            place = (*block, number)
            for looked_up in self._looked_up.get(place, ()):
                yield f"{indent}{variable(looked_up)} = {NUMBERS}[{looked_up}]"
            for shared in reversed(self._beforehand.get(place, ())):
                yield f"{indent}x{shared} = {self._worked_out(shared)}"
                self._named.add(shared)
            if isinstance(statement, When):
                yield f"{indent}if {self._text(statement.expression)}:"
                yield from self._block(statement.then, place)
            else:
                yield indent + statement.line

    def _text(self, expression: int) -> str:
        """Return the expression as a part of another one."""
        if abs(expression) in self._named:
            return f"x{expression}" if expression > 0 else f"(not x{-expression})"
        return self._worked_out(expression)

    def _worked_out(self, expression: int) -> str:
        node = self._expressions.node(expression)
        if isinstance(node, Comparison):
            arity = self._expressions.variables[node.variable].arity
            return _comparison(
                variable(node.variable), self._expressions.passing(expression), arity
            )
        if abs(expression) == TRUE:
            return str(expression == TRUE)
        if isinstance(node, Count):
            word = ">=" if expression > 0 else "<"
            return f"({' + '.join(map(self._text, node.parts))} {word} {node.least})"
        if expression > 0:
            return f"({' and '.join(map(self._text, node.parts))})"
        return f"({' or '.join(self._text(-part) for part in node.parts)})"


def _before_both(first: Place, second: Place) -> Place:
    """Return the place before both, in the innermost block that holds them."""
    depth = 0
    while depth < min(len(first), len(second)) - 1 and first[depth] == second[depth]:
        depth += 1
    return (*first[:depth], min(first[depth], second[depth]))


def _comparison(name: str, values: int, arity: int) -> str:
    """Return whether a number is among the values: one comparison, where that is possible."""
    lowest = (values & -values).bit_length() - 1
    highest = values.bit_length() - 1
    if values.bit_count() == arity - 1:
        left_out = (~values & -~values).bit_length() - 1
        return f"({name} != {left_out})"
    if lowest == highest:
        return f"({name} == {lowest})"
    if values.bit_count() == highest - lowest + 1:
        if lowest == 0:
            return f"({name} < {highest + 1})"
        if highest == arity - 1:
            return f"({name} > {lowest - 1})"
        return f"({lowest} <= {name} <= {highest})"
    return f"({values} >> {name} & 1)"
