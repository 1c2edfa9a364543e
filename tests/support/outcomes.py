"""What comes of a posted form: the server's answer and the worker's, to be compared."""

from __future__ import annotations

import base64
import hashlib
import http.client
from collections.abc import Sequence
from contextlib import closing

from tests.support.browsers import Browser
from tests.support.server import Server
from tests.support.worker import IN_PAGE

HEADERS = (
    "content-type",
    "content-language",
    "cache-control",
    "content-security-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
)
"""The headers that must be the same."""
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

Outcome = tuple[int, str, tuple[str | None, ...]]
"""Status, hash of the body, and headers."""


def from_flask(server: Server, path: str, bodies: Sequence[bytes]) -> list[Outcome]:
    """Return status, hash of the body and headers of each answer of the server."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as connection:
        return [_outcome(connection, path, body) for body in bodies]


def from_phone(browser: Browser, path: str, bodies: Sequence[bytes]) -> list[Outcome]:
    """Return the same of each answer that a page of ours gets from its worker."""
    coded = [base64.b64encode(body).decode() for body in bodies]
    answers = browser.call(IN_PAGE, "post", path, coded, HEADERS)
    return [(status, digest, tuple(headers)) for status, digest, headers in answers]


def _outcome(connection: http.client.HTTPConnection, path: str, body: bytes) -> Outcome:
    connection.request("POST", path, body, FORM)
    response = connection.getresponse()
    digest = hashlib.sha256(response.read()).hexdigest()
    return response.status, digest, tuple(response.getheader(name) for name in HEADERS)
