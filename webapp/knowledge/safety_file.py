"""The tables of the safety file, made from the hazard log, so that they say what it says.

A table stands in a document between two marks, ``<!-- table: hazards -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from webapp.knowledge.model import ACCEPTABLE, RISKS, SEVERITIES, Hazard, Knowledge

FOLDER = Path(__file__).parents[2] / "docs" / "safety"

_TABLE = re.compile(r"(<!-- table: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_PROPERTY = "property-"
_WORST = max(map(max, RISKS.values()))
_MEANS = {True: "acceptable", False: "not acceptable by itself"}


class UnknownTable(Exception):
    """A document that asks for a table that there is not."""


def tables(knowledge: Knowledge, promises: Mapping[int, str]) -> Mapping[str, str]:
    """Return every table by name; ``promises`` says what each property promises, by number."""
    hazards = knowledge.hazards
    return {
        "matrix": _table(("", *SEVERITIES), _matrix()),
        "risks": _table(("risk", "means", "without controls", "left"), _counts(hazards)),
        "hazards": "\n".join(map(_hazard, hazards)),
        "accepted": _table(("hazard", "left", "why it is carried"), _accepted(hazards)),
        "evidence": _table(("hazard", "held by"), map(_evidence, hazards)),
        "properties": _table(
            ("property", "promise"),
            ((f"{_PROPERTY}{number}", promise) for number, promise in promises.items()),
        ),
    }


def write(folder: Path, made: Mapping[str, str]) -> int:
    """Fill the tables of the documents in a folder; return how many documents changed."""
    changed = 0
    for path in sorted(folder.glob("*.md")):
        before = path.read_text("utf-8")
        after = filled(before, made)
        if after != before:
            path.write_text(after, "utf-8")
            changed += 1
    return changed


def filled(text: str, made: Mapping[str, str]) -> str:
    """Return a document with its tables as they are made now; raise UnknownTable."""

    def fill(mark: re.Match[str]) -> str:
        begin, name, end = mark.groups()
        if name not in made:
            raise UnknownTable(f"There is no table '{name}'. There are {', '.join(made)}.")
        return f"{begin}{made[name]}\n{end}"

    return _TABLE.sub(fill, text)


def _matrix() -> Iterator[tuple[str, ...]]:
    for likelihood, risks in RISKS.items():
        yield likelihood, *map(str, risks)


def _counts(hazards: Iterable[Hazard]) -> Iterator[tuple[str, ...]]:
    before = Counter(hazard.initial_risk for hazard in hazards)
    after = Counter(hazard.risk for hazard in hazards)
    for risk in range(1, _WORST + 1):
        means = "never released" if risk == _WORST else _MEANS[risk <= ACCEPTABLE]
        yield str(risk), means, str(before[risk]), str(after[risk])


def _hazard(hazard: Hazard) -> str:
    """Return all that the log says of a hazard, but for what holds it back."""
    lines = [
        f"### {hazard.id}",
        "",
        f"{hazard.hazard.english}",
        "",
        f"- Cause: {hazard.cause}.",
        f"- Harm: {hazard.harm}. Severity: {hazard.severity}.",
        f"- Without controls: {hazard.uncontrolled}, risk {hazard.initial_risk}.",
        f"- Control: {hazard.control.english}",
        f"- Left: {hazard.likelihood}, risk {hazard.risk}.",
    ]
    if hazard.accepted:
        lines.append(f"- Carried because: {hazard.accepted}")
    return "\n".join([*lines, ""])


def _accepted(hazards: Iterable[Hazard]) -> Iterator[tuple[str, ...]]:
    for hazard in sorted(hazards, key=lambda hazard: -hazard.risk):
        if hazard.accepted:
            yield hazard.id, str(hazard.risk), hazard.accepted


def _evidence(hazard: Hazard) -> tuple[str, str]:
    return hazard.id, "<br>".join(f"`{name}`" for name in hazard.held_by)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
