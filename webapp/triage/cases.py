"""Judge people's stories: the check is walked as a person would, and its urgency held against gold.

A story is one YAML file: the urgency that clinicians give it (``gold``), the highest that is still
acceptable (``max-ok``), and the answers that are not the plain "no" of a row. Where it names no
gate at all, the person is taken to tick the first gate of each row that is not "no".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from webapp.knowledge import yaml_file
from webapp.knowledge.conditions import NO, YES
from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import URGENCIES, Knowledge, Screen, Urgency
from webapp.knowledge.records import Record, convert
from webapp.triage.assessment import assess
from webapp.triage.interview import CONTRADICTION, RESULT, Interview, State

Verdict = Literal["right", "under", "over"]


class Case(Record, frozen=True, kw_only=True):
    """One story: where it is from, what it must and may become, and what the person answers."""

    id: str
    source: str
    gold: Urgency
    max_ok: Urgency
    answers: dict[str, str]
    narrative: str = ""
    """What the person tells, where the words are our own."""


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the check as a person meets it, and what they do there."""

    state: State
    """What the page is made of."""
    asked: tuple[str, ...]
    """The questions on the page."""
    taps: int
    """How often the person taps: each radio or tick that is not there already, and each button."""
    form: bytes
    """What the person's browser sends."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the check made of one story, and how long it took the person."""

    case: Case
    urgency: Urgency
    fired: tuple[str, ...]
    unresolved: tuple[str, ...]
    taps: int
    unused: tuple[str, ...]
    """Answers that the story has and the check never asked for."""

    @property
    def verdict(self) -> Verdict:
        """Whether the urgency lies between gold and the highest that is acceptable."""
        level = URGENCIES.index(self.urgency)
        if level < URGENCIES.index(self.case.gold):
            return "under"
        return "over" if level > URGENCIES.index(self.case.max_ok) else "right"

    @property
    def is_safe(self) -> bool:
        """Whether no emergency was missed and nothing was put more than one level too low."""
        below = URGENCIES.index(self.case.gold) - URGENCIES.index(self.urgency)
        return below <= (0 if self.case.gold == "emergency" else 1)


@dataclass(frozen=True, slots=True)
class Results:
    """The outcomes of all stories, counted."""

    outcomes: tuple[Outcome, ...]

    @property
    def total(self) -> int:
        """The number of stories."""
        return len(self.outcomes)

    @property
    def is_safe(self) -> bool:
        """Whether every story ended safely."""
        return all(outcome.is_safe for outcome in self.outcomes)

    @property
    def self_care_over(self) -> int:
        """The number of people with a self-care story who were sent further than acceptable."""
        return self.count("over", "self-care")

    @property
    def misses(self) -> tuple[Outcome, ...]:
        """The outcomes that are not right."""
        return tuple(outcome for outcome in self.outcomes if outcome.verdict != "right")

    def count(self, verdict: Verdict, gold: Urgency | None = None) -> int:
        """Return how many stories, of one gold level or of all, got the verdict."""
        return sum(
            outcome.verdict == verdict and gold in (None, outcome.case.gold)
            for outcome in self.outcomes
        )


def load(folder: Path, knowledge: Knowledge) -> tuple[Case, ...]:
    """Return the stories in the folder and below; raise KnowledgeError naming a broken file."""
    cases = [_load(path, knowledge.options) for path in sorted(folder.rglob("*.yaml"))]
    if not cases:
        raise KnowledgeError(str(folder), "*.yaml", "there is no story here", "Name another folder")
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise KnowledgeError(case.id, "id", "two stories have it", "Give one of them another")
        seen.add(case.id)
    return tuple(cases)


def _load(path: Path, known: Mapping[str, tuple[str, ...]]) -> Case:
    case = convert(yaml_file.read(path), Case, path.name)
    if URGENCIES.index(case.max_ok) < URGENCIES.index(case.gold):
        raise KnowledgeError(path.name, "max-ok", "is lower than gold", "Make it gold or higher")
    check_answers(path.name, case.answers, known, prefix="answers.")
    return case


def check_answers(
    file: str, answers: Mapping[str, Any], known: Mapping[str, tuple[str, ...]], prefix: str = ""
) -> None:
    """Raise KnowledgeError for the first answer in the file that no question has.

    ``known`` maps each question to its options; ``prefix`` says where in the file answers stand.
    """
    for question, answer in answers.items():
        if answer not in known.get(question, ()):
            raise KnowledgeError(
                file,
                f"{prefix}{question}",
                f"'{answer}' is no answer to a question that we ask",
                f"Use one of: {', '.join(known.get(question, known))}",
            )


def judge(interview: Interview, cases: Iterable[Case]) -> Results:
    """Return what the check makes of the stories; raise KnowledgeError where one has a gap."""
    return Results(tuple(_walk(interview, case) for case in cases))


def _walk(interview: Interview, case: Case) -> Outcome:
    steps = [*walk(interview, case)]
    state = interview.read(steps[-1].form) if steps else State()
    assessment = assess(interview.knowledge, state.answers)
    asked = {q for step in (*steps, *plan(interview, case, state)) for q in step.asked}
    return Outcome(
        case=case,
        urgency=assessment.urgency,
        fired=tuple(rule.id for rule in assessment.fired),
        unresolved=tuple(rule.id for rule in assessment.unresolved),
        taps=sum(step.taps for step in steps),
        unused=tuple(question for question in case.answers if question not in asked),
    )


def walk(interview: Interview, case: Case) -> Iterator[Step]:
    """Yield every page before the result; raise KnowledgeError at a question without answer."""
    return _until_result(_Person(interview, case), State())


def plan(interview: Interview, case: Case, result: State) -> Iterator[Step]:
    """Yield what somebody meets who asks on the result what helps, from the button there.

    Nothing where the result has no such button, or the story says nothing of what is asked there.
    Raise KnowledgeError as :func:`walk` does.
    """
    person = _Person(interview, case)
    asked = {q.id for screen in interview.knowledge.for_plan for q in screen.questions}
    told = not asked.isdisjoint(case.answers)
    if told and interview.evaluator(result).holds(interview.plan_waits):
        button = person.asks_what_helps(result)
        yield button
        yield from _until_result(person, interview.read(button.form))


def end(interview: Interview, case: Case) -> State:
    """Return what the check knows when the story is told, what helps included.

    Raise KnowledgeError as :func:`walk` does.
    """
    steps = [*walk(interview, case)]
    result = interview.read(steps[-1].form) if steps else State()
    steps = [*plan(interview, case, result)]
    return interview.read(steps[-1].form) if steps else result


def _until_result(person: _Person, state: State) -> Iterator[Step]:
    while (at := person.interview.showing(state)) != RESULT:
        step = person.step(state, at)
        yield step
        state = person.interview.read(step.form)


class _Person:
    """Answers each page as the story says."""

    def __init__(self, interview: Interview, case: Case) -> None:
        self.interview = interview
        self._case = case
        self._screens = {screen.id: screen for screen in interview.knowledge.screens}
        self._answers = case.answers | self._ticked_gates()

    def _ticked_gates(self) -> dict[str, str]:
        """Return the first gate of everything that is not "no", if the story names no gate."""
        if self.interview.knowledge.gates & self._case.answers.keys():
            return {}
        plain = {closing.question: closing.value for closing in self.interview.closing}
        told = (name for name, option in self._case.answers.items() if option != plain.get(name))
        return {gate: YES for name in told if (gate := self.interview.gate_of(name))}

    def step(self, state: State, at: str) -> Step:
        """Return what the person does at a screen."""
        if at == CONTRADICTION:
            return self._stand_by(state)
        screen = self._screens[at]
        return self._choose(state, screen) if screen.kind == "choice" else self._tick(state, screen)

    def asks_what_helps(self, result: State) -> Step:
        """Tap the button of the result that begins the questions for the plan."""
        first = self.interview.knowledge.for_plan[0].id
        return self._sent(result, (), {}, {"show": first})

    def _stand_by(self, state: State) -> Step:
        """Tap Continue at rows that contradict their gates: they are as the story says."""
        judged = self.interview.evaluator(state)
        rows = [item.id for item in self.interview.contradicting]
        asked = tuple(row for row in rows if judged.holds(self.interview.contradicts(row)))
        return self._sent(state, asked, {}, {"at": CONTRADICTION, "go": "next"})

    def _choose(self, state: State, screen: Screen) -> Step:
        asked = tuple(question.id for question in screen.questions)
        if screen.id not in self._answers:
            raise KnowledgeError(
                self._case.id,
                f"answers.{screen.id}",
                "the check asks this and the story has no answer",
                f"Add one of: {', '.join(option.id for option in screen.options)}",
            )
        chosen = {screen.id: self._answers[screen.id]}
        radios: dict[str, str] = {}
        if screen.beside:
            preselected = screen.beside.options[0].id
            wanted = self._answers.get(screen.beside.id, preselected)
            chosen[screen.beside.id] = wanted
            radios = {screen.beside.id: wanted} if wanted != preselected else {}
        return self._sent(state, asked, radios, {"at": screen.id, **chosen})

    def _tick(self, state: State, screen: Screen) -> Step:
        """Tick what is true, from the top; a sign that is an emergency by itself ends the page."""
        judged = self.interview.evaluator(state)
        rows = [item.id for item in screen.items]
        asked = tuple(row for row in rows if judged.holds(self.interview.shown(row)))
        ticks: dict[str, str] = {}
        for row in asked:
            answer = self._answers.get(row, NO)
            if answer == YES and row in self.interview.danger_rows:
                return self._sent(state, asked, ticks, {"at": screen.id, "yes": row})
            if answer != NO:
                ticks[row] = answer
        button = "next" if ticks else "none"
        return self._sent(state, asked, ticks, {"at": screen.id, "go": button})

    def _sent(
        self,
        state: State,
        asked: tuple[str, ...],
        ticks: Mapping[str, str],
        fields: Mapping[str, str],
    ) -> Step:
        """Return the step whose form holds what was answered before, the ticks and the button."""
        sent = {**state.answers, **ticks, **fields}
        changed = [row for row, option in ticks.items() if state.answers.get(row) != option]
        form = "&".join(f"{name}={value}" for name, value in sent.items()).encode()
        return Step(state, asked, len(changed) + 1, form)


def report(results: Results) -> Iterator[str]:
    """Yield the results in lines: by gold level, then every miss, then the totals."""
    yield f"{'gold':<12}{'right':>6}{'under':>6}{'over':>6}"
    for gold in reversed(URGENCIES):
        counts = [results.count(verdict, gold) for verdict in ("right", "under", "over")]
        yield f"{gold:<12}" + "".join(f"{count:>6}" for count in counts)
    for outcome in results.misses:
        yield from _miss(outcome)
    for outcome in results.outcomes:
        if outcome.unused:
            yield f"note: {outcome.case.id}: never asked: {', '.join(outcome.unused)}"
    yield (
        f"{results.total} stories: {results.count('right')} right, {results.count('under')} under,"
        f" {results.count('over')} over ({results.self_care_over} of them self-care);"
        f" {'all safe' if results.is_safe else 'UNSAFE'}"
    )


def _miss(outcome: Outcome) -> Iterator[str]:
    case = outcome.case
    danger = "" if outcome.is_safe else ", UNSAFE"
    wanted = case.gold if case.gold == case.max_ok else f"{case.gold} to {case.max_ok}"
    yield f"{outcome.verdict}{danger}: {case.id}: {outcome.urgency}, not {wanted}"
    yield f"  rules that hold: {', '.join(outcome.fired) or 'none'}"
    if outcome.unresolved:
        yield f"  rules that may hold: {', '.join(outcome.unresolved)}"
    yield f"  {outcome.taps} taps"


def as_data(results: Results) -> dict[str, object]:
    """Return the results as values that JSON can hold."""
    return {
        "total": results.total,
        "right": results.count("right"),
        "safe": sum(outcome.is_safe for outcome in results.outcomes),
        "under": results.count("under"),
        "over": results.count("over"),
        "self_care_over": results.self_care_over,
        "cases": [_outcome_as_data(outcome) for outcome in results.outcomes],
    }


def _outcome_as_data(outcome: Outcome) -> dict[str, object]:
    return {
        "id": outcome.case.id,
        "source": outcome.case.source,
        "gold": outcome.case.gold,
        "max_ok": outcome.case.max_ok,
        "urgency": outcome.urgency,
        "verdict": outcome.verdict,
        "safe": outcome.is_safe,
        "fired": outcome.fired,
        "unresolved": outcome.unresolved,
        "taps": outcome.taps,
        "unused": outcome.unused,
    }
