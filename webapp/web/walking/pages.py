"""The walking page."""

from webapp.offline.pages import Page

PAGES = (Page("walking/", "walking/walking.html"),)
