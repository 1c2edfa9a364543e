"""The page for the first minutes."""

from webapp.offline.pages import Page

PAGES = (Page("now/", "now/now.html"),)
