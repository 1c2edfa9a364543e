"""The about page."""

from __future__ import annotations

from webapp.knowledge.model import Knowledge
from webapp.release.pages import Page

_ROUTES = {
    "now.yaml": "now/",
    "thermal.yaml": "heat-or-ice/",
    "walking.yaml": "walking/",
    "exercises.yaml": "exercises/",
    "about.yaml": "about/",
}
"""The page that shows all sections of a file."""


def pages(knowledge: Knowledge) -> tuple[Page, ...]:
    """Return the about page, with every source, hazard and recommendation."""
    sources = sorted(knowledge.sources.values(), key=lambda source: source.id)
    covered = [(row, _ROUTES[knowledge.file_of[row.said_at]]) for row in knowledge.coverage]
    values = {"sources": sources, "covered": covered}
    return (Page("about/", "about/about.html", lambda _: values, deferred=True),)
