"""``/readyz`` and ``/healthz``: what a balancer and an operator ask, and what the log says of it.

Pages need no database, so a machine whose database does not answer stays in use: ``/readyz`` is
200, with the database in a field; ``/healthz`` fails where the database does.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

from flask import Flask, Response, current_app, jsonify
from sqlalchemy import text

from webapp.database import UnusableDatabase, is_trouble, kind
from webapp.extensions import session
from webapp.web.failures import Known

_PATIENCE_S = 0.5
"""Half of what those who ask are used to wait."""
_OK = "ok"
_STANDING = {_OK: "answers", "later": "is away", "silent": "is away", "unusable": "is unusable"}
"""What the log says of a word; of a database that hangs two take turns."""


class Probe:
    """Asks the database in a thread of its own, once at a time however many want to know."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._thread = ThreadPoolExecutor(1, "probe")
        self._turn = Lock()
        self._asked: Future[str] | None = None
        self._seen = _STANDING[_OK]

    def word(self) -> str:
        """Return "ok", "later", "unusable" (somebody has to put it right) or "silent"."""
        with self._turn:
            if self._asked is None or self._asked.done():
                self._asked = self._thread.submit(self.ask)
            asked = self._asked
        try:
            return asked.result(_PATIENCE_S)
        except TimeoutError:
            return self._now("silent", f"no answer within {_PATIENCE_S} s")

    def ask(self) -> str:
        """Return "ok", "later" or "unusable", however long the database takes to say so."""
        try:
            with self._app.app_context():
                session().execute(text("select 1"))
        except Exception as fault:
            if not is_trouble(fault):
                raise
            word = "unusable" if isinstance(fault, UnusableDatabase) else "later"
            return self._now(word, kind(fault))
        return self._now(_OK, "all is well again")

    def _now(self, word: str, why: str) -> str:
        """Return the word; where it means another standing than before, log that in one line."""
        with self._turn:
            before, self._seen = self._seen, _STANDING[word]
            if self._seen != before:
                self._app.logger.warning("The database %s: %s", self._seen, why)
        return word


def init_app(app: Flask) -> None:
    """Answer ``/readyz`` and ``/healthz``."""
    probe = Probe(app)

    def readiness() -> Response:
        """Say that pages are answered, and how the database is."""
        response = jsonify(
            status="ok", release=current_app.config["RELEASE_ID"], database=probe.word()
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    def health() -> Response:
        """Say that the server answers and its database too; fail if that does not."""
        if probe.ask() != _OK:
            raise Known
        return jsonify(status="ok", release=current_app.config["RELEASE_ID"])

    app.add_url_rule("/readyz", "readiness", readiness)
    app.add_url_rule("/healthz", "health", health)
