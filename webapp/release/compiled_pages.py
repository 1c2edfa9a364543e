"""Pages that answer a form, as straight lines of Python: fragments appended where they belong.

:func:`webapp.release.programs.run` makes the same pages by the rules as written and is what these
are held against. The functions are compiled when the server starts, once for all languages and for
all pages of the same structure, from what the release consists of: no text of a person and no text
of the knowledge ever becomes source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter

from webapp.knowledge.conditions import ALWAYS
from webapp.release.programs import Entry, Program
from webapp.triage.compiled_decisions import CompiledDecisions
from webapp.triage.expressions import FALSE, TRUE, Expressions
from webapp.triage.interview import Interview, State
from webapp.triage.straight_line import NUMBERS, Do, Statement, When, functions, length, source

LONGEST = 400
"""So many lines may a function have, or a block within one, before it gets a function of its own:
what that shares is worked out only where it is called."""
_TEXTS, _PUT = "t", "put"
_PARAMETERS = f"{_TEXTS}, {_PUT}"

Text = Callable[[int, int], str]
"""The text of a fragment, by its number and the column of the language."""


@dataclass(frozen=True, slots=True)
class _Structure:
    """A program without its texts: what is appended has a place in a table, one for a language."""

    statements: tuple[Statement, ...]
    slots: tuple[tuple[int, ...], ...]
    """By place in the table: the fragments that stand there together."""


@dataclass(slots=True)
class _Page:
    """A page: the function that appends its texts, and its table of texts in each language."""

    run: Callable[..., None]
    texts: Sequence[tuple[bytes, ...]]


class CompiledPages:
    """The pages that answer a form."""

    def __init__(
        self,
        interview: Interview,
        programs: Mapping[str, Program],
        languages: int,
        text: Text,
        longest: int = LONGEST,
    ) -> None:
        """Compile the programs, by route; ``text`` gives what they append in so many languages.

        No function has many more lines than ``longest``.
        """
        expressions = Expressions(interview.variables)
        self._decisions = CompiledDecisions(expressions, interview.closing, interview.decisions)
        structures = {route: _structure(p, expressions) for route, p in programs.items()}
        writer = _Writer(expressions, longest)
        names = {route: writer.page(each.statements) for route, each in structures.items()}
        made = functions(writer.sources, "pages")
        self.functions = len(made)
        """How many there are for all pages."""
        known: dict[bytes, bytes] = {}

        def joined(slot: tuple[int, ...], column: int) -> bytes:
            whole = "".join(text(number, column) for number in slot).encode()
            return known.setdefault(whole, whole)

        self._pages = {
            route: _Page(
                made[names[route]],
                [tuple(joined(slot, column) for slot in each.slots) for column in range(languages)],
            )
            for route, each in structures.items()
        }

    def page(self, route: str, column: int, state: State) -> bytes:
        """Return the HTML of a page in the language of a column; KeyError if there is none."""
        page = self._pages[route]
        parts: list[bytes] = []
        page.run(self._decisions.numbers(state), page.texts[column], parts.append)
        return b"".join(parts)


def _structure(program: Program, expressions: Expressions) -> _Structure:
    """Return the program as blocks; what stands together in each language is one text."""
    slots: list[tuple[int, ...]] = []

    def statements(program: Program) -> Iterator[Statement]:
        for expression, group in groupby(_entries(program, expressions), key=itemgetter(0)):
            inner = tuple(chain.from_iterable(entries for _, entries in group))
            if expression == TRUE:
                yield Do(f"{_PUT}({_TEXTS}[{len(slots)}])")
                slots.append(tuple(entry.step for entry in inner))
            elif then := tuple(statements(inner)):
                yield When(expression, then)

    return _Structure(tuple(statements(program)), tuple(slots))


def _entries(program: Program, expressions: Expressions) -> Iterator[tuple[int, Program]]:
    """Yield what the program appends and on which expression, without what never appears."""
    position = 0
    while position < len(program):
        entry = program[position]
        start = position + 1
        position = start - min(entry.step, 0)
        expression = expressions.sure(entry.condition)
        if entry.step >= 0:
            inner: Program = (Entry(ALWAYS, entry.step),)
        else:
            inner = program[start:position]
        if expression == TRUE and entry.step < 0:
            yield from _entries(inner, expressions)
        elif expression != FALSE:
            yield expression, inner


class _Writer:
    """Writes functions, none of them long."""

    def __init__(self, expressions: Expressions, longest: int) -> None:
        self._expressions = expressions
        self._longest = longest
        self._names: dict[tuple[Statement, ...], str] = {}
        self.sources: list[str] = []

    def page(self, statements: tuple[Statement, ...]) -> str:
        """Return the name of the function that consists of these statements."""
        if statements not in self._names:
            self._names[statements] = self._function(statements)
        return self._names[statements]

    def _function(self, statements: Sequence[Statement]) -> str:
        lines = [*map(self._short, statements)]
        pieces = [*self._pieces(lines)]
        if len(pieces) > 1:
            lines = [self._call(self._add(piece)) for piece in pieces]
        return self._add(lines)

    def _short(self, statement: Statement) -> Statement:
        """Return the statement; what is long in it is put into a function of its own."""
        if isinstance(statement, When) and length(statement.then) > self._longest:
            return When(statement.expression, (self._call(self._function(statement.then)),))
        return statement

    @staticmethod
    def _call(name: str) -> Do:
        return Do(f"{name}({NUMBERS}, {_PARAMETERS})")

    def _add(self, statements: Sequence[Statement]) -> str:
        name = f"page_{len(self.sources)}"
        self.sources.append(source(self._expressions, name, _PARAMETERS, statements))
        return name

    def _pieces(self, statements: Sequence[Statement]) -> Iterator[list[Statement]]:
        """Yield the statements in their order, as many together as a function may have."""
        piece: list[Statement] = []
        for statement in statements:
            if piece and length([*piece, statement]) > self._longest:
                yield piece
                piece = []
            piece.append(statement)
        yield piece
