"""The walking page."""

from webapp.release.pages import Page

PAGES = (Page("walking/", "walking/walking.html"),)
