"""The page for the first minutes, and the way up from the floor."""

from webapp.release.pages import Page

PAGES = (
    Page("now/", "now/now.html"),
    Page("now/floor/", "now/floor.html"),
)
