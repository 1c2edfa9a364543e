"""The pages for errors: part of the release, so translated and always there."""

from webapp.release.pages import Page

NOT_FOUND = "not-found/"
FAILED = "failed/"
NOT_HERE_YET = "later/"
"""What a phone shows in place of a page that has not reached it yet."""
PAGES = (
    Page(NOT_FOUND, "errors/not_found.html", status=404),
    Page(FAILED, "errors/error.html", status=500),
    Page(NOT_HERE_YET, "errors/not_here_yet.html", status=503),
)
