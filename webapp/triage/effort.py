"""What the check costs a person: words to read, taps and screens until the result.

What the questions for the plan cost, that are asked from the result, is counted apart.

Words are those that are seen in ``<main>``: what is folded away counts by its summary, what is
there for screen readers only does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from html.parser import HTMLParser
from statistics import median

from webapp.knowledge.model import URGENCIES, Urgency
from webapp.triage.assessment import assess
from webapp.triage.cases import Case, plan, walk
from webapp.triage.interview import Interview, State

_WORD = re.compile(r"\S*\w\S*")
_UNSEEN = "unseen"
"""The class of what screen readers say and nobody sees."""
_SILENT = frozenset(("script", "style", "template"))
_VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "source", "wbr"))

_FIGURES = {
    "words": "words",
    "taps": "taps",
    "screens": "screens",
    "plan_words": "plan: words",
    "plan_taps": "plan: taps",
}

Page = Callable[[State], bytes]
"""The page of the check for a state, as it is served."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What one story costs; the urgency is the one that the check gives it."""

    id: str
    urgency: Urgency
    words: int
    taps: int
    screens: int
    plan_words: int
    """On top, for who asks what helps: nothing where nobody can."""
    plan_taps: int


def measure(interview: Interview, page: Page, cases: Iterable[Case]) -> tuple[Effort, ...]:
    """Return what each story costs; raise KnowledgeError where one has a gap."""
    return tuple(_measured(interview, page, case) for case in cases)


def _measured(interview: Interview, page: Page, case: Case) -> Effort:
    steps = [*walk(interview, case)]
    end = interview.read(steps[-1].form)
    more = [*plan(interview, case, end)]
    return Effort(
        id=case.id,
        urgency=assess(interview.knowledge, end.answers).urgency,
        words=sum(words(page(step.state)) for step in steps),
        taps=sum(step.taps for step in steps),
        screens=len(steps),
        # The first of these pages is the result itself.
        plan_words=sum(words(page(step.state)) for step in more[1:]),
        plan_taps=sum(step.taps for step in more),
    )


def words(html: bytes) -> int:
    """Return how many words a page shows in ``<main>``."""
    reader = _Reader()
    reader.feed(html.decode())
    return len(_WORD.findall(" ".join(reader.seen)))


@dataclass(frozen=True, slots=True)
class _Element:
    """An open element: whether it is seen, and whether what it holds is."""

    tag: str
    seen: bool
    shows: bool


class _Reader(HTMLParser):
    """Collects the text that is seen."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._open: list[_Element] = [_Element("", seen=False, shows=False)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        if tag in _VOID:
            return
        holder, told = self._open[-1], dict(attrs)
        is_summary = tag == "summary" and holder.tag == "details"
        seen = tag == "main" or (holder.seen if is_summary else holder.shows)
        if "hidden" in told or _UNSEEN in (told.get("class") or "").split() or tag in _SILENT:
            seen = False
        folded = tag == "details" and "open" not in told
        self._open.append(_Element(tag, seen=seen, shows=seen and not folded))

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and what was left open inside."""
        if tag in (element.tag for element in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Keep what is seen."""
        if self._open[-1].shows:
            self.seen.append(data)


def report(efforts: Iterable[Effort]) -> Iterator[str]:
    """Yield medians and maxima in lines, the most urgent first."""
    every = tuple(efforts)
    yield f"{'':<12}{'stories':>8}" + "".join(f"{title:>13}" for title in _FIGURES.values())
    yield f"{'':<12}{'':>8}" + f"{'median':>7}{'most':>6}" * len(_FIGURES)
    for urgency in reversed(URGENCIES):
        some = [effort for effort in every if effort.urgency == urgency]
        if some:
            figures = ([getattr(e, name) for e in some] for name in _FIGURES)
            told = (f"{median(figure):>7g}{max(figure):>6}" for figure in figures)
            yield f"{urgency:<12}{len(some):>8}" + "".join(told)


def as_data(efforts: Iterable[Effort]) -> list[dict[str, object]]:
    """Return what each story costs as values that JSON can hold."""
    return [asdict(effort) for effort in efforts]
