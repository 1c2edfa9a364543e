"""The interview: which screen comes next, and how a posted form becomes a state.

A state is the answers so far plus two values that are not clinical: ``view`` (a screen the person
asked for, else the next one that is due) and ``note`` (why the same screen is shown again). All
three are closed sets, so that a page is a pure function of the state, here and on the phone. The
phone's copy of :meth:`Interview.read` is ``static/worker/form.js``; a differential test holds
the two equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from webapp.knowledge.conditions import All, Condition, Is, Known, Not, may_hold
from webapp.knowledge.model import Knowledge, Screen, answered
from webapp.triage.assessment import urgency_decision
from webapp.triage.decision_list import Decision, decided
from webapp.triage.diagram import Variable
from webapp.triage.evaluation import Evaluator

VIEW = "view"
NOTE = "note"
RESULT = "result"
ANSWERS_VIEW = "answers"
"""The view that lists what was answered and asks whether it is right."""

NOTES = ("again", "nothing-ticked", "ticked-and-none", "choose")
ACTIONS = ("next", "none", "unsure", "pick", "sure")
STEERING = ("at", "go", "show", "k")
"""Fields that are not answers: the screen that was on the page, the button, the view asked for, and
the phone's own proof that the form is ours, which says nothing here."""
LONGEST_BODY = 8192
"""Bytes; the longest honest form has about 2,500."""


def unsure_view(screen: str) -> str:
    """Return the view of a tick screen that asks which rows the person is unsure of."""
    return f"unsure-{screen}"


@dataclass(slots=True)
class State:
    """What a form said: option by question, and the two values that steer the page."""

    answers: dict[str, str] = field(default_factory=dict)
    view: str | None = None
    note: str | None = None

    @property
    def values(self) -> dict[str, str]:
        """All of it as one mapping, as conditions see it."""
        steering = {VIEW: self.view, NOTE: self.note}
        return self.answers | {name: value for name, value in steering.items() if value}

    @property
    def status(self) -> int:
        """The HTTP status of the page: 400 where the form was not one that we send, else 200."""
        return 400 if self.note == "again" else 200


class Interview:
    """The order of the screens, as decisions and as a reader of forms."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.urgency = urgency_decision(knowledge)
        self._options = {question.id: question.options for question in knowledge.questions}
        self._screens = {screen.id: screen for screen in knowledge.every_screen}

    @cached_property
    def views(self) -> tuple[str, ...]:
        """Every view that a form may ask for."""
        ticks = (screen.id for screen in self.knowledge.every_screen if screen.kind == "ticks")
        return (ANSWERS_VIEW, *self._screens, *map(unsure_view, ticks))

    @cached_property
    def screen(self) -> Decision:
        """What the page shows: a screen, the list of answers, or the result.

        What the person asked for comes first; an emergency ends the questions; else the first
        screen that is due.
        """
        screens = self.knowledge.screens
        asked_for = [(self.viewing(ANSWERS_VIEW), ANSWERS_VIEW)]
        for screen in screens:
            asked_for.append((self.viewing(screen.id), screen.id))
            if screen.kind == "ticks":
                asked_for.append((self.viewing(unsure_view(screen.id)), screen.id))
        emergency = (self.urgency.is_("emergency"), RESULT)
        due = ((self.due(screen), screen.id) for screen in screens)
        return Decision("screen", (*asked_for, emergency, *due), RESULT)

    @cached_property
    def doubt(self) -> Decision:
        """Whether "some" rule may hold but does not surely: the person was unsure of an answer."""
        doubts = (All((may_hold(r.when), Not(Known(r.when)))) for r in self.knowledge.rules)
        return Decision("doubt", tuple((doubt, "some") for doubt in doubts), "no-doubt")

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Every decision, in the order in which they are made."""
        return (self.urgency, self.doubt, self.screen)

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        """Questions in the order of asking, view and note, then the decisions."""
        questions = (Variable(q.id, q.options) for q in self.knowledge.questions)
        steering = (Variable(VIEW, self.views), Variable(NOTE, NOTES))
        return (*questions, *steering, *(decision.variable for decision in self.decisions))

    def evaluator(self, state: State) -> Evaluator:
        """Return an evaluator for the state that has made every decision."""
        return decided(self.decisions, state.values)

    def due(self, screen: Screen) -> Condition:
        """Return the condition "this screen must be asked and is not answered yet"."""
        complete = All(tuple(Known(answered(question)) for question in screen.questions))
        return All((may_hold(screen.ask_when), Not(complete)))

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
        honest = self._steer(state, fields) and honest
        return state if honest else State(state.answers, None, "again")

    def _steer(self, state: State, fields: Mapping[str, str]) -> bool:
        """Apply the buttons to the state; return whether they were ours."""
        at, action, show = fields.get("at"), fields.get("go"), fields.get("show")
        if show is not None:
            state.view = show
            return show in (ANSWERS_VIEW, *self._screens) and action is None and self._is(at)
        if at is None:
            return action is None
        if at not in self._screens:
            return False
        if self._screens[at].kind == "choice":
            if at not in state.answers:
                state.view, state.note = at, "choose"
            return action is None
        return action in ACTIONS and self._tick(state, self._screens[at], str(action))

    def _is(self, screen: str | None) -> bool:
        return screen is None or screen in self._screens

    def _tick(self, state: State, screen: Screen, action: str) -> bool:
        """Complete a tick screen as its button says; show it again where that is not possible."""
        given = [state.answers.get(item.id) for item in screen.items]
        again: str | None = None
        if action == "unsure":
            state.view = unsure_view(screen.id)
        elif action == "next":
            again = None if any(given) else "nothing-ticked"
        elif action == "none":
            again = "ticked-and-none" if any(given) else None
        elif action == "pick":
            again = None if "unsure" in given else "nothing-ticked"
        else:
            again = "ticked-and-none" if "unsure" in given else None
        if again:
            unsure = action in ("pick", "sure")
            state.view = unsure_view(screen.id) if unsure else screen.id
            state.note = again
        elif action != "unsure":
            for item in screen.items:
                state.answers.setdefault(item.id, "no")
        return True


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
