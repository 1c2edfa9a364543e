"""Translatable clinical text: an English sentence together with its stable content id."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence that a person reads.

    The id is the gettext context, so that a changed English sentence loses exactly its own
    translation and no other.
    """

    id: str
    english: str

    def __str__(self) -> str:
        return self.english
