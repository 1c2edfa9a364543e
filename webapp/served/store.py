"""Releases that were served: each number and edition belongs to the first that came with it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp.database import insert_new
from webapp.served.models import ServedRelease


def first(session: Session, number: int, edition: int, release: str) -> str:
    """Return the id of the release that was first served under the number and edition.

    It is this one's where there was none.
    """
    key = {"number": number, "edition": edition}
    insert_new(session, ServedRelease, {**key, "release": release})
    session.commit()
    return session.get_one(ServedRelease, (number, edition)).release
