"""The accessibility statement."""

from webapp.release.pages import Page

WRITTEN = "2026-11-30"
"""The day on which the statement was last held against what is tested."""

PAGES = (
    Page(
        "accessibility/",
        "accessibility/accessibility.html",
        lambda _: {"written": WRITTEN},
        deferred=True,
    ),
)
