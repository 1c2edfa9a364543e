"""Posted forms for the check: boundaries of every rule, random ones, and dishonest ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from random import Random

from webapp.triage.diagram import FALSE, TRUE, Diagram
from webapp.triage.interview import ACTIONS, CONTRADICTION, LONGEST_BODY, Interview
from webapp.web.site import Build

Forms = Callable[[Build], Iterator[bytes]]


def each_once(made: Forms) -> Forms:
    """Yield each form at its first place only: many answers lead to the same one."""

    @wraps(made)
    def once(build: Build) -> Iterator[bytes]:
        return iter(dict.fromkeys(made(build)))

    return once


def encode(fields: dict[str, str]) -> bytes:
    """Return the body of a form with these fields."""
    return "&".join(f"{name}={value}" for name, value in fields.items()).encode()


def healthy(build: Build) -> dict[str, str]:
    """Return the answers of a person with nothing but a locked low back."""
    wanted = {
        "age": "age-18-39",
        "region": "low-back",
        "sex": "male",
        "pattern": "no-pattern",
    }
    answers = {}
    for question in build.knowledge.questions:
        answers[question.id] = wanted.get(question.id, (question.worse or question.options)[0])
    return answers


def with_gates(build: Build, answers: dict[str, str]) -> dict[str, str]:
    """Return the answers with a gate open for each row that may be true."""
    rows = (row for row, option in answers.items() if option in ("yes", "unsure"))
    return answers | {gate: "yes" for row in rows if (gate := build.interview.gate_of(row))}


def openings(interview: Interview, row: str) -> tuple[dict[str, str], ...]:
    """Return each single answer that opens the row, with those that limit it; at least one."""
    closing = {each.question: each for each in interview.closing}.get(row)
    if closing is None:
        return ({},)
    limits = {leaf.question: leaf.options[0] for leaf in closing.limits}
    ways = [{leaf.question: option} for leaf in closing.opened for option in leaf.options]
    return tuple({**limits, **way} for way in ways or [{}])


@each_once
def boundary(build: Build) -> Iterator[bytes]:
    """Yield, for every option, it alone and with all else healthy; for every rule and offer, the
    least that satisfies it and each of those answers turned.

    What gates open is asked with the gate open, and as a contradiction.
    """
    base = healthy(build)
    for question in build.knowledge.questions:
        for option in question.options:
            yield encode({question.id: option})
            yield encode({**base, question.id: option})
            yield encode(with_gates(build, {**base, question.id: option}))
        yield encode({name: value for name, value in base.items() if name != question.id})
    for example in _examples(build):
        yield encode(example)
        yield encode({**base, **example})
        for name in example:
            for option in _options(build, name):
                yield encode(with_gates(build, {**base, **example, name: option}))


def random_forms(build: Build, count: int, seed: int) -> Iterator[bytes]:
    """Yield forms with random answers and random buttons; some finish, most do not."""
    chance = Random(seed)
    screens = [screen.id for screen in build.knowledge.every_screen]
    base = healthy(build)
    for _ in range(count):
        share = chance.choice([0.0, 0.02, 0.1, 0.5, 1.0])
        fields = {}
        for question in build.knowledge.questions:
            if chance.random() < share:
                fields[question.id] = chance.choice(question.options)
            elif chance.random() < 0.9:
                fields[question.id] = base[question.id]
        if chance.random() < 0.5:
            fields = with_gates(build, fields)
        if chance.random() < 0.4:
            fields["at"] = chance.choice([*screens, CONTRADICTION])
            fields["go"] = chance.choice(ACTIONS)
        elif chance.random() < 0.2:
            fields["show"] = chance.choice([*screens, "answers"])
        yield encode(fields)


@each_once
def walks(build: Build) -> Iterator[bytes]:
    """Yield every screen with every button, its rows empty, true and unsure, its gates open."""
    base = healthy(build) | dict.fromkeys(build.knowledge.gates, "yes")
    for screen in build.knowledge.every_screen:
        own = [question.id for question in screen.questions]
        rest = {name: value for name, value in base.items() if name not in own}
        buttons = ({"go": "next"}, {"go": "none"}, {"yes": own[0]}, {"yes": own[-1]}, {})
        for button in buttons:
            for given in ({}, {own[0]: "yes"}, {own[-1]: "unsure"}):
                yield encode({**rest, **given, "at": screen.id, **button})
        yield encode({**base, "show": screen.id})
    closed = healthy(build)
    for row in build.interview.contradicting:
        for answer in ("yes", "unsure", "no"):
            yield encode({**closed, row.id: answer})
            yield encode({**closed, row.id: answer, "at": CONTRADICTION, "go": "next"})


def dishonest(build: Build) -> Iterator[bytes]:
    """Yield bodies that are no form of ours, most of them with something worth keeping."""
    good = encode(healthy(build))
    yield from (
        b"",
        b"&",
        b"=",
        b"&&&",
        b"at=danger-1",
        b"at=nowhere&go=next",
        b"go=next",
        b"at=region&go=next",
        b"at=danger-1&go=dance",
        b"yes=saddle-changed",
        b"at=danger-1&yes=region",
        b"at=danger-2&yes=saddle-changed",
        b"at=danger-1&yes=saddle-changed&go=next",
        b"at=danger-1&yes=saddle-changed&saddle-changed=no",
        b"at=contradiction&go=none",
        b"at=contradiction&yes=saddle-changed",
        b"show=contradiction",
        b"show=result",
        b"show=region&go=next&at=danger-1",
        # Pages of the release before.
        b"saddle-numb=yes&at=danger&go=next",
        b"bowel-change=unsure&at=danger&go=pick",
        b"at=danger&go=unsure",
        b"show=unsure-danger",
        b"fever=yes&pregnancy-weeks=weeks-early&age=age-18&at=region",
        b"chest=no&region=neck&age=age-50&onset=with-a-move&at=how-long",
        b"view=region&note=again",
        b"urgency=self-care",
        b"k=anything",
        b"saddle-changed=yes&saddle-changed=no",
        b"saddle-changed=yes&saddle-changed=yes&urine-start=yes",
        b"saddle-changed&saddle-changed=yes",
        b"saddle-changed=YES",
        b"saddle-changed=yes%20",
        b"saddle%2Dnumb=yes",
        b"saddle-changed=yes&x=%FF",
        b"saddle-changed=yes&\xff\xfe=\xff",
        b"\xef\xbb\xbfsaddle-changed=yes",
        b"saddle-changed=yes\r\n",
        b"saddle-changed=yes&age=<script>alert(1)</script>",
        "saddle-changed=yes&صوت=نعم".encode(),
        "region=neck\u202e".encode(),
        b"constructor=yes&__proto__=1&toString=2",
        good + b"&extra=1",
        good + b"&" + good,
        b"&".join(b"n%d=1" % n for n in range(1000)),
        b"saddle-changed=yes&" + b"x" * (LONGEST_BODY - 16),
        b"saddle-changed=yes&" + b"x" * (LONGEST_BODY - 15),
        b"y" * 100_000,
    )


@each_once
def nodes(build: Build) -> Iterator[bytes]:
    """Yield, for every diagram node that decides the urgency, answers for which it matters that
    its first child is not its last."""
    compiler, base = build.prover.compiler, healthy(build)
    for condition, _ in build.interview.urgency.cases:
        for values in _decisive(compiler.diagram, compiler.sure(condition)):
            fields = dict(base)
            for name, value in values.items():
                fields.pop(name, None)
                if value:
                    fields[name] = _options(build, name)[value - 1]
            yield encode(fields)


def _decisive(diagram: Diagram, root: int) -> Iterator[dict[str, int]]:
    paths: dict[int, dict[str, int]] = {root: {}}
    for node in sorted(diagram.below([root]), reverse=True):
        place, children = diagram.node(node)
        name = diagram.variables[place].name
        for value, child in reversed([*enumerate(children)]):
            paths.setdefault(child, {**paths[node], name: value})
        first, last = children[0], children[-1]
        for here, there in ((first, last), (last, first)):
            differ = diagram.conjunction(here, diagram.negation(there))
            if differ != FALSE:
                rest = _answered_example(diagram, differ)
                yield {**paths[node], name: 0, **rest}
                yield {**paths[node], name: len(children) - 1, **rest}


def _answered_example(diagram: Diagram, node: int) -> dict[str, int]:
    """Return values that make the node true, with answers rather than questions left out."""
    values: dict[str, int] = {}
    while node != TRUE:
        place, children = diagram.node(node)
        value = max(value for value, child in enumerate(children) if child != FALSE)
        values[diagram.variables[place].name] = value
        node = children[value]
    return values


def _examples(build: Build) -> Iterator[dict[str, str]]:
    compiler = build.prover.compiler
    conditions = [rule.when for rule in build.knowledge.rules]
    conditions += [offer.shown for offer in build.offers.by_id.values()]
    asked = {question.id for question in build.knowledge.questions}
    for condition in conditions:
        for node in {compiler.roots(condition).sure, compiler.roots(condition).possible} - {FALSE}:
            example = compiler.diagram.example(node)
            yield {
                name: _options(build, name)[value - 1]
                for name, value in example.items()
                if value and name in asked
            }


def _options(build: Build, name: str) -> tuple[str, ...]:
    diagram = build.prover.compiler.diagram
    return diagram.variables[diagram.index[name]].options
