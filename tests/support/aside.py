"""A page that the browser has put aside, where no other tab reaches it, and shows again."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.support.in_page import InPage

_IN_PAGE = InPage.beside(__file__)


def is_put_aside(page: Page) -> None:
    """Let a page hear of no small text that another tab writes."""
    page.evaluate(_IN_PAGE.caller("hearNothing"), [])


def tells_nothing(page: Page) -> None:
    """Let a page tell other tabs nothing, as if those were all put aside."""
    page.evaluate(_IN_PAGE.caller("tellNothing"), [])


def comes_back(page: Page) -> None:
    """Show a page again, out of the browser's memory."""
    page.evaluate(_IN_PAGE.caller("comeBack"), [])
