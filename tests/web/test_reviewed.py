"""What the app says of its reviews follows from them, on every page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from tests.support.known import known
from tests.support.site import build
from webapp.i18n import catalogues
from webapp.i18n.locales import ENGLISH
from webapp.knowledge import loader
from webapp.knowledge.model import Knowledge, Review
from webapp.knowledge.reviews import Reviews, content_hash
from webapp.web import site
from webapp.web.site import Build

NONE = "No clinician has reviewed this yet."
SOME = "Clinicians have reviewed parts of this, not all."
ALL = "Clinicians have reviewed these rules and this advice."
_OF_REVIEWS = re.compile(r"[^.<>\n]*\bclinicians?\b[^.<>\n]*\breviewed\b[^.<>\n]*\.", re.IGNORECASE)


def reviewed(*identities: str) -> Knowledge:
    subjects = Reviews(known()).subjects
    return replace(
        known(),
        reviews=tuple(
            Review(
                of=identity,
                role="Surgeon",
                registration="GMC 1",
                date=date(2026, 12, 1),
                content=content_hash(subjects[identity]),
            )
            for identity in identities
        ),
    )


def site_of(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Build:
    monkeypatch.setattr(loader, "load", lambda: knowledge)
    return site.build(catalogues.load((ENGLISH,)))


def said(built: Build) -> set[str]:
    """Return what the pages say of reviews, one sentence a page."""
    found = set()
    for route in ("", "check/", "now/", "about/"):
        page = built.release.page("en", route).decode()
        (sentence,) = set(_OF_REVIEWS.findall(page))
        found.add(sentence)
    return found


def test_today_nobody_has_reviewed_this_and_every_page_says_so() -> None:
    assert said(build()) == {NONE}


def test_one_review_is_told_as_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    built = site_of(reviewed("saddle"), monkeypatch)
    assert said(built) == {SOME}


def test_all_reviewed_is_told_as_all(monkeypatch: pytest.MonkeyPatch) -> None:
    built = site_of(reviewed(*Reviews(known()).subjects), monkeypatch)
    assert said(built) == {ALL}


def test_a_review_of_other_words_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stale = tuple(
        replace_hash(review, "0" * 32) for review in reviewed("saddle", "advice-urgent").reviews
    )
    built = site_of(replace(known(), reviews=stale), monkeypatch)
    assert said(built) == {NONE}


def replace_hash(review: Review, content: str) -> Review:
    return Review(
        of=review.of,
        role=review.role,
        registration=review.registration,
        date=review.date,
        content=content,
    )
