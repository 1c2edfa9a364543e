"""Flask extensions, made once and bound to the app by the factory."""

from __future__ import annotations

from flask_limiter import Limiter
from flask_sqlalchemy import SQLAlchemy

from webapp.web.visitor import visitor

db = SQLAlchemy()
limiter = Limiter(visitor, storage_uri="memory://")
