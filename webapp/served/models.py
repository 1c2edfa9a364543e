"""The table of releases that were served: numbers and ids, and nothing of anybody."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import ADDED, Base


class ServedRelease(Base):
    """The release that was first served under a number and an edition of it."""

    __tablename__ = "served_release"
    __table_args__ = ({"sqlite_with_rowid": False, "info": ADDED},)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    release: Mapped[str] = mapped_column(String(12))
