from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from tests.support.known import known
from webapp.i18n.catalogues import Catalogue
from webapp.i18n.locales import ENGLISH, Language
from webapp.knowledge.conditions import ALWAYS, NEVER, Is
from webapp.knowledge.texts import Text
from webapp.release.pages import Page
from webapp.release.renderer import Block, Part, Piece, ReleaseMark, Renderer

NUMB, FEVER = Is("numb", ("yes",)), Is("fever", ("yes",))
WORDS = Catalogue(ENGLISH, {}, {})
ARABIC = Language("ar", "العربية", "rtl")
IN_ARABIC = Catalogue(ARABIC, {("", "Rest"): "استرح"}, {("rest.text", "Rest"): "ارتح"})


class NoFiles:
    """Files that nobody made."""

    heights: Mapping[str, int] = {}
    from_the_front: Collection[str] = ()
    moving: Collection[str] = ()

    def url(self, path: str) -> str:
        """Return an address."""
        return f"/assets/{path}"


FILES = NoFiles()


def render(folder: Path, template: str, words: Catalogue = WORDS) -> tuple[Part, ...]:
    """Return the parts of a page with this template."""
    (folder / "page.html").write_text(template, "utf-8")
    renderer = Renderer(folder, known(), (ENGLISH, ARABIC), FILES)
    context = {"numb": NUMB, "fever": FEVER, "text": Text("rest.text", "Rest")}
    return renderer.render(Page("a-page/", "page.html", lambda _: context), words)


def test_a_page_without_conditions_is_one_piece(tmp_path: Path) -> None:
    assert render(tmp_path, "<p>Rest</p>") == (Piece("<p>Rest</p>"),)


def test_a_marked_block_is_a_part_with_its_condition(tmp_path: Path) -> None:
    parts = render(tmp_path, "a{% call when(numb) %}b{% endcall %}c")
    assert parts == (Piece("a"), Block(NUMB, (Piece("b"),)), Piece("c"))


def test_blocks_stand_side_by_side_and_inside_each_other(tmp_path: Path) -> None:
    template = (
        "{% call when(numb) %}1{% call when(fever) %}2{% endcall %}3{% endcall %}"
        "{% call when(fever) %}4{% endcall %}"
    )
    inner = Block(FEVER, (Piece("2"),))
    assert render(tmp_path, template) == (
        Block(NUMB, (Piece("1"), inner, Piece("3"))),
        Block(FEVER, (Piece("4"),)),
    )


def test_a_block_in_a_loop_is_a_block_each_time(tmp_path: Path) -> None:
    template = "{% for one in [numb, fever] %}{% call when(one) %}x{% endcall %}{% endfor %}"
    assert render(tmp_path, template) == (Block(NUMB, (Piece("x"),)), Block(FEVER, (Piece("x"),)))


def test_a_macro_may_hold_blocks(tmp_path: Path) -> None:
    template = (
        "{% macro told(c) %}{% call when(c) %}x{% endcall %}{% endmacro %}"
        "{% call when(numb) %}{{ told(fever) }}{% endcall %}"
    )
    assert render(tmp_path, template) == (Block(NUMB, (Block(FEVER, (Piece("x"),)),)),)


def test_an_empty_block_is_left_out(tmp_path: Path) -> None:
    template = "a{% call when(numb) %}{% call when(fever) %}{% endcall %}{% endcall %}"
    assert render(tmp_path, template) == (Piece("a"),)


def test_the_place_of_the_release_is_marked(tmp_path: Path) -> None:
    assert render(tmp_path, "a{{ release }}b") == (Piece("a"), ReleaseMark(), Piece("b"))


def test_a_block_may_stand_inside_a_tag(tmp_path: Path) -> None:
    parts = render(tmp_path, "<input{% call when(numb) %} checked{% endcall %}>")
    assert parts == (Piece("<input"), Block(NUMB, (Piece(" checked"),)), Piece(">"))


def test_white_space_between_lines_is_one_line_break(tmp_path: Path) -> None:
    assert render(tmp_path, "a  \n\n   b \t\n c d") == (Piece("a\nb\nc d"),)


def test_text_is_escaped(tmp_path: Path) -> None:
    assert render(tmp_path, "{{ '<b>' }}") == (Piece("&lt;b&gt;"),)


def test_a_page_speaks_the_language_it_is_rendered_in(tmp_path: Path) -> None:
    template = (
        '<html lang="{{ lang.code }}" dir="{{ lang.dir }}">{{ _("Rest") }} {{ text|say }}'
        ' {{ url("now/") }} {{ url("now/", "en") }} {{ route }} {{ drawing("tilt", "day") }}'
    )
    where = "/ar/now/ /en/now/ a-page/ /assets/drawings/tilt-day.svg"
    assert render(tmp_path, template, IN_ARABIC) == (
        Piece(f'<html lang="ar" dir="rtl">استرح ارتح {where}'),
    )


def test_one_renderer_speaks_all_languages_in_turn(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text('{{ _("Rest") }}', "utf-8")
    renderer = Renderer(tmp_path, known(), (ENGLISH, ARABIC), FILES)
    page = Page("", "page.html")
    turns = [renderer.render(page, words) for words in (WORDS, IN_ARABIC, WORDS)]
    assert turns == [(Piece("Rest"),), (Piece("استرح"),), (Piece("Rest"),)]


@pytest.mark.parametrize("template", ["{{ nothing }}", "{{ k.nothing }}", "{{ lang.nothing }}"])
def test_a_name_that_there_is_not_is_refused(template: str, tmp_path: Path) -> None:
    with pytest.raises(UndefinedError):
        render(tmp_path, template)


def test_a_text_without_a_translation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="Go on"):
        render(tmp_path, '{{ _("Go on") }}', IN_ARABIC)


@pytest.mark.parametrize("condition", [ALWAYS, NEVER], ids=["always", "never"])
def test_a_constant_condition_is_kept_as_it_is(condition: object, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{% call when(c) %}x{% endcall %}", "utf-8")
    renderer = Renderer(tmp_path, known(), (ENGLISH,), FILES)
    (block,) = renderer.render(Page("", "page.html", lambda _: {"c": condition}), WORDS)
    assert isinstance(block, Block)
    assert block.condition is condition
