"""A table of entries that were taken away; a process of the release before knows nothing of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "vault_removal",
        sa.Column("vault", sa.LargeBinary(16), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("vault", "id", name="pk_vault_removal"),
        sa.ForeignKeyConstraint(
            ["vault"], ["vault.id"], name="fk_vault_removal_vault", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("vault_removal")
