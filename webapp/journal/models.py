"""The tables. No row says who wrote it, from where, or when; feedback names the day only."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

LONGEST_WORDS = 500
HELPED = ("yes", "partly", "no")

_NAMES = {  # a migration can only change what has a name, and engines make up different ones
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The root of all tables."""

    metadata = MetaData(naming_convention=_NAMES)


class Vault(Base):
    """One person's backup. Only the phone can read it."""

    __tablename__ = "vault"

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    header: Mapped[bytes] = mapped_column(LargeBinary)
    entries: Mapped[int] = mapped_column(default=0)
    bytes: Mapped[int] = mapped_column(BigInteger, default=0)


class VaultEntry(Base):
    """A sealed entry. ``position`` counts within its vault, so that it tells nothing of others."""

    __tablename__ = "vault_entry"
    __table_args__ = (UniqueConstraint("vault", "id"), {"sqlite_with_rowid": False})

    vault: Mapped[bytes] = mapped_column(
        ForeignKey("vault.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[bytes] = mapped_column(LargeBinary(16))
    sequence: Mapped[int] = mapped_column(BigInteger)
    body: Mapped[bytes] = mapped_column(LargeBinary)


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
