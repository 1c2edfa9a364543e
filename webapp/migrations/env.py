"""Run by Alembic: brings the tables up to date over the connection that it was handed."""

from __future__ import annotations

from alembic import context

import webapp.backup.models
import webapp.feedback.models
import webapp.served.models  # noqa: F401 its table, and those before, belong to Base
from webapp.database import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite cannot alter a column in place
)
with context.begin_transaction():
    context.run_migrations()
