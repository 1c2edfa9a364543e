"""The files that a phone keeps of a release: which they are, and what may become of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.support.browsers import Browser
from tests.support.in_page import InPage

_IN_PAGE = InPage.beside(__file__)


@dataclass
class KeptFiles:
    """The caches behind the page that is shown; a file's name is without its digest."""

    browser: Browser

    def addresses(self) -> list[str]:
        """Return the address of everything that is kept."""
        return list(self._call("addresses"))

    def whole(self) -> list[str]:
        """Return the files whose content is the one that their address promises."""
        return list(self._call("whole"))

    def spoils(self, file: str) -> None:
        """Put something else in the place of a file."""
        assert self._call("spoil", file), f"{file} is not kept"

    def loses(self, file: str) -> None:
        """Take a file away."""
        assert self._call("lose", file), f"{file} is not kept"

    def _call(self, name: str, *arguments: object) -> Any:
        return self.browser.call(_IN_PAGE, name, *arguments)
