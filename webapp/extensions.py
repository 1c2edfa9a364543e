"""Flask extensions, made once and bound to the app by the factory."""

from __future__ import annotations

from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()
