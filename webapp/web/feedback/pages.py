"""The page that asks whether this helped, and the one that thanks."""

from __future__ import annotations

from collections.abc import Mapping

from webapp.release.pages import Page

ASKING = "feedback/"
THANKS = "feedback/thanks/"
BLANK: Mapping[str, object] = {
    "given": {"id": "", "page": "", "release": "", "helped": "", "words": ""},
    "faults": frozenset(),
}
"""The form with nothing in it: how the release has it, on every phone the same."""

PAGES = (
    Page(ASKING, "feedback/feedback.html", lambda _: BLANK, deferred=True),
    Page(THANKS, "feedback/thanks.html", deferred=True),
)
