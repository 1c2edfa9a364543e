"""The interview: which screen comes next, and how a posted form becomes a state.

A state is the answers so far plus two values that are not clinical: ``view`` (a screen the person
asked for, else the next one that is due) and ``note`` (why the same screen is shown again). All
three are closed sets, so that a page is a pure function of the state, here and on the phone. What
nothing opens counts as its value at each read (``closing``) and is never written into a form. The
phone's copy of :meth:`Interview.read` is ``static/worker/form.js``; a differential test holds
the two equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from webapp.knowledge.conditions import (
    ALWAYS,
    NEVER,
    NO,
    UNSURE,
    YES,
    All,
    Any,
    AtLeast,
    Condition,
    Is,
    Known,
    Not,
    may_hold,
)
from webapp.knowledge.model import Closing, Item, Knowledge, Rule, Screen, answered
from webapp.triage import closing
from webapp.triage.assessment import limit_decision, urgency_decision
from webapp.triage.decision_list import Decision, decided
from webapp.triage.diagram import Variable
from webapp.triage.evaluation import Answers, Evaluator, judge
from webapp.triage.truth import TRUE

VIEW = "view"
NOTE = "note"
RESULT = "result"
ANSWERS_VIEW = "answers"
"""The view that lists what was answered and asks whether it is right."""
CONTRADICTION = "contradiction"
"""The page that asks about rows that may be true although all that could open them is not."""

NOTES = ("again", "nothing-ticked", "ticked-and-none", "choose")
ACTIONS = ("next", "none")
STEERING = ("at", "go", "show", "yes", "k")
"""Fields that are not answers: the screen that was on the page, the button, the view asked for, the
row whose "yes" was the button, and the phone's own proof that the form is ours, which says nothing
here."""
LONGEST_BODY = 8192
"""Bytes; the longest honest form has about 4,000."""


@dataclass(slots=True)
class State:
    """What a form said: option by question, and the two values that steer the page."""

    answers: dict[str, str] = field(default_factory=dict)
    view: str | None = None
    note: str | None = None

    @property
    def status(self) -> int:
        """The HTTP status of the page: 400 where the form was not one that we send, else 200."""
        return 400 if self.note == "again" else 200


class Interview:
    """The order of the screens, as decisions and as a reader of forms."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.urgency = urgency_decision(knowledge)
        self._options = knowledge.options
        self._screens = {screen.id: screen for screen in knowledge.every_screen}
        self._closing = {each.question: each for each in knowledge.closing}
        self._closed = {name: closing.closed(each) for name, each in self._closing.items()}

    # --- what is asked ------------------------------------------------------------------

    @cached_property
    def views(self) -> tuple[str, ...]:
        """Every view that a form may ask for."""
        return (ANSWERS_VIEW, *self._screens)

    @cached_property
    def screen(self) -> Decision:
        """What the page shows: a screen, the list of answers, a contradiction, or the result.

        What the person asked for comes first; an emergency ends the questions; else answers that
        contradict each other, then the first screen that is due. The screens for the plan wait for
        the result: they are due once the first of them was answered from there.
        """
        screens = self.knowledge.screens
        views = (ANSWERS_VIEW, *(screen.id for screen in screens))
        asked_for = ((self.viewing(view), view) for view in views)
        emergency = (self.urgency.is_("emergency"), RESULT)
        contradictions = ((self.contradicts(item.id), CONTRADICTION) for item in self.contradicting)
        due = ((self._due_now(screen), screen.id) for screen in screens)
        return Decision("screen", (*asked_for, emergency, *contradictions, *due), RESULT)

    @cached_property
    def limit(self) -> Decision:
        """How soon somebody must look at it: "week" or "two-weeks" where the urgency is "soon"."""
        return limit_decision(self.knowledge, self.urgency)

    @cached_property
    def doubt(self) -> Decision:
        """Whether "some" rule may hold but does not surely: the person was unsure of an answer."""
        doubts = (All((may_hold(r.when), Not(Known(r.when)))) for r in self.knowledge.rules)
        return Decision("doubt", tuple((doubt, "some") for doubt in doubts), "no-doubt")

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Every decision, in the order in which they are made."""
        return (self.urgency, self.limit, self.doubt, self.screen)

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        """Questions in the order of asking, view and note, then the decisions."""
        questions = (Variable(q.id, q.options) for q in self.knowledge.questions)
        steering = (Variable(VIEW, self.views), Variable(NOTE, NOTES))
        return (*questions, *steering, *(decision.variable for decision in self.decisions))

    @property
    def closing(self) -> tuple[Closing, ...]:
        """What closes each question that can be closed, parents before children."""
        return self.knowledge.closing

    @cached_property
    def danger_rows(self) -> frozenset[str]:
        """The rows whose "yes" is an emergency, whatever opened them, whatever else is answered."""
        rows = self.knowledge.items.keys() - self.knowledge.gates
        return frozenset(filter(self._is_danger, rows))

    def _is_danger(self, row: str) -> bool:
        """Return whether each way in which the row can be open makes its "yes" an emergency."""
        closing = self._closing.get(row)
        opened, only = (closing.opened, closing.limits) if closing else ((), ())
        needed = {leaf.question: leaf.options[0] for leaf in only}
        ways = [{leaf.question: option} for leaf in opened for option in leaf.options] or [{}]
        rules = self.knowledge.rules_by_urgency["emergency"]
        return all(
            any(judge(rule.when)({**needed, **way, row: YES}) is TRUE for rule in rules)
            for way in ways
        )

    @cached_property
    def contradicting(self) -> tuple[Item, ...]:
        """The rows that can contradict their gates, in the order of asking."""
        return tuple(
            i for i in self.knowledge.items.values() if self.contradicts(i.id) is not NEVER
        )

    # --- conditions for pages -----------------------------------------------------------

    def evaluator(self, state: State) -> Evaluator:
        """Return an evaluator for the state that has made every decision."""
        return decided(self.decisions, self.values(state))

    def showing(self, state: State) -> str:
        """Return what the page for the state shows, by the name that ``screen`` gives it."""
        values = self.values(state)
        decided(self.decisions, values)
        return values[self.screen.name]

    def values(self, state: State) -> dict[str, str]:
        """Return what conditions see of the state: answers, given or derived, view and note."""
        steering = {VIEW: state.view, NOTE: state.note}
        told = {name: value for name, value in steering.items() if value}
        return self.derived(state.answers) | told

    def derived(self, answers: Answers) -> dict[str, str]:
        """Return the answers, and the value of each unanswered question that is closed."""
        return closing.derived(self.closing, answers)

    def closed(self, question: str) -> Condition:
        """Return the condition "nothing opens the question": unanswered, it has a derived value."""
        return self._closed.get(question, NEVER)

    def open(self, question: str) -> Condition:
        """Return the condition "the question is asked": it is not surely closed."""
        return Not(self._closed[question]) if question in self._closed else ALWAYS

    def shown(self, row: str) -> Condition:
        """Return the condition "the row stands on its screen": it is open, or may be true."""
        return Any((self.open(row), Known(Is(row, (YES, UNSURE)))))

    def kept(self, question: str, option: str) -> Condition:
        """Return the condition "the question was given this answer": it was not derived."""
        given = Known(Is(question, (option,)))
        if question in self._closing and self._closing[question].value == option:
            return All((given, self.open(question)))
        return given

    def contradicts(self, row: str) -> Condition:
        """Return the condition "the row may be true, and what could open it surely is not"."""
        return self._contradictions.get(row, NEVER)

    @cached_property
    def _contradictions(self) -> Mapping[str, Condition]:
        return {
            name: All((Known(Is(name, (YES, UNSURE))), closing.unopened(each)))
            for name, each in self._closing.items()
            if name in self.knowledge.items and self.gate_of(name)
        }

    def gate_of(self, row: str) -> str | None:
        """Return the first gate that opens the row, if one does."""
        opened = self._closing[row].opened if row in self._closing else ()
        return next((o.question for o in opened if o.question in self.knowledge.gates), None)

    def signs_of(self, rule: Rule) -> tuple[Item, ...]:
        """Return the rows whose "yes" speaks for the rule, in the order of asking."""
        found = frozenset(_supporting(rule.when))
        return tuple(item for item in self.knowledge.items.values() if item.id in found)

    def due(self, screen: Screen) -> Condition:
        """Return the condition "this screen must be asked and is not answered yet"."""
        complete = All(tuple(Known(answered(question)) for question in screen.required))
        return All((may_hold(screen.ask_when), Not(complete)))

    def _due_now(self, screen: Screen) -> Condition:
        """Return the condition "this screen is due, and it does not wait for the result"."""
        due = self.due(screen)
        return All((due, self.planning)) if screen.purpose == "plan" else due

    @cached_property
    def planning(self) -> Condition:
        """The condition "what helps was asked for": the first screen of the plan is answered."""
        first = self.knowledge.for_plan[:1]
        return All(tuple(Known(answered(q)) for screen in first for q in screen.required))

    @cached_property
    def planned(self) -> Condition:
        """The condition "no screen for the plan is due": what a result offers is known."""
        return All(tuple(Not(self.due(screen)) for screen in self.knowledge.for_plan))

    @cached_property
    def plan_waits(self) -> Condition:
        """The condition "a result offers to ask what helps": no emergency, and not all is known."""
        return All((Not(self.planned), Not(self.urgency.is_("emergency"))))

    def viewing(self, view: str) -> Condition:
        """Return the condition "the person asked for this view"."""
        return Known(Is(VIEW, (view,)))

    def noted(self, note: str) -> Condition:
        """Return the condition "the screen is shown again for this reason"."""
        return Known(Is(NOTE, (note,)))

    # --- reading a form -----------------------------------------------------------------

    def read(self, body: bytes) -> State:
        """Return the state that a posted form describes.

        Anything that is not a form of ours (too long, an unknown or repeated field, an option that
        does not exist) keeps what was valid and is noted as "again".
        """
        fields, honest = _fields(body)
        state = State()
        for name, value in fields.items():
            if value in self._options.get(name, ()):
                state.answers[name] = value
            elif name not in STEERING:
                honest = False
        if honest and self._steer(state, fields):
            return state
        return State(state.answers, None, "again")

    def _steer(self, state: State, fields: Mapping[str, str]) -> bool:
        """Apply the buttons to the state; return whether they were ours."""
        match [fields.get(name) for name in ("at", "show", "yes", "go")]:
            case at, str(show), None, None:
                state.view = show
                return show in self.views and at in (None, CONTRADICTION, *self._screens)
            case None, None, None, None:
                return True
            case str(at), None, None, None | "next" if at == CONTRADICTION:
                return self._reconcile(state)
            case str(at), None, str(row), None if at in self._screens:
                return self._say_yes(state, self._screens[at], row)
            case str(at), None, None, action if at in self._screens:
                return self._press(state, self._screens[at], action)
        return False

    def _say_yes(self, state: State, screen: Screen, row: str) -> bool:
        """Answer one row, whatever else was chosen for it; the others wait."""
        ours = row in (item.id for item in screen.items)
        if ours:
            state.answers[row] = YES
        return ours

    def _press(self, state: State, screen: Screen, action: str | None) -> bool:
        """Do what the button below the screen says; return whether it has such a button."""
        if screen.kind == "choice":
            if screen.id not in state.answers:
                state.view, state.note = screen.id, "choose"
            return action is None
        if action in ACTIONS:
            self._complete(state, screen, action)
        return action in (None, *ACTIONS)

    def _reconcile(self, state: State) -> bool:
        """Open the first gate of every row that may still be true."""
        judged = Evaluator(self.derived(state.answers))
        rows = [row for row, both in self._contradictions.items() if judged.holds(both)]
        state.answers |= {gate: YES for row in rows if (gate := self.gate_of(row))}
        return True

    def _complete(self, state: State, screen: Screen, action: str) -> None:
        """Answer what is open with no, as the button says; show it again where that cannot be."""
        given = [state.answers.get(item.id) for item in screen.items]
        derived = self.derived(state.answers)
        waiting = [item.id for item in screen.items if item.id not in derived]
        if action == "next" and waiting and not any(given):
            state.view, state.note = screen.id, "nothing-ticked"
        elif action == "none" and {*given} - {None, NO}:
            state.view, state.note = screen.id, "ticked-and-none"
        else:
            state.answers |= dict.fromkeys(waiting, NO)


def _supporting(condition: Condition) -> Iterator[str]:
    """Yield the questions whose "yes" can only help the condition to hold."""
    match condition:
        case Is(question, options) if YES in options:
            yield question
        case Known(part):
            yield from _supporting(part)
        case All(parts) | Any(parts) | AtLeast(_, parts):
            for part in parts:
                yield from _supporting(part)


def _fields(body: bytes) -> tuple[dict[str, str], bool]:
    """Return the fields of a form and whether it was well-formed; repeated fields are dropped.

    Names and values of our forms are plain ASCII words, so nothing is percent-decoded: what would
    need decoding is not ours.
    """
    if len(body) > LONGEST_BODY:
        return {}, False
    fields: dict[str, str] = {}
    repeated: set[str] = set()
    honest = True
    for name, value in _pairs(body.decode("latin-1")):
        if name in fields or value is None:
            repeated.add(name)
            honest = False
        else:
            fields[name] = value
    return {name: fields[name] for name in fields if name not in repeated}, honest


def _pairs(text: str) -> Iterator[tuple[str, str | None]]:
    for pair in text.split("&") if text else ():
        name, equals, value = pair.partition("=")
        yield name, value if equals else None
