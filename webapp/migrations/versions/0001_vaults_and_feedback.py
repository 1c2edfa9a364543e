"""Tables for vaults, their entries, and feedback."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "vault",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("header", sa.LargeBinary(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_vault"),
    )
    op.create_table(
        "vault_entry",
        sa.Column("vault", sa.LargeBinary(16), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("vault", "position", name="pk_vault_entry"),
        sa.UniqueConstraint("vault", "id", name="uq_vault_entry_vault"),
        sa.ForeignKeyConstraint(
            ["vault"], ["vault.id"], name="fk_vault_entry_vault", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("helped", sa.String(6), nullable=False),
        sa.Column("page", sa.String(100), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("release", sa.String(12), nullable=False),
        sa.Column("words", sa.String(500), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.CheckConstraint("helped in ('yes', 'partly', 'no')", name="ck_feedback_helped"),
        sa.CheckConstraint("length(words) <= 500", name="ck_feedback_words"),
    )


def downgrade() -> None:
    for table in ("feedback", "vault_entry", "vault"):
        op.drop_table(table)
