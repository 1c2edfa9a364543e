"""``/readyz``: what a balancer asks before it sends people here, and what an operator looks at.

Pages need no database, so a machine whose database does not answer stays in use: the answer is 200,
with the database in a field.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

from flask import Flask, Response, current_app, jsonify
from sqlalchemy import text

from webapp.database import UnusableDatabase, is_trouble
from webapp.extensions import session

_PATIENCE_S = 0.5
"""Half of what those who ask are used to wait."""


class Probe:
    """Asks the database in a thread of its own, once at a time however many want to know."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._thread = ThreadPoolExecutor(1, "probe")
        self._turn = Lock()
        self._asked: Future[str] | None = None

    def word(self) -> str:
        """Return "ok", "later", "unusable" (somebody has to put it right) or "silent"."""
        with self._turn:
            if self._asked is None or self._asked.done():
                self._asked = self._thread.submit(self._ask)
            asked = self._asked
        try:
            return asked.result(_PATIENCE_S)
        except TimeoutError:
            return "silent"

    def _ask(self) -> str:
        try:
            with self._app.app_context():
                session().execute(text("select 1"))
        except UnusableDatabase:
            return "unusable"
        except Exception as fault:
            if not is_trouble(fault):
                raise
            return "later"
        return "ok"


def init_app(app: Flask) -> None:
    """Answer ``/readyz``."""
    probe = Probe(app)

    def readiness() -> Response:
        """Say that pages are answered, and how the database is."""
        response = jsonify(
            status="ok", release=current_app.config["RELEASE_ID"], database=probe.word()
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    app.add_url_rule("/readyz", "readiness", readiness)
