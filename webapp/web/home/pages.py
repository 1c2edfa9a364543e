"""The home page."""

from webapp.offline.pages import Page

PAGES = (Page("", "home/home.html"),)
