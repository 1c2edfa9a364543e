"""What the log says of a request that failed: the kind of the fault and the request's id.

The text of a fault is left out: it may hold what was asked.
"""

from __future__ import annotations

import sqlite3
from traceback import format_tb

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import InternalServerError

from webapp.database import UnusableDatabase, kind
from webapp.web import request_id

_OF_A_DATABASE = (SQLAlchemyError, sqlite3.Error, UnusableDatabase)


class Known(InternalServerError):
    """A failure of which the log tells elsewhere."""


def log(what: str, fault: Exception, *, places: bool = False) -> None:
    """Write a line: what failed, the kind of the fault, and the current request's id.

    ``places`` adds where a fault of our own came from, a line of source each.
    """
    line = f"{what}: {kind(fault)} (request {request_id.current()})"
    if places and not isinstance(fault, _OF_A_DATABASE):
        line = "\n".join((line, *format_tb(fault.__traceback__))).rstrip()
    current_app.logger.error("%s", line)
