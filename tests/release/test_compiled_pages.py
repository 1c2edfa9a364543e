"""What is compiled answers each form with the bytes that the rules as written give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, cycle, islice
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import forms
from tests.support.hostile_requests import hostile_forms
from tests.support.site import build
from tests.support.small import answer_sets, knowledge
from tests.support.small_pages import pages
from webapp.knowledge.conditions import ALWAYS, NEVER, Is, Not
from webapp.release import compiled_pages
from webapp.release.compiled_pages import CompiledPages
from webapp.release.parts import Release, Site
from webapp.release.programs import RELEASE_FRAGMENT, Fragments, Program, compose, run
from webapp.release.renderer import Block, Part, Piece
from webapp.triage.interview import ANSWERS_VIEW, Interview, State
from webapp.triage.straight_line import length, source

BUILD = build()
RELEASE = BUILD.release
SITE = RELEASE.site
INTERVIEW = SITE.interview
ANSWERING = [route for route, page in SITE.pages.items() if page.answers]
EVERYWHERE = [(code, route) for route in ANSWERING for code in SITE.languages]
RANDOM_FORMS = 1000
HOSTILE_FORMS = 300
SMALL = Interview(knowledge())


def chosen(every: int) -> Iterator[bytes]:
    """Yield forms of every kind: all that are dishonest, of the others one in so many."""
    several = (forms.walks(BUILD), forms.boundary(BUILD), forms.nodes(BUILD))
    others = chain.from_iterable(islice(some, 0, None, every) for some in several)
    return chain(forms.dishonest(BUILD), others)


Where = tuple[str, str]
"""A language and a page."""


def differences(
    release: Release, bodies: Iterable[bytes], where: Sequence[Where] = EVERYWHERE
) -> Iterator[tuple[str, str, bytes]]:
    """Yield each form that a release answers otherwise than our rules as written.

    Each is asked of one page in one language, in turns.
    """
    for body, (code, route) in zip(bodies, cycle(where), strict=False):
        state = INTERVIEW.read(body)
        if release.page(code, route, state) != RELEASE.page_as_written(code, route, state):
            yield code, route, body


def test_random_forms_get_the_bytes_of_the_rules_as_written() -> None:
    assert [*differences(RELEASE, forms.random_forms(BUILD, RANDOM_FORMS, seed=20261201))] == []


def test_chosen_and_dishonest_forms_get_the_bytes_of_the_rules_as_written() -> None:
    assert [*differences(RELEASE, chosen(every=8))] == []


def test_hostile_forms_get_the_bytes_of_the_rules_as_written() -> None:
    bodies = hostile_forms(BUILD, HOSTILE_FORMS, Random(20261201))
    assert [*differences(RELEASE, bodies)] == []


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([q.id for q in BUILD.knowledge.questions]), st.integers(0, 20), max_size=40
    ),
    st.sampled_from([None, *INTERVIEW.views]),
    st.sampled_from([None, "again", "nothing-ticked", "ticked-and-none", "choose"]),
    st.sampled_from(EVERYWHERE),
)
def test_every_state_gets_the_bytes_of_the_rules_as_written(
    drawn: dict[str, int], view: str | None, note: str | None, where: Where
) -> None:
    options = BUILD.knowledge.options
    answers = {name: options[name][n % len(options[name])] for name, n in drawn.items()}
    state = State(answers, view, note)
    assert RELEASE.page(*where, state) == RELEASE.page_as_written(*where, state)


@pytest.mark.parametrize("where", EVERYWHERE, ids="-".join)
def test_every_page_is_right_in_every_language(where: Where) -> None:
    healthy = forms.healthy(BUILD)
    for state in (State(), State(healthy), State(healthy, ANSWERS_VIEW), State({}, None, "again")):
        assert RELEASE.page(*where, state) == RELEASE.page_as_written(*where, state)


# --- what the comparison would notice -------------------------------------------------------


class Wrong(Release):
    """A release with a mistake in it, which calls itself ours."""

    id = RELEASE.id


class Open(Interview):
    """An interview in which nothing is ever closed."""

    closing = ()


def _rule(site: Site) -> Site:
    """One rule is the wrong way round."""
    interview = Interview(site.interview.knowledge)
    (condition, value), *rest = interview.urgency.cases
    interview.urgency = replace(interview.urgency, cases=((Not(condition), value), *rest))
    return replace(site, interview=interview)


def _closing(site: Site) -> Site:
    return replace(site, interview=Open(site.interview.knowledge))


def _fragment(site: Site) -> Site:
    """The last fragment that depends on answers is never shown."""
    program = [*site.programs["check/"]]
    place = max(n for n, e in enumerate(program) if e.condition is not ALWAYS and e.step >= 0)
    program[place] = replace(program[place], condition=NEVER)
    return replace(site, programs={**site.programs, "check/": tuple(program)})


@pytest.mark.parametrize("mistaken", [_rule, _closing, _fragment])
def test_one_mistake_is_noticed(mistaken: Callable[[Site], Site]) -> None:
    wrong = Wrong(mistaken(SITE), BUILD.prover.compiler)
    assert any(differences(wrong, chosen(every=5), [("en", "check/")]))


# --- made-up pages --------------------------------------------------------------------------


def made_up(
    several: Sequence[tuple[Part, ...]], longest: int
) -> tuple[CompiledPages, list[Program], Callable[[int, int], str]]:
    """Return made-up pages compiled, their programs, and the text of a fragment."""
    fragments = Fragments(1)
    programs = [compose(str(n), [page], fragments) for n, page in enumerate(several)]

    def text(number: int, column: int) -> str:
        return "the release" if number == RELEASE_FRAGMENT else fragments.all[number][column]

    by_route = {str(n): program for n, program in enumerate(programs)}
    return CompiledPages(SMALL, by_route, 1, text, longest), programs, text


@settings(max_examples=150, deadline=None)
@given(st.lists(pages, min_size=1, max_size=3), st.integers(1, 6))
def test_made_up_pages_are_as_written_however_short_functions_are(
    several: list[tuple[Part, ...]], longest: int
) -> None:
    compiled, programs, text = made_up(several, longest)
    for answers in answer_sets()[::7]:
        evaluator = SMALL.evaluator(State(dict(answers)))
        for route, program in enumerate(programs):
            written = "".join(text(number, 0) for number in run(program, evaluator))
            assert compiled.page(str(route), 0, State(dict(answers))) == written.encode()


def test_pages_of_one_structure_share_their_functions() -> None:
    numb = Block(Is("numb", ("yes",)), (Piece("numb"),))
    other = Block(Is("numb", ("yes",)), (Piece("other"),))
    fallen = Block(Is("onset", ("fall",)), (Piece("fallen"),))
    compiled, *_ = made_up([(numb, fallen), (other, fallen), (fallen,)], compiled_pages.LONGEST)
    assert compiled.functions == 2
    told = State({"numb": "yes", "onset": "fall"})
    assert [compiled.page(route, 0, told) for route in "012"] == [
        b"numbfallen",
        b"otherfallen",
        b"fallen",
    ]


def test_no_function_is_long_however_long_a_page_is(monkeypatch: pytest.MonkeyPatch) -> None:
    lengths: list[int] = []

    def measured(*arguments: Any) -> str:
        lengths.append(length(arguments[-1]))
        return source(*arguments)

    monkeypatch.setattr(compiled_pages, "source", measured)
    blocks = [Block(Is("numb", (o,)), (Piece("a"),)) for _ in range(300) for o in ("yes", "no")]
    page = (Block(Is("onset", ("fall",)), tuple(blocks)), Piece("end"), *blocks)
    compiled, *_ = made_up([page], longest=50)
    assert len(lengths) == compiled.functions > 40
    assert max(lengths) <= 50
    assert compiled.page("0", 0, State({"numb": "no", "onset": "fall"})).count(b"a") == 600
