"""The about page."""

from __future__ import annotations

from webapp.knowledge.model import Knowledge
from webapp.offline.pages import Page


def pages(knowledge: Knowledge) -> tuple[Page, ...]:
    """Return the about page, with every source."""
    sources = sorted(knowledge.sources.values(), key=lambda source: source.id)
    return (Page("about/", "about/about.html", lambda _: {"sources": sources}),)
