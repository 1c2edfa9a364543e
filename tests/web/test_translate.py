"""What we say about health is marked so that a browser does not translate it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

import pytest

from tests.support.site import build
from webapp.knowledge.model import Exercise, Knowledge, Screen
from webapp.knowledge.texts import Text

BUILT = build()
SITE = BUILT.release.site
VOID = {"br", "img", "input", "link", "meta", "source"}
PAGES = [route for route, page in SITE.pages.items() if not page.answers]
CHECKS = [route for route, page in SITE.pages.items() if page.answers]


class Reader(HTMLParser):
    """Sorts the words of a page by whether a browser may translate them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._may = [True]
        self.words: dict[bool, set[str]] = {True: set(), False: set()}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            marked = dict(attrs).get("translate")
            self._may.append(self._may[-1] if marked is None else marked != "no")
        # What a script will say stands in an attribute, which no browser translates.
        self.words[False].add(dict(attrs).get("data-over") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._may.pop()

    def handle_data(self, data: str) -> None:
        for line in data.splitlines():
            self.words[self._may[-1]].add(line.strip().removeprefix("✓ ").removeprefix("? "))


def everything(route: str) -> str:
    """Return the page in English with all that any answers may show, one after the other."""
    steps = (entry.step for entry in SITE.programs[route] if entry.step >= 0)
    return "\n".join(SITE.fragments[step][0] for step in steps)


def advice(known: Knowledge) -> Iterator[Text]:
    """Yield what a person may act on."""
    for section in known.sections.values():
        yield from (statement.text for statement in section.statements)
    yield from (position.text for position in known.positions)
    yield from (stage.dose for stage in known.stages)
    yield from (recommendation.text for recommendation in known.recommendations)
    for exercise in known.exercises:
        yield from steps(exercise)
    yield from (reason.text for reason in known.reasons.values())


def steps(exercise: Exercise) -> Iterator[Text]:
    """Yield what a person does, and how much of it."""
    yield exercise.start
    yield from (step.text for step in exercise.steps)
    yield from (exercise.dose.hold, exercise.dose.repetitions, exercise.dose.times)


def asked(screens: Iterable[Screen]) -> Iterator[Text]:
    """Yield what screens ask, and the answers to choose from."""
    for screen in screens:
        if screen.ask:
            yield screen.ask
        yield from (item.text for item in screen.items)
        yield from (option.text for option in screen.options)


def test_a_browser_does_not_translate_what_we_advise() -> None:
    advised = {text.english for text in advice(BUILT.knowledge)}
    found: set[str] = set()
    for route in [*PAGES, *CHECKS]:
        words = Reader(everything(route)).words
        assert not words[True] & advised, route
        found |= words[False] & advised
    assert found == advised


ASKING = {
    "check/": BUILT.knowledge.screens,
    "check/next/": BUILT.knowledge.screens,
    "heat-or-ice/": BUILT.knowledge.quick,
    "heat-or-ice/answer/": BUILT.knowledge.quick,
}


@pytest.mark.parametrize("route", ASKING)
def test_a_browser_does_not_translate_what_a_page_asks(route: str) -> None:
    questions = {text.english for text in asked(ASKING[route])}
    if route.startswith("check/"):
        questions |= {rule.reason.english for rule in BUILT.knowledge.rules}
    words = Reader(everything(route)).words
    assert not words[True] & questions
    assert words[False] >= questions
