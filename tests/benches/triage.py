"""How fast the rules, the diagram and the compiled decisions are, against plain ``if``s.

The yardstick is Python as one would write it by hand: every answer is read once, what several rules
share is worked out once, then comes one ``if`` a rule. It is generated from the rules, so that it
cannot fall behind them, and all must agree before anything is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median
from time import perf_counter
from typing import Any as Value

from webapp.knowledge.conditions import UNSURE, All, Any, AtLeast, Condition, Is, Known, Not
from webapp.knowledge.model import URGENCIES, Knowledge, Question, Urgency
from webapp.triage.assessment import UNRESOLVED, assess
from webapp.triage.compiled_decisions import CompiledDecisions
from webapp.triage.decision_list import Decision
from webapp.triage.diagram import Compiler
from webapp.triage.evaluation import Answers
from webapp.triage.expressions import Expressions
from webapp.triage.interview import State

SAMPLES = 2_000
ROUNDS = 7
SHARES = (0.0, 0.02, 0.1, 0.5, 1.0)
"""How many of a person's answers are random; the others are the least worrying ones."""

YARDSTICK = "plain ifs"

Runs = tuple[tuple[str, Callable[[], float]], ...]
Judged = tuple[str, list[str], list[str]]
"""The urgency, the ids of the rules that hold and of those that may."""


class Disagreement(ValueError):
    """Answers that are judged in two ways: there is nothing to compare the speed of."""


@dataclass(frozen=True, slots=True)
class Speed:
    """How one way of judging did: evaluations a second, and each round's time as a multiple.

    It is a multiple of the time of the plain ``if``s above it; these have none of their own.
    """

    name: str
    per_second: float
    ratios: tuple[float, ...]


def people(knowledge: Knowledge, count: int = SAMPLES, seed: int = 1) -> list[dict[str, str]]:
    """Return complete sets of answers, from wholly healthy to wholly random."""
    chance = Random(seed)
    return [_person(knowledge.questions, chance) for _ in range(count)]


def _person(questions: Sequence[Question], chance: Random) -> dict[str, str]:
    share = chance.choice(SHARES)
    return {
        question.id: chance.choice(question.options)
        if chance.random() < share
        else (question.worse or question.options)[0]
        for question in questions
    }


def measure(
    knowledge: Knowledge, urgency: Decision, compiler: Compiler, rounds: int = ROUNDS
) -> tuple[Speed, ...]:
    """Return the speeds, taken in turns; raise Disagreement where two ways do not agree."""
    answers = people(knowledge)
    numbered = [_values(compiler, answer) for answer in answers]
    every_rule, first_rule = plain_ifs(knowledge), plain_urgency(knowledge, urgency)
    walk, compiled = phone(urgency, compiler), server(knowledge, urgency, compiler)
    for person, values in zip(answers, numbered, strict=True):
        urgencies = {first_rule(person), walk(values), compiled(person)}
        _compare(knowledge, person, every_rule(person), urgencies)
    runs: Runs = (
        (f"{YARDSTICK}, every rule", lambda: _time(every_rule, answers)),
        ("the rules as written", lambda: _time(lambda person: assess(knowledge, person), answers)),
        (f"{YARDSTICK}, the urgency", lambda: _time(first_rule, answers)),
        ("the diagram, the urgency", lambda: _time(walk, numbered)),
        ("compiled, the urgency", lambda: _time(compiled, answers)),
    )
    times = [tuple(run() for _, run in runs) for _ in range(rounds)]
    return tuple(_speeds([name for name, _ in runs], times))


def _compare(knowledge: Knowledge, answers: Answers, judged: Judged, urgencies: set[str]) -> None:
    assessment = assess(knowledge, answers)
    fired = [rule.id for rule in assessment.fired]
    unresolved = [rule.id for rule in assessment.unresolved]
    if judged != (assessment.urgency, fired, unresolved) or urgencies != {assessment.urgency}:
        told = ", ".join(f"{name}: {option}" for name, option in answers.items())
        raise Disagreement(f"The rules and what is made of them differ for {told}.")


def _time(judge: Callable[[Value], object], people: Sequence[Value]) -> float:
    start = perf_counter()
    for person in people:
        judge(person)
    return perf_counter() - start


def _speeds(names: Sequence[str], times: Sequence[tuple[float, ...]]) -> Iterator[Speed]:
    """Yield one speed a column; each is compared with the last plain ifs before it."""
    yardstick = 0
    for column, name in enumerate(names):
        if name.startswith(YARDSTICK):
            yardstick = column
        ratios = tuple(time[column] / time[yardstick] for time in times if column != yardstick)
        yield Speed(name, SAMPLES / median(time[column] for time in times), ratios)


# --- the diagram, as the phone walks it --------------------------------------------------


def phone(urgency: Decision, compiler: Compiler) -> Callable[[Sequence[int]], str]:
    """Return a function from option numbers to the urgency: the first root that holds decides."""
    cases = [(compiler.sure(condition), level) for condition, level in urgency.cases]
    evaluate = compiler.diagram.evaluate

    def walk(values: Sequence[int]) -> str:
        for root, level in cases:
            if evaluate(root, values):
                return level
        return urgency.default

    return walk


def _values(compiler: Compiler, answers: Answers) -> list[int]:
    return [
        variable.options.index(answers[variable.name]) + 1 if variable.name in answers else 0
        for variable in compiler.diagram.variables
    ]


# --- compiled, as the server decides -------------------------------------------------------


def server(
    knowledge: Knowledge, urgency: Decision, compiler: Compiler
) -> Callable[[dict[str, str]], str]:
    """Return a function from answers to the urgency, what is closed derived."""
    variables = compiler.diagram.variables
    decisions = CompiledDecisions(Expressions(variables), knowledge.closing, [urgency])
    place = compiler.diagram.index[urgency.name]
    options = variables[place].options
    return lambda answers: options[decisions.numbers(State(answers))[place] - 1]


# --- the plain ifs -----------------------------------------------------------------------


def plain_ifs(knowledge: Knowledge) -> Callable[[Answers], Judged]:
    """Return a function with one ``if`` a rule: the urgency and the rules that led to it."""
    source = _Source(knowledge)
    source.add("level, fired, unresolved = 0, [], []")
    for rule in knowledge.rules:
        sure, possible = source.both(rule.when)
        for word, test, found, level in (
            ("if", sure, "fired", rule.urgency),
            ("elif", possible, "unresolved", UNRESOLVED[rule.urgency]),
        ):
            source.add(f"{word} {test}:")
            source.add(f"    {found}.append({rule.id!r})")
            source.add(f"    level = max(level, {URGENCIES.index(level)})")
    source.add(f"return {URGENCIES!r}[level], fired, unresolved")
    return source.function()


def plain_urgency(knowledge: Knowledge, urgency: Decision) -> Callable[[Answers], Urgency]:
    """Return a function with one ``if`` a case of the urgency, which ends at the first."""
    source = _Source(knowledge)
    for condition, level in urgency.cases:
        source.add(f"if {source.both(condition)[0]}:")
        source.add(f"    return {level!r}")
    source.add(f"return {urgency.default!r}")
    return source.function()


class _Source:
    """The text of a function, with a variable for each answer and each name the rules define."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._lines: list[str] = []
        self._shared: dict[Condition, tuple[str, str]] = {}
        self._answer: Mapping[str, str] = {
            question.id: f"answer_{place}" for place, question in enumerate(knowledge.questions)
        }
        for question, variable in self._answer.items():
            self.add(f"{variable} = answers.get({question!r})")
        for place, condition in enumerate(knowledge.definitions.values()):
            sure, possible = self.both(condition)
            self.add(f"sure_{place} = {sure}")
            self.add(f"possible_{place} = {possible}")
            self._shared[condition] = (f"sure_{place}", f"possible_{place}")

    def add(self, line: str) -> None:
        """Add a line to the function's body."""
        self._lines.append(f"    {line}\n")

    def function(self) -> Callable[[Answers], Value]:
        """Return the function."""
        text = "def judge(answers):\n" + "".join(self._lines)
        names: dict[str, Value] = {}
        exec(compile(text, "<plain ifs>", "exec"), names)
        judge: Callable[[Answers], Value] = names["judge"]
        return judge

    def both(self, condition: Condition) -> tuple[str, str]:
        """Return two expressions: the condition surely holds, and it may hold."""
        return self._shared.get(condition) or self._both(condition)

    def _both(self, condition: Condition) -> tuple[str, str]:
        match condition:
            case Is(question, options):
                return self._is(question, options), self._is(question, (*options, UNSURE, None))
            case All(parts):
                return self._join(" and ", parts, "True")
            case Any(parts):
                return self._join(" or ", parts, "False")
            case Not(part):
                sure, possible = self.both(part)
                return f"(not {possible})", f"(not {sure})"
            case Known(part):
                sure, _ = self.both(part)
                return sure, sure
            case AtLeast(count, parts):
                sure, possible = self._join(" + ", parts, "0")
                return f"({sure} >= {count})", f"({possible} >= {count})"
        raise TypeError(f"not a condition: {condition!r}")

    def _is(self, question: str, options: Iterable[str | None]) -> str:
        first, *others = dict.fromkeys(options)
        if others:
            return f"({self._answer[question]} in {(first, *others)!r})"
        return f"({self._answer[question]} == {first!r})"

    def _join(self, word: str, parts: tuple[Condition, ...], empty: str) -> tuple[str, str]:
        sure, possible = zip(*map(self.both, parts), strict=True) if parts else ((), ())
        return f"({word.join(sure) or empty})", f"({word.join(possible) or empty})"
