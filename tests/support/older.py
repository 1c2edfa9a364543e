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


def loses_its_worker(browser: Chromium) -> None:
    """Take the way to register a worker from the pages of a browser."""
    browser.context.add_init_script(_IN_PAGE.calling("loseWorker"))


def cannot_read_our_scripts(browser: Chromium) -> None:
    """Let every page's script be one that the browser cannot read."""
    newer = "document.title ?? = 1;"
    browser.context.route(
        "**/js/app.*.js", lambda asked: asked.fulfill(body=newer, content_type="text/javascript")
    )
