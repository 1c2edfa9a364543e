"""The home page."""

from webapp.release.pages import Page

PAGES = (Page("", "home/home.html"),)
