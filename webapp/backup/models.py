"""The tables of sealed backups. No row says whose it is, from where, or when."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import ADDED, Base


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


class VaultRemoval(Base):
    """The place of an entry that was taken away: nothing is put there again."""

    __tablename__ = "vault_removal"
    __table_args__ = ({"sqlite_with_rowid": False, "info": ADDED},)

    vault: Mapped[bytes] = mapped_column(
        ForeignKey("vault.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    position: Mapped[int]
