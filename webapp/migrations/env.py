"""Run by Alembic: brings the tables up to date over the connection that it was handed."""

from __future__ import annotations

from alembic import context

from webapp.journal.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite cannot alter a column in place
)
with context.begin_transaction():
    context.run_migrations()
