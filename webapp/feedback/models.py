"""The table of feedback. No row says who wrote it or from where, and it names the day only."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Base

LONGEST_WORDS = 500
HELPED = ("yes", "partly", "no")


class Feedback(Base):
    """One answer to "Did this help?"; its id is made where it is written, so it counts once."""

    __tablename__ = "feedback"
    __table_args__ = (
        CheckConstraint(f"helped in {HELPED}", name="helped"),
        CheckConstraint(f"length(words) <= {LONGEST_WORDS}", name="words"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    day: Mapped[dt.date]
    helped: Mapped[str] = mapped_column(String(6))
    page: Mapped[str] = mapped_column(String(100))
    language: Mapped[str] = mapped_column(String(10))
    release: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS), default="")
