"""What a page is before it is rendered, and the words it is rendered with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from webapp.knowledge.texts import Text


class Language(Protocol):
    """A language as templates see it."""

    @property
    def code(self) -> str:
        """The code in the URL, such as "en"."""

    @property
    def name(self) -> str:
        """The language's name in itself."""

    @property
    def dir(self) -> str:
        """The writing direction, "ltr" or "rtl"."""


class Words(Protocol):
    """The words of one language, as the renderer needs them."""

    @property
    def language(self) -> Language:
        """The language that these words are in."""

    def gettext(self, english: str) -> str:
        """Return the interface text in this language."""

    def pgettext(self, context: str, english: str) -> str:
        """Return the interface text that is said in this context in this language."""

    def say(self, text: Text) -> str:
        """Return the clinical text in this language."""


Context = Callable[[Words], Mapping[str, object]]


def no_context(_: Words) -> Mapping[str, object]:
    """Return the context of a page that needs nothing but the knowledge."""
    return {}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of every language: its route below ``/<lang>/``, its template and its own values.

    ``answers`` marks the page that depends on posted answers. ``status`` is the HTTP status of the
    others. ``deferred`` marks a page that nobody needs while the back is locked: a phone fetches it
    after all that makes it ready.
    """

    route: str
    template: str
    context: Context = no_context
    answers: bool = False
    status: int = 200
    deferred: bool = False
