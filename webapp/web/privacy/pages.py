"""The privacy page."""

from webapp.release.pages import Page

PAGES = (Page("privacy/", "privacy/privacy.html", deferred=True),)
