"""Made-up interviews with everything that opens and closes questions, and forms for them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from hypothesis import strategies as st

from tests.support.small import choice, for_plan, gates, knowledge, row, rows, rule, small_choice
from webapp.knowledge.conditions import All, Any, Is
from webapp.knowledge.model import Screen
from webapp.triage.interview import CONTRADICTION, Interview

GATES = ("g-fall", "g-limb", "g-ill")
AGES = ("young", "middle", "old")
YES = ("yes",)
FOR = small_choice("for", "me", "other")

RICH = Interview(
    knowledge(
        rule("numb-legs", Is("numb", YES), "emergency"),
        rule("weak-after-fall", All((Is("fell", YES), Is("weak", YES))), "urgent"),
        rule("old-and-frail", All((Is("age", ("old",)), Is("frail", YES))), "soon", "week"),
        rule("ill", Any((Is("fever", YES), Is("chills", YES))), "soon"),
        screens=(
            choice("age", *AGES, beside=FOR),
            gates("gates", *GATES),
            rows(
                "signs",
                row("numb", opened_by=(Is("g-limb", YES),)),
                row("fell", opened_by=(Is("g-fall", YES), Is("g-limb", YES))),
                row("weak", opened_by=(Is("fell", ("yes", "unsure")),)),
            ),
            choice(
                "began",
                "slowly",
                "at-once",
                "unsure",
                opened_by=(Is("g-fall", YES),),
                closed_as="slowly",
            ),
            rows(
                "more",
                row("frail", only_for=(Is("age", ("middle", "old")),)),
                row("fever", opened_by=(Is("g-ill", YES), Is("began", ("at-once",)))),
                row(
                    "chills",
                    opened_by=(Is("g-ill", YES), Is("fever", ("yes", "unsure"))),
                    only_for=(Is("age", ("old",)),),
                ),
            ),
        ),
    )
)
"""An interview with a question of every kind, and everything that can close one."""


@st.composite
def _made(draw: st.DrawFn) -> Interview:
    """Draw an interview of some gates, of rows and choices that earlier ones open, and a plan."""
    own = GATES[: draw(st.integers(1, len(GATES)))]
    options: dict[str, tuple[str, ...]] = {"age": AGES} | dict.fromkeys(own, YES)
    screens: list[Screen] = [choice("age", *AGES, beside=FOR)]
    screens.append(gates("gates", *own))
    count = draw(st.integers(1, 4))
    plan_from = draw(st.integers(1, 4))
    for number in range(count):
        if draw(st.booleans()):
            items = []
            for place in range(draw(st.integers(1, 3))):
                name = f"row-{number}-{place}"
                items.append(row(name, *(draw(_openers(options)) for _ in range(3))))
                options[name] = ("yes", "unsure")
            made = rows(f"rows-{number}", *items)
        else:
            opened = draw(_openers(options))
            name = f"choice-{number}"
            closed_as = "one" if opened else None
            made = choice(name, "one", "two", opened_by=opened, closed_as=closed_as)
            options[name] = ("one", "two")
        screens.append(made if number < plan_from else for_plan(made))
    return Interview(knowledge(screens=tuple(screens)))


def _openers(options: dict[str, tuple[str, ...]]) -> st.SearchStrategy[tuple[Is, ...]]:
    """Return up to two comparisons of questions that stand before."""
    before = st.sampled_from([*options])
    some = before.flatmap(
        lambda name: st.lists(st.sampled_from(options[name]), min_size=1, unique=True).map(
            lambda chosen: Is(name, tuple(chosen))
        )
    )
    return st.lists(some, max_size=2).map(tuple)


PLANNED = Interview(
    knowledge(
        rule("numb-legs", Is("numb", YES), "emergency"),
        screens=(
            choice("age", *AGES, beside=FOR),
            rows("signs", "numb"),
            for_plan(rows("care", "skin", "knees")),
            for_plan(choice("worse", "sitting", "standing")),
            for_plan(rows("moves", row("hip", opened_by=(Is("knees", ("yes", "unsure")),)))),
        ),
    )
)
"""An interview that asks for a plan after its result."""

interviews: st.SearchStrategy[Interview] = st.just(RICH) | _made()


def answers(interview: Interview) -> st.SearchStrategy[dict[str, str]]:
    """Return sets of answers, whether an honest form could hold them or not."""
    options = {q.id: st.sampled_from(q.options) for q in interview.knowledge.questions}
    return st.fixed_dictionaries({}, optional=options)


def forms(interview: Interview, chance: Random, count: int) -> Iterator[bytes]:
    """Yield posted forms: most of them as a page could send them, some with what none would."""
    for _ in range(count):
        yield _body(interview, chance) + chance.choice([b""] * 9 + SPOILT)


SPOILT = [b"&extra=1", b"&go", b"&age=young", b"&k=1", b"&yes=", b"&%00"]


def _body(interview: Interview, chance: Random) -> bytes:
    screens = interview.knowledge.every_screen
    share, screen = chance.choice([0.1, 0.3, 0.6, 1.0]), chance.choice(screens)
    fields = {
        question.id: chance.choice(question.options)
        for question in interview.knowledge.questions
        if chance.random() < share
    }
    if chance.random() < share:
        for question in screen.questions:
            fields.pop(question.id, None)
    rows = [question.id for question in screen.questions]
    buttons: list[dict[str, str]] = [
        {"at": screen.id, "go": "next"},
        {"at": screen.id, "go": "none"},
        {"at": CONTRADICTION, "go": "next"},
        {"at": screen.id},
        {"at": screen.id, "yes": chance.choice(rows)},
        {"at": screen.id, "show": chance.choice(["answers", *(s.id for s in screens)])},
        {
            name: chance.choice(["next", "none", "age", CONTRADICTION, "result", *rows])
            for name in ("at", "go", "yes", "show")
            if chance.random() < share
        },
    ]
    fields |= chance.choice(buttons)
    return "&".join(f"{name}={value}" for name, value in fields.items()).encode()
