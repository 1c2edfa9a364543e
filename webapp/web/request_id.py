"""The id of a request that reaches Flask: in a header of its answer, and in the log if it fails.

By it a person who reports a fault and the line in the log are brought together. It is made by
chance, and kept nowhere else.
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from flask import Flask, Response, request

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

HEADER = "X-Request-ID"
_KEY = "easeback.request_id"
_PLAIN = re.compile(r"[A-Za-z0-9._-]{8,64}")


def give(environ: WSGIEnvironment, *, trusts: bool) -> str:
    """Return the id of a request, which has the same one from then on.

    ``trusts`` says that the header comes from a server of our own, which may have given one.
    """
    identity = environ.get(_KEY)
    if not identity:
        sent = environ.get(f"HTTP_{HEADER.upper().replace('-', '_')}", "")
        is_theirs = trusts and _PLAIN.fullmatch(sent)
        environ[_KEY] = identity = sent if is_theirs else secrets.token_hex(8)
    return str(identity)


def current() -> str:
    """Return the id of the request that Flask is at."""
    return str(request.environ[_KEY])


def init_app(app: Flask) -> None:
    """Give every request an id."""

    def begin() -> None:
        give(request.environ, trusts=app.config["PROXIES"] > 0)

    def tell(response: Response) -> Response:
        response.headers[HEADER] = current()
        return response

    app.before_request(begin)
    app.after_request(tell)
