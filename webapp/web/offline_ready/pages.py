"""The page that says whether this phone is ready."""

from webapp.release.pages import Page

PAGES = (Page("offline/", "offline_ready/offline_ready.html"),)
