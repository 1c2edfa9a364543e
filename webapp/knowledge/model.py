"""The shapes of everything we know. Frozen, fully typed, built by the loader only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Annotated, Literal, get_args

from msgspec import Meta, field

from webapp.knowledge.conditions import (
    ALWAYS,
    NEVER,
    NO,
    UNSURE,
    YES,
    Condition,
    Is,
    Leaf,
)
from webapp.knowledge.emergency import EmergencyNumbers
from webapp.knowledge.kinds import Keyed, Listed, Whole, kinds_of, walk
from webapp.knowledge.poses import Pose, record_of
from webapp.knowledge.records import Record
from webapp.knowledge.texts import Text

Urgency = Literal["emergency", "urgent", "soon", "self-care"]
URGENCIES: tuple[Urgency, ...] = ("self-care", "soon", "urgent", "emergency")
"""From least to most urgent."""

Strength = Literal["guideline", "review", "trial", "leaflet", "consensus", "by-design"]

RecoveryStage = Literal["acute", "settling", "prevention"]
"""The first two weeks, later while it still hurts, and when it hurts no more."""

Severity = Literal["minor", "significant", "considerable", "major", "catastrophic"]
Likelihood = Literal["very-low", "low", "medium", "high", "very-high"]

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
RISKS: Mapping[Likelihood, tuple[int, ...]] = {
    "very-low": (1, 1, 2, 2, 3),
    "low": (1, 2, 2, 3, 4),
    "medium": (2, 2, 3, 3, 4),
    "high": (2, 3, 3, 4, 5),
    "very-high": (3, 4, 4, 5, 5),
}
"""The matrix of DCB0129, by severity: 1 and 2 are acceptable, 3 and 4 for a reason, 5 never."""
ACCEPTABLE = 2
"""The highest risk that needs no reason."""

Within = Literal["week", "two-weeks"]
"""How soon somebody must look at it who need not be seen today."""

Purpose = Literal["urgency", "plan"]
"""What a screen is asked for: the urgency, or what a result offers."""

GATE_OPTIONS = (NO, YES)
"""The answers of a gate, from better to worse: a tick means "yes, or not sure"."""
ROW_OPTIONS = (NO, UNSURE, YES)
"""The answers of a row, from better to worse."""


class Source(Record, frozen=True, kw_only=True):
    """A publication that settles a fact.

    ``access`` says how it was seen when the digest was made: read, mirror (a copy), part, or
    memory (not seen).
    """

    id: str
    title: str
    settles: str
    access: Literal["read", "mirror", "part", "memory"]
    publisher: str = ""
    year: int | None = None
    url: str | None = None
    note: str = ""


class Identified(Record, frozen=True, kw_only=True):
    """Anything with an id of its own, which nothing else has in any file."""

    id: str


class Sourced(Identified, frozen=True, kw_only=True):
    """Anything a person reads: where it comes from, how strong that is, when it was checked."""

    sources: Annotated[
        tuple[str, ...],
        Meta(description="Ids of sources.yaml; none only where 'strength' is by-design."),
    ]
    strength: Annotated[Strength, Meta(description="How strong the strongest of the sources is.")]
    checked: Annotated[
        date, Meta(description="The day on which this was last held against its sources.")
    ]

    @property
    def needs_source(self) -> bool:
        """Whether it must name its sources, or say that it is by design."""
        return True


class Option(Record, frozen=True, kw_only=True):
    """One possible answer of a choice screen; no other option of that screen has its id."""

    id: str
    text: Text


_Openers = Annotated[
    tuple[Leaf, ...],
    Meta(min_length=1, description="Gates, rows or answers, any of which keeps it open."),
]
_Limits = Annotated[
    tuple[Leaf, ...],
    Meta(min_length=1, description="Rows or answers that must all be possible."),
]
_Nature = Annotated[
    tuple[Leaf, ...],
    Meta(min_length=1, description="Rows or answers without which nobody can have it."),
]


class Item(Sourced, frozen=True, kw_only=True):
    """A row, answered no, unsure or yes, or a gate, which opens rows.

    ``other`` asks the same about somebody else; ``sign`` says it in a few words. ``hint`` is shown
    on request, ``picture`` stands beside a gate.
    """

    text: Text
    other: Text | None = None
    sign: Text
    hint: Text | None = None
    picture: str | None = None
    opened_by: _Openers = ()
    only_for: _Limits = ()
    possible_for: _Nature = ()


class Beside(Identified, frozen=True, kw_only=True):
    """A small question above a choice; its first option holds where nothing else is said."""

    ask: Text
    options: tuple[Option, ...]


class Screen(Sourced, frozen=True, kw_only=True):
    """One idea to ask about: gates or rows, which name their own sources, or one choice.

    ``other`` asks the same about somebody else.
    """

    sources: tuple[str, ...] = ()
    kind: Literal["choice", "gates", "rows"]
    title: Text
    ask: Text | None = None
    other: Text | None = None
    why: Text
    ask_when: Condition = ALWAYS
    purpose: Annotated[
        Purpose,
        Meta(description="A plan's screen is asked after the result; no rule may use it."),
    ] = "urgency"
    opened_by: _Openers = ()
    only_for: _Limits = ()
    closed_as: Annotated[
        str | None, Meta(description="The option that a closed choice counts as.")
    ] = None
    beside: Beside | None = None
    items: tuple[Item, ...] = ()
    options: tuple[Option, ...] = ()
    worse: Annotated[
        tuple[str, ...],
        Meta(description="Options that have an order, from better to worse."),
    ] = ()

    @property
    def needs_source(self) -> bool:
        """Whether the screen asks something itself, not by its rows."""
        return self.kind == "choice"

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that this screen answers, in order."""
        if self.beside is None:
            return self.required
        options = tuple(option.id for option in self.beside.options)
        return (Question(self.beside.id, self.id, options, ()), *self.required)

    @property
    def required(self) -> tuple[Question, ...]:
        """The questions that must have an answer before the next screen."""
        if self.kind == "choice":
            options = tuple(option.id for option in self.options)
            return (Question(self.id, self.id, options, self.worse),)
        answers = GATE_OPTIONS if self.kind == "gates" else ROW_OPTIONS
        return tuple(Question(item.id, self.id, answers, answers) for item in self.items)

    @property
    def closing(self) -> Iterator[Closing]:
        """What closes each of its questions that can be closed."""
        if self.opened_by or self.only_for:
            yield Closing(self.id, self.closed_as or NO, self.opened_by, self.only_for, ())
        for item in self.items:
            if item.opened_by or item.only_for or item.possible_for:
                yield Closing(item.id, NO, item.opened_by, item.only_for, item.possible_for)


@dataclass(frozen=True, slots=True)
class Question:
    """A finite choice: its options, and those of them that are ordered from better to worse."""

    id: str
    screen: str
    options: tuple[str, ...]
    worse: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """What closes a question: nothing may open it, or one of its limits is surely not met.

    ``value`` is the answer that it then counts as. It is asked of those only to whom it matters
    (``only``) and who can have it (``possible``).
    """

    question: str
    value: str
    opened: tuple[Leaf, ...]
    only: tuple[Leaf, ...]
    possible: tuple[Leaf, ...]

    @property
    def limits(self) -> tuple[Leaf, ...]:
        """All that must be possible."""
        return self.only + self.possible


class Rule(Sourced, frozen=True, kw_only=True):
    """A finding and the least urgency it must produce; ``other`` is the reason for another."""

    evidence: Annotated[
        tuple[str, ...],
        Meta(description="Findings of the clinical digest, as A1, and its combinations, as C10."),
    ]
    when: Condition
    urgency: Annotated[Urgency, Meta(description="The least urgency where the rule holds.")]
    within: Annotated[
        Within | None, Meta(description="How soon, where the urgency is 'soon' and only there.")
    ] = None
    reason: Text
    other: Text | None = None


class Statement(Sourced, frozen=True, kw_only=True):
    """One sentence of guidance, and for whom it is (not) meant.

    ``other`` says it to who helps somebody else.
    """

    kind: Literal["do", "dont", "fact", "stop", "watch"]
    text: Text
    other: Text | None = None
    warns_of: Annotated[
        tuple[str, ...], Meta(description="Rows of the check that the sentence warns of.")
    ] = ()
    when: Condition = ALWAYS
    never: Condition = NEVER


class Section(Identified, frozen=True, kw_only=True):
    """Statements that belong under one heading."""

    title: Text
    intro: Text | None = None
    statements: tuple[Statement, ...]


Elsewhere = Literal[
    "check/",
    "now/",
    "now/#now-call",
    "heat-or-ice/",
    "walking/",
    "exercises/",
    "about/#about-guidelines",
]
"""The addresses that an article may send its reader to."""


class Article(Identified, frozen=True, kw_only=True):
    """A short text to read in quiet: sections under one title, and where to read on.

    ``picture`` names a drawing. ``see`` leads to pages that say what the article does not repeat.
    """

    title: Text
    intro: Text
    picture: str | None = None
    see: tuple[Elsewhere, ...] = ()
    sections: tuple[Section, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements of all sections, in order."""
        return tuple(statement for section in self.sections for statement in section.statements)


class SeedStatement(Record, frozen=True, kw_only=True):
    """A useful statement of a seed text: the ids that say it in the app, or why none does.

    ``about`` and ``left_out`` are for who judges the list; they are on no page and not translated.
    """

    id: str
    about: str
    found_at: tuple[str, ...] = ()
    left_out: str = ""


class Synonyms(Record, frozen=True, kw_only=True):
    """Everyday words by language code, and the page, section or statement that they lead to.

    They are compared with what somebody looks for and never shown, so they need no source.
    """

    to: str
    words: Mapping[str, tuple[str, ...]]


class Position(Sourced, frozen=True, kw_only=True):
    """A position of ease, its drawing and whom it does not suit."""

    name: Text
    text: Text
    minutes: Text
    pose: str
    never: Condition = NEVER
    not_for: Text | None = None


class Recommendation(Sourced, frozen=True, kw_only=True):
    """What to offer one person: warmth, cold or neither."""

    title: Text
    text: Text
    when: Condition = ALWAYS
    never: Condition = NEVER


class Phrase(Sourced, frozen=True, kw_only=True):
    """A sentence to show to somebody, and the rows of the check that it speaks of.

    ``shows`` names what only the phone or the person knows and adds to it.
    """

    text: Text
    questions: tuple[str, ...] = ()
    shows: Literal["number", "place", "words"] | None = None


class Listener(Identified, frozen=True, kw_only=True):
    """Somebody to whom sentences are shown, or read out."""

    title: Text
    intro: Text
    phrases: tuple[Phrase, ...]


class Stage(Sourced, frozen=True, kw_only=True):
    """One step of the walking ladder.

    ``timer`` holds the minutes to choose from. ``plan_from`` is the least number of minutes at
    which a person's next walk is on this step, if a next walk can be.
    """

    name: Text
    dose: Text
    text: Text
    timer: Annotated[tuple[int, ...], Meta(description="Minutes to choose from, rising.")]
    plan_from: Annotated[
        int | None, Meta(description="Minutes: a next walk of at least so many is on this step.")
    ] = None


class FloorStep(Sourced, frozen=True, kw_only=True):
    """One movement on the way up from the floor, its drawing, and what somebody there can do."""

    text: Text
    helper: Text | None = None
    pose: str


class Step(Identified, frozen=True, kw_only=True):
    """One movement of an exercise and its drawing; ``part`` is what a timer plays of it."""

    text: Text
    pose: str
    part: Literal["hold", "rest"] | None = None


class Dose(Record, frozen=True, kw_only=True):
    """How long, how many and how often: as numbers for a timer, and in words.

    ``seconds`` is one hold, or one slow move where nothing is held; ``rest`` the pause after it.
    The numbers to begin with come first, ``…_most`` is how far a person may go.
    """

    seconds: Annotated[int, Meta(description="Seconds of one hold, or of one slow move.")]
    seconds_most: Annotated[int, Meta(description="Seconds: how far a person may go.")]
    count: Annotated[int, Meta(description="Repetitions to begin with.")]
    count_most: Annotated[int, Meta(description="Repetitions: how far a person may go.")]
    sides: Annotated[Literal[1, 2], Meta(description="2 does each side.")]
    rest: Annotated[int, Meta(description="Seconds of the pause after each repetition.")]
    hold: Text
    repetitions: Text
    times: Text


class Contraindication(Identified, frozen=True, kw_only=True):
    """Who must not be offered some exercises, in words and as a condition."""

    text: Text
    when: Condition


class Exercise(Sourced, frozen=True, kw_only=True):
    """An exercise card."""

    name: Text
    aim: Text
    start: Text
    steps: tuple[Step, ...]
    dose: Dose
    feel: Text
    easier: Text
    easier_card: str | None = None
    harder: Text
    harder_card: str | None = None
    not_for: tuple[str, ...]
    stages: tuple[RecoveryStage, ...]
    patterns: tuple[str, ...]
    regions: tuple[str, ...]
    evidence: Text | None = None

    @property
    def holds(self) -> tuple[Step, ...]:
        """The steps that a timer holds, in their order."""
        return tuple(step for step in self.steps if step.part == "hold")

    @property
    def held(self) -> Step:
        """The first step that is held: what a list of cards shows."""
        return self.holds[0]

    @property
    def rested(self) -> Step | None:
        """The step of the pause, where the exercise is done more than once."""
        return next((step for step in self.steps if step.part == "rest"), None)

    @property
    def only_prevents(self) -> bool:
        """Whether it is for people without pain only, and so no result may offer it."""
        return self.stages == ("prevention",)


class Starter(Identified, frozen=True, kw_only=True):
    """The exercises to begin with in the first days: of each choice the first that fits."""

    regions: tuple[str, ...]
    patterns: tuple[str, ...]
    choices: tuple[tuple[str, ...], ...]


class Hazard(Identified, frozen=True, kw_only=True):
    """What could go wrong, how bad and how likely that still is, and what holds it back.

    ``uncontrolled`` is the likelihood without the control, ``likelihood`` with it. ``cause``,
    ``harm`` and ``accepted``, the reason to carry a risk that the matrix does not call acceptable,
    are for who judges the log; they are on no page and not translated.
    ``held_by`` names properties ("property-5") and tests ("tests/x.py::test_y").
    """

    hazard: Text
    cause: str
    harm: str
    severity: Severity
    uncontrolled: Likelihood
    likelihood: Likelihood
    control: Text
    accepted: str = ""
    held_by: tuple[str, ...]

    @property
    def initial_risk(self) -> int:
        """The risk without the control, from 1 to 5."""
        return RISKS[self.uncontrolled][SEVERITIES.index(self.severity)]

    @property
    def risk(self) -> int:
        """The risk that is left, from 1 to 5."""
        return RISKS[self.likelihood][SEVERITIES.index(self.severity)]

    @property
    def proved(self) -> bool:
        """Whether a property holds it back, over every set of answers."""
        return any(name.startswith("property-") for name in self.held_by)


class Coverage(Sourced, frozen=True, kw_only=True):
    """What guidelines recommend, and the section or statement in which we say it."""

    text: Text
    said_at: Annotated[
        str, Meta(description="Id of a section or statement that everybody can read.")
    ]


class Reading(Record, frozen=True, kw_only=True):
    """The gates that a reader ticked who saw a row's words, and nothing of what opens it."""

    row: str
    gates: tuple[str, ...]


_Words = Annotated[str, Meta(pattern=r"\S")]
_Hash = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
_Code = Annotated[str, Meta(pattern="^[a-z]{2,3}$")]


class Review(Record, frozen=True, kw_only=True):
    """Who has reviewed what stands under an id, in the words that the hashes are of.

    Nothing of it is on a page but whether there are reviews.
    """

    of: Annotated[str, Meta(description="The id of what was reviewed, with all that it holds.")]
    role: Annotated[_Words, Meta(description="What the reviewer is, as the register says it.")]
    registration: Annotated[_Words, Meta(description="The register, and the number in it.")]
    date: Annotated[date, Meta(description="The day of the review.")]
    content: Annotated[_Hash, Meta(description="The hash of the English content, as printed.")]
    translations: Annotated[
        Mapping[_Code, _Hash],
        Meta(description="The hash of the words in each language that was reviewed as well."),
    ] = field(default_factory=dict)


_GUIDANCE = tuple(
    f"{name}.yaml" for name in ("now", "thermal", "walking", "exercises", "advice", "about")
)


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """Everything we know, checked as a whole. Made by :func:`webapp.knowledge.loader.load`.

    The annotated fields are the table of what stands where in the data (``kinds``), in the order
    in which their texts are translated.
    """

    screens: Annotated[tuple[Screen, ...], Listed(("questions.yaml",))]
    """The screens of the check, in the order of asking."""
    quick: Annotated[tuple[Screen, ...], Listed(("questions.yaml",))]
    """Screens of single pages, for people who have not done the check."""
    rules: Annotated[tuple[Rule, ...], Listed(("rules.yaml",))]
    read: Annotated[tuple[Reading, ...], Listed(("gates.yaml",))]
    """What the words of each row lead a reader to tick: the proof holds ``opened-by`` to it."""
    sources: Annotated[Mapping[str, Source], Listed(("sources.yaml",))]
    recommendations: Annotated[tuple[Recommendation, ...], Listed(("thermal.yaml",))]
    stages: Annotated[tuple[Stage, ...], Listed(("walking.yaml",))]
    floor: Annotated[tuple[FloorStep, ...], Listed(("now.yaml",))]
    exercises: Annotated[tuple[Exercise, ...], Listed(("exercises.yaml",))]
    reasons: Annotated[Mapping[str, Contraindication], Listed(("exercises.yaml",))]
    starters: Annotated[tuple[Starter, ...], Listed(("exercises.yaml",))]
    positions: Annotated[tuple[Position, ...], Listed(("positions.yaml",))]
    listeners: Annotated[tuple[Listener, ...], Listed(("help-card.yaml",))]
    hazards: Annotated[tuple[Hazard, ...], Listed(("hazards.yaml",))]
    coverage: Annotated[tuple[Coverage, ...], Listed(("coverage.yaml",))]
    articles: Annotated[tuple[Article, ...], Listed(("learn.yaml",))]
    synonyms: Annotated[tuple[Synonyms, ...], Listed(("search-words.yaml",))]
    seed_statements: Annotated[
        tuple[SeedStatement, ...], Listed(("statements.yaml",), "statements")
    ]
    reviews: Annotated[tuple[Review, ...], Listed(("reviews.yaml",))]
    sections: Annotated[Mapping[str, Section], Listed(_GUIDANCE)]
    numbers: Annotated[EmergencyNumbers, Whole("emergency-numbers.yaml")]
    poses: Annotated[Mapping[str, Pose], Keyed("poses.yaml", record_of)]
    definitions: Mapping[str, Condition]
    """The conditions that have a name of their own in the file of rules."""
    texts: tuple[Text, ...]
    """Every sentence to translate, in the order of the data."""
    file_of: Mapping[str, str]
    """The file that each id stands in."""

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """Everything in the data, outer records before what they hold."""
        kinds = kinds_of(type(self))
        return tuple(chain.from_iterable(walk(getattr(self, k.name), Record) for k in kinds))

    @cached_property
    def every_screen(self) -> tuple[Screen, ...]:
        """The screens of single pages, then those of the check.

        Diagrams share more this way round: where the quick questions have no answer, what follows
        is the diagram of the check itself.
        """
        return (*self.quick, *self.screens)

    @cached_property
    def for_plan(self) -> tuple[Screen, ...]:
        """The screens of the check that are asked after the result, in the order of asking."""
        return tuple(screen for screen in self.screens if screen.purpose == "plan")

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question in the order of asking; those of single pages come first."""
        return tuple(question for screen in self.every_screen for question in screen.questions)

    @cached_property
    def options(self) -> Mapping[str, tuple[str, ...]]:
        """The answers that each question may have, in the order of asking."""
        return {question.id: question.options for question in self.questions}

    @cached_property
    def asked_texts(self) -> Mapping[str, Text]:
        """The words in which each question is asked: a choice without any goes by its title."""
        rows = {item.id: item.text for item in self.items.values()}
        choices = {screen.id: screen.ask or screen.title for screen in self.every_screen}
        beside = {s.beside.id: s.beside.ask for s in self.every_screen if s.beside}
        every = {**choices, **beside, **rows}
        return {question.id: every[question.id] for question in self.questions}

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every row and every gate by its id."""
        return {item.id: item for screen in self.every_screen for item in screen.items}

    @cached_property
    def gates(self) -> frozenset[str]:
        """The ids of the gates."""
        screens = (screen for screen in self.every_screen if screen.kind == "gates")
        return frozenset(item.id for screen in screens for item in screen.items)

    @cached_property
    def closing(self) -> tuple[Closing, ...]:
        """What closes each question that can be closed, in the order of asking."""
        return tuple(chain.from_iterable(screen.closing for screen in self.every_screen))

    @cached_property
    def option_texts(self) -> Mapping[tuple[str, str], Text]:
        """The words of each answer of a choice, by question and option."""
        every = chain.from_iterable((s, s.beside) for s in self.every_screen)
        return {
            (choice.id, option.id): option.text
            for choice in every
            if choice
            for option in choice.options
        }

    def answer_words(self, question: str, option: str) -> str:
        """Return the English words of an answer; its id where it has none, as "yes" of a row."""
        text = self.option_texts.get((question, option))
        return text.english if text else option

    @cached_property
    def newest_check(self) -> date:
        """The latest day on which any statement was checked against its sources."""
        return max(statement.checked for statement in self.sourced)

    @cached_property
    def sourced(self) -> tuple[Sourced, ...]:
        """Everything that must name its sources."""
        return tuple(
            record for record in self.records if isinstance(record, Sourced) and record.needs_source
        )

    @cached_property
    def linked(self) -> frozenset[str]:
        """The ids that the table of guidelines and the list of seed statements lead to."""
        said = {row.said_at for row in self.coverage}
        return frozenset(said.union(*(seed.found_at for seed in self.seed_statements)))

    @cached_property
    def rules_by_urgency(self) -> Mapping[Urgency, tuple[Rule, ...]]:
        """The rules of each urgency, in the order of the data."""
        return {
            urgency: tuple(rule for rule in self.rules if rule.urgency == urgency)
            for urgency in URGENCIES
        }


def answered(question: Question) -> Is:
    """Return the condition "this question has an answer", whichever it is."""
    return Is(question.id, question.options)
