"""What older browsers lack, taken from a newer one: from its pages, or from its worker."""

from __future__ import annotations

from tests.support.browsers import Chromium
from tests.support.in_page import InPage

_IN_PAGE = InPage.beside(__file__)

SCRIPT = _IN_PAGE.calling("growOld")
"""Runs before a script, which then finds an older browser."""


def grows_old(browser: Chromium) -> None:
    """Take from the pages of a browser what those of docs/phones.md may lack."""
    browser.context.add_init_script(SCRIPT)


def hangs(browser: Chromium) -> None:
    """Let the databases of a browser wait for ever to be opened."""
    browser.context.add_init_script(_IN_PAGE.calling("hang"))
