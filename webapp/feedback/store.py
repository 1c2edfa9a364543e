"""What people said about the pages: kept once, counted by month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.database import insert_new
from webapp.feedback.models import Feedback


@dataclass(frozen=True, slots=True, order=True)
class Count:
    """How many people of a month said the same of a page, in a language and a release."""

    month: str
    page: str
    language: str
    release: str
    helped: str
    count: int


def keep(session: Session, row: Feedback) -> None:
    """Add the row; where its id is known already, the first one stays as it is."""
    values = {column.key: getattr(row, column.key) for column in Feedback.__table__.columns}
    insert_new(session, Feedback, values)
    session.commit()


def counts(session: Session) -> list[Count]:
    """Return how often each thing was said, the earliest month first."""
    columns = (Feedback.day, Feedback.page, Feedback.language, Feedback.release, Feedback.helped)
    found: Counter[tuple[str, str, str, str, str]] = Counter()
    for day, *said, count in session.execute(select(*columns, func.count()).group_by(*columns)):
        page, language, release, helped = said
        found[f"{day:%Y-%m}", page, language, release, helped] += count
    return sorted(Count(*key, count) for key, count in found.items())


def with_words(session: Session) -> list[Feedback]:
    """Return every row in which somebody wrote something, the earliest day first."""
    order = (Feedback.day, Feedback.page, Feedback.language, Feedback.id)
    return list(session.scalars(select(Feedback).where(Feedback.words != "").order_by(*order)))
