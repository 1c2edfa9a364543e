"""The help card."""

from webapp.release.pages import Page

PAGES = (Page("help-card/", "help_card/help_card.html"),)
