"""What a browser may throw away of all that a phone keeps, under a page of the app."""

from __future__ import annotations

from tests.support.browsers import Browser
from tests.support.in_page import InPage

_IN_PAGE = InPage.beside(__file__)


def lose_worker(browser: Browser) -> None:
    """Take the worker away, and with it every answer without a network."""
    browser.call(_IN_PAGE, "loseWorker")


def lose_databases(browser: Browser) -> None:
    """Throw every database away; one that a page holds goes once that page has gone."""
    browser.call(_IN_PAGE, "loseDatabases")


def lose_caches(browser: Browser) -> None:
    """Throw every cache away."""
    browser.call(_IN_PAGE, "loseCaches", "")


def lose_journal(browser: Browser) -> None:
    """Throw the journal's database and its mirror away, and nothing else."""
    lose_databases(browser)
    browser.call(_IN_PAGE, "loseCaches", "journal-")


def lose_texts(browser: Browser) -> None:
    """Throw small texts away."""
    browser.call(_IN_PAGE, "loseTexts")


def lose_store(browser: Browser) -> None:
    """Throw away all that the browser keeps for this site, but not the worker."""
    lose_databases(browser)
    lose_caches(browser)
    lose_texts(browser)
