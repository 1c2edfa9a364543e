"""Render a template to the parts of a page: pieces of HTML, some shown only on a condition.

Templates are ordinary Jinja. ``{% call when(condition) %}`` marks a block for people for whom the
condition surely holds; the renderer turns the marks into a tree, so that a template is written once
and never evaluated on the phone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Protocol

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    select_autoescape,
)
from jinja2.bccache import Bucket
from markupsafe import Markup

from webapp.knowledge.conditions import Condition
from webapp.knowledge.model import Knowledge
from webapp.release.pages import Language, Page, Words

_OPEN, _CLOSE, _RELEASE = "\x02", "\x03", "\x04"
_MARK = re.compile(f"({_OPEN}\\d+{_OPEN}|{_CLOSE}|{_RELEASE})")
_SPACE = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """HTML that is the same for everybody who sees it."""

    html: str


@dataclass(frozen=True, slots=True)
class ReleaseMark:
    """The place where the release's id stands; it is known only once all else is rendered."""


@dataclass(frozen=True, slots=True)
class Block:
    """Parts that are shown where the condition surely holds."""

    condition: Condition
    parts: tuple[Part, ...]


Part = Piece | ReleaseMark | Block


class Files(Protocol):
    """The files that pages refer to."""

    @property
    def heights(self) -> Mapping[str, int]:
        """The height of each drawing."""

    @property
    def from_the_front(self) -> Collection[str]:
        """The poses that are seen from the front or the back."""

    @property
    def moving(self) -> Collection[str]:
        """The exercises whose drawing can move."""

    def url(self, path: str) -> str:
        """Return the address of a file; raise KeyError if there is none."""


class _Compiled(BytecodeCache):
    """The code of each template, compiled once for the environments of all languages.

    They differ in what a filter says, and the code looks filters up by name.
    """

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket the code of this source, if there is one."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of this source."""
        assert bucket.code is not None
        self._code[bucket.key, bucket.checksum] = bucket.code


class Renderer:
    """Renders pages of one knowledge with one set of assets."""

    def __init__(
        self,
        templates: Path,
        knowledge: Knowledge,
        languages: Sequence[Language],
        files: Files,
        **more: object,
    ) -> None:
        """Prepare the templates; ``more`` is what they may name besides, the same on every page."""
        self._languages = tuple(languages)
        self._environments: dict[str, Environment] = {}
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=select_autoescape(),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_Compiled(),
        )
        self._environment.globals.update(
            k=knowledge,
            languages=self._languages,
            asset=files.url,
            heights=files.heights,
            from_the_front=files.from_the_front,
            moving=files.moving,
            drawing=lambda pose, scheme: files.url(f"drawings/{pose}-{scheme}.svg"),
            release=Markup(_RELEASE),  # noqa: S704 a constant of ours
            checked_on=knowledge.newest_check.isoformat(),
            **more,
        )

    def render(self, page: Page, words: Words) -> tuple[Part, ...]:
        """Return the parts of the page in one language; raise what Jinja raises for a bad one."""
        conditions: list[Condition] = []

        def when(condition: Condition, caller: Callable[[], str]) -> Markup:
            conditions.append(condition)
            mark = f"{_OPEN}{len(conditions) - 1}{_OPEN}"
            return Markup(mark) + caller() + Markup(_CLOSE)  # noqa: S704 marks of ours

        values = {**page.context(words), "route": page.route, "when": when}
        tokens = iter(_MARK.split(self.plain(page.template, words, values)))
        return tuple(_parts(tokens, conditions))

    def draw(self, page: Page, words: Words, values: Mapping[str, object], release: str) -> str:
        """Return a page's HTML with these values in place of its own; none may hold a mark."""
        html = self.plain(page.template, words, {**values, "route": page.route})
        return html.replace(_RELEASE, release)

    def plain(self, template: str, words: Words, values: Mapping[str, object] | None = None) -> str:
        """Return the template's HTML in one language, marks and all."""

        def url(route: str, code: str = words.language.code) -> str:
            return f"/{code}/{route}"

        html = (
            self._speaking(words)
            .get_template(template)
            .render(
                **(values or {}),
                lang=words.language,
                url=url,
                _=words.gettext,
                pgettext=words.pgettext,
            )
        )
        return _SPACE.sub("\n", html)

    def _speaking(self, words: Words) -> Environment:
        """Return the environment whose filters speak the language, made once."""
        code = words.language.code
        if code not in self._environments:
            environment = self._environment.overlay()
            environment.filters = {**environment.filters, "say": words.say}
            self._environments[code] = environment
        return self._environments[code]


def _parts(tokens: Iterator[str], conditions: Sequence[Condition]) -> Iterator[Part]:
    """Yield the parts up to the end of the block that the tokens are in."""
    for token in tokens:
        if token == _CLOSE:
            return
        if token == _RELEASE:
            yield ReleaseMark()
        elif token.startswith(_OPEN):
            inner = tuple(_parts(tokens, conditions))
            if inner:
                yield Block(conditions[int(token.strip(_OPEN))], inner)
        elif token:
            yield Piece(token)
