from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.small import answer_sets
from tests.support.small_pages import pages
from webapp.knowledge.conditions import ALWAYS, Is
from webapp.release.programs import (
    RELEASE_FRAGMENT,
    Entry,
    Fragments,
    LanguagesDiffer,
    compose,
    run,
)
from webapp.release.renderer import Block, Part, Piece, ReleaseMark
from webapp.triage.evaluation import Evaluator

LANGUAGES = 2
YES, NO = Is("numb", ("yes",)), Is("numb", ("no",))
NUMB = Evaluator({"numb": "yes"})
RELEASE = "the release"


def shown(page: tuple[Part, ...], evaluator: Evaluator) -> str:
    """Return what a person sees, read from the parts as they are."""
    text = ""
    for part in page:
        match part:
            case Piece(html):
                text += html
            case ReleaseMark():
                text += RELEASE
            case Block(condition, inner):
                text += shown(inner, evaluator) if evaluator.holds(condition) else ""
    return text


def translated(page: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the same page in another language."""
    return tuple(
        Piece(part.html.upper() + "!")
        if isinstance(part, Piece)
        else Block(part.condition, translated(part.parts))
        if isinstance(part, Block)
        else part
        for part in page
    )


def joined(numbers: list[int], fragments: Fragments, column: int) -> str:
    return "".join(
        RELEASE if number == RELEASE_FRAGMENT else fragments.all[number][column]
        for number in numbers
    )


@given(pages, st.sampled_from(answer_sets()))
def test_a_program_shows_what_the_parts_say_in_every_language(
    page: tuple[Part, ...], answers: dict[str, str]
) -> None:
    fragments = Fragments(LANGUAGES)
    program = compose("page/", [page, translated(page)], fragments)
    numbers = run(program, Evaluator(answers))
    assert joined(numbers, fragments, 0) == shown(page, Evaluator(answers))
    assert joined(numbers, fragments, 1) == shown(translated(page), Evaluator(answers))


@given(st.lists(pages, min_size=1, max_size=4), st.sampled_from(answer_sets()))
def test_pages_share_fragments_and_do_not_disturb_each_other(
    several: list[tuple[Part, ...]], answers: dict[str, str]
) -> None:
    fragments = Fragments(1)
    programs = [compose(str(n), [page], fragments) for n, page in enumerate(several)]
    for page, program in zip(several, programs, strict=True):
        seen = joined(run(program, Evaluator(answers)), fragments, 0)
        assert seen == shown(page, Evaluator(answers))
    assert len(set(fragments.all)) == len(fragments.all)


@given(pages)
def test_a_skip_never_leads_past_the_end(page: tuple[Part, ...]) -> None:
    program = compose("page/", [page], Fragments(1))
    for place, entry in enumerate(program):
        assert place - min(entry.step, 0) < len(program)


def test_a_block_of_one_piece_is_one_entry() -> None:
    program = compose("page/", [(Block(YES, (Piece("x"),)),)], Fragments(1))
    assert program == (Entry(YES, 1),)


def test_a_block_of_several_parts_is_skipped_as_a_whole() -> None:
    page = (Block(YES, (Piece("x"), Block(NO, (Piece("y"),)))), Piece("z"))
    program = compose("page/", [page], Fragments(1))
    assert program == (Entry(YES, -2), Entry(ALWAYS, 1), Entry(NO, 2), Entry(ALWAYS, 3))
    assert run(program, NUMB) == [1, 3]
    assert run(program, Evaluator({})) == [3]


def test_an_empty_page_has_an_empty_program() -> None:
    assert compose("page/", [(), ()], Fragments(LANGUAGES)) == ()
    assert run((), NUMB) == []


def test_the_same_text_is_one_fragment_and_another_translation_is_another() -> None:
    fragments = Fragments(LANGUAGES)
    assert fragments.number(("Rest", "Descanse")) == fragments.number(("Rest", "Descanse"))
    assert fragments.number(("Rest", "Repose")) != fragments.number(("Rest", "Descanse"))
    assert fragments.all[RELEASE_FRAGMENT] == ("", "")


DIFFERENT = {
    "one piece more": ((Piece("a"),), (Piece("a"), ReleaseMark())),
    "a block for a piece": ((Piece("a"),), (Block(YES, (Piece("a"),)),)),
    "a piece for a block": ((Block(YES, (Piece("a"),)),), (Piece("a"),)),
    "a block that is missing": ((Piece("a"), Block(YES, (Piece("b"),))), (Piece("a"),)),
    "a difference inside a block": (
        (Block(YES, (Piece("a"),)),),
        (Block(YES, (Piece("a"), Block(NO, (Piece("b"),)))),),
    ),
    "a release mark for a piece": ((Piece("a"),), (ReleaseMark(),)),
    "a piece for a release mark": ((ReleaseMark(),), (Piece("a"),)),
}


@pytest.mark.parametrize(("english", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_a_page_with_other_blocks_in_another_language_is_refused(
    english: tuple[Part, ...], other: tuple[Part, ...]
) -> None:
    with pytest.raises(LanguagesDiffer, match="'now/'"):
        compose("now/", [english, other], Fragments(LANGUAGES))
