"""The pages for errors: part of the release, so translated and always there."""

from webapp.release.pages import Page

NOT_FOUND = "not-found/"
FAILED = "failed/"
LATER = "later/"
"""What a phone shows in place of a page that has not reached it yet."""
PAGES = (
    Page(NOT_FOUND, "errors/not_found.html", status=404),
    Page(FAILED, "errors/error.html", status=500),
    Page(LATER, "errors/later.html", status=503),
)
