"""Who runs this installation, as its pages name them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operator:
    """A name, and an e-mail address, a phone number or a page; empty where none is given."""

    name: str = ""
    contact: str = ""

    @property
    def link(self) -> str:
        """The address that a tap on the contact leads to."""
        if self.contact.startswith("https://"):
            return self.contact
        if self.contact.startswith("+"):
            return f"tel:{self.contact.replace(' ', '')}"
        return f"mailto:{self.contact}"

    @property
    def is_elsewhere(self) -> bool:
        """Whether the contact is a page of another site."""
        return self.link == self.contact
