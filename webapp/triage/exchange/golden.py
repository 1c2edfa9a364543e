"""Golden answers: sets of answers with all that follows from them, to hold programs against."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType, structs

from webapp.knowledge.conditions import may_hold
from webapp.triage.assessment import assess
from webapp.triage.cases import Case, check_answers, end
from webapp.triage.changes.releases import Side, plain_answers
from webapp.triage.diagram import FALSE, Compiler
from webapp.triage.fewest import BoundedDiagram, Fewest
from webapp.triage.interview import Interview
from webapp.triage.offers import Offers


class Golden(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One set of answers and its results; another program may leave out all but the urgency."""

    id: str
    answers: dict[str, str]
    urgency: str
    within: str | UnsetType | None = UNSET
    reasons: list[str] | UnsetType = UNSET
    """The rules that hold, in the order of the data."""
    unresolved: list[str] | UnsetType = UNSET
    """The rules that may hold and do not surely."""
    offers: list[str] | UnsetType = UNSET


class File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a file of golden answers holds."""

    golden: list[Golden]
    release: str = ""


@dataclass(frozen=True)
class Oracle:
    """Says what follows from answers, as this release does."""

    interview: Interview
    offers: Offers

    def judged(self, identity: str, answers: Mapping[str, str]) -> Golden:
        """Return the answers with all that follows from them."""
        made = assess(self.interview.knowledge, answers)
        return Golden(
            id=identity,
            answers=dict(answers),
            urgency=made.urgency,
            within=made.within,
            reasons=[rule.id for rule in made.fired],
            unresolved=[rule.id for rule in made.unresolved],
            offers=self.offers.shown_for(self.interview.decisions, answers),
        )

    def golden(self, stories: Iterable[Case]) -> Iterator[Golden]:
        """Yield the golden answers: no answer, plain ones, each answer alone, each rule, stories.

        A rule is met by the fewest answers with which it holds, then each of them as if plain.
        """
        knowledge = self.interview.knowledge
        side = Side(knowledge)
        plain = plain_answers(side, side)
        yield self.judged("nothing-asked", {})
        yield self.judged("plain", plain)
        for question in knowledge.questions:
            for option in question.options:
                if option != plain[question.id]:
                    name = f"answer.{question.id}.{option}"
                    yield self.judged(name, plain | {question.id: option})
        for rule, least in self._least(plain):
            yield self.judged(f"rule.{rule}", plain | least)
            for name in least:
                turned = {**plain, **least, name: plain[name]}
                yield self.judged(f"rule.{rule}.without.{name}", turned)
        for story in stories:
            yield self.judged(f"story.{story.id}", end(self.interview, story).answers)

    def differences(self, told: Iterable[Golden]) -> Iterator[str]:
        """Yield a line for each result of another program that is not ours."""
        for theirs in told:
            ours = structs.asdict(self.judged(theirs.id, theirs.answers))
            for name, value in structs.asdict(theirs).items():
                if value is not UNSET and _in_any_order(value) != _in_any_order(ours[name]):
                    yield f"{theirs.id}: {name}: {_said(value)}, here {_said(ours[name])}"

    def _least(self, plain: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield each rule with the fewest answers with which it holds, and with which it may."""
        variables = self.interview.variables
        diagram = BoundedDiagram(variables)
        compiler = Compiler(diagram)
        options = {v.name: v.options for v in variables}
        values = {n: o.index(plain[n]) + 1 if n in plain else 0 for n, o in options.items()}
        search = Fewest(diagram, values, {})
        for rule in self.interview.knowledge.rules:
            possible = may_hold(rule.when)
            for identity, condition in ((rule.id, rule.when), (f"{rule.id}.maybe", possible)):
                node = compiler.sure(condition)
                if node != FALSE:
                    found = search.cheapest(node).values
                    yield identity, {n: options[n][v - 1] for n, v in found.items() if v}


def read(content: bytes, name: str, known: Mapping[str, tuple[str, ...]]) -> File:
    """Return what a file holds; raise ValueError in one line where it is no such file."""
    try:
        file = msgspec.json.decode(content, type=File)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise ValueError(f"{name}: is no file of golden answers: {fault}") from fault
    for golden in file.golden:
        check_answers(name, golden.answers, known, prefix=f"{golden.id}.answers.")
    return file


def written(release: str, golden: Iterable[Golden]) -> str:
    """Return the file, one set of answers a line."""
    lines = (json.dumps(msgspec.to_builtins(each), separators=(",", ":")) for each in golden)
    return f'{{"release":"{release}","golden":[\n' + ",\n".join(lines) + "\n]}\n"


def _in_any_order(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def _said(value: Any) -> str:
    return (" ".join(value) or "none") if isinstance(value, list) else str(value)
