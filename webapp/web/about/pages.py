"""The about page."""

from __future__ import annotations

from msgspec import structs

from webapp.knowledge.model import Knowledge, Section
from webapp.knowledge.reviews import Reviews
from webapp.release.pages import Page, Words

_ROUTES = {
    "now.yaml": "now/",
    "thermal.yaml": "heat-or-ice/",
    "walking.yaml": "walking/",
    "exercises.yaml": "exercises/",
    "about.yaml": "about/",
}
"""The page that shows all sections of a file."""
_NOT_REVIEWED = "about-not-reviewed"
"""The statement that is true while there is no review."""


def pages(knowledge: Knowledge) -> tuple[Page, ...]:
    """Return the about page, with every source, hazard and recommendation."""
    sources = sorted(knowledge.sources.values(), key=lambda source: source.id)
    covered = [(row, _ROUTES[knowledge.file_of[row.said_at]]) for row in knowledge.coverage]
    values = {"sources": sources, "covered": covered}

    def context(words: Words) -> dict[str, object]:
        standing = Reviews(knowledge).standing(words.language.code, words.say)
        return {**values, "sections": _sections(knowledge, is_reviewed=standing != "none")}

    return (Page("about/", "about/about.html", context, deferred=True),)


def _sections(knowledge: Knowledge, *, is_reviewed: bool) -> dict[str, Section]:
    """Return the sections without the statement that nobody has reviewed this, if somebody has."""
    left_out = {_NOT_REVIEWED} if is_reviewed else set()
    return {
        name: structs.replace(
            section, statements=tuple(s for s in section.statements if s.id not in left_out)
        )
        for name, section in knowledge.sections.items()
    }
