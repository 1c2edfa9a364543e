"""The decisions of an interview as straight lines of Python.

:class:`webapp.triage.interview.Interview` decides by the conditions as written and is what these
are held against: the tests compare the two, and nothing is proved of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from webapp.knowledge.conditions import Is
from webapp.knowledge.model import Closing
from webapp.triage import closing
from webapp.triage.decision_list import Decision
from webapp.triage.expressions import Expressions
from webapp.triage.interview import NOTE, VIEW, State
from webapp.triage.straight_line import NUMBERS, Do, Statement, When, functions, source, variable

_DERIVE = "derive"


class CompiledDecisions:
    """From a state to the option number of every variable, decisions included."""

    def __init__(
        self, expressions: Expressions, table: Iterable[Closing], decisions: Sequence[Decision]
    ) -> None:
        """Compile what closes questions, and the decisions, which are made in this order."""
        self._count = len(expressions.variables)
        self._numbers = {
            variable.name: (place, {o: n for n, o in enumerate(variable.options, start=1)})
            for place, variable in enumerate(expressions.variables)
        }
        sources = [source(expressions, _DERIVE, "", [*_derive(expressions, table)])]
        places = [expressions.place[decision.name] for decision in decisions]
        for place, decision in zip(places, decisions, strict=True):
            lines = [*_decide(expressions, decision, self._numbers[decision.name][1])]
            sources.append(source(expressions, f"decide_{place}", "", lines))
        made = functions(sources, "decisions")
        self._derive = made[_DERIVE]
        self._decide = [(place, made[f"decide_{place}"]) for place in places]

    def numbers(self, state: State) -> list[int]:
        """Return the option number of each variable: answered, derived, steering and decided."""
        numbers = [0] * self._count
        known = self._numbers
        for name, option in state.answers.items():
            place, options = known[name]
            numbers[place] = options[option]
        for name, told in ((VIEW, state.view), (NOTE, state.note)):
            if told:
                place, options = known[name]
                numbers[place] = options.get(told, 0)  # of what is no view nothing is shown
        self._derive(numbers)
        for place, decide in self._decide:
            numbers[place] = decide(numbers)
        return numbers


def _derive(expressions: Expressions, table: Iterable[Closing]) -> Iterator[Statement]:
    """Yield lines that give each unanswered question that is closed its value.

    What closes a question stands before it in the table, so that an expression which several of
    them share is the same for all.
    """
    for each in table:
        place = expressions.place[each.question]
        options = expressions.variables[place].options
        number = options.index(each.value) + 1
        answered = expressions.sure(Is(each.question, options))
        closed = expressions.sure(closing.closed(each))
        line = Do(f"{NUMBERS}[{place}] = {variable(place)} = {number}")
        yield When(-answered, (When(closed, (line,)),))


def _decide(
    expressions: Expressions, decision: Decision, numbers: Mapping[str, int]
) -> Iterator[Statement]:
    """Yield lines that return the number of the decision's value."""
    for condition, option in decision.cases:
        yield When(expressions.sure(condition), (Do(f"return {numbers[option]}"),))
    yield Do(f"return {numbers[decision.default]}")
