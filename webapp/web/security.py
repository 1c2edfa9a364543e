"""The headers of every answer, and whether a page of another site sends a request.

The headers are static, so that Flask and the phone's worker send the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask import Flask, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types sw",
)
CONTENT_SECURITY_POLICY = "; ".join(_POLICY)

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    # Our own pages must be able to tell our own forms from foreign ones (static/worker/routing.js).
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    # What "frame-ancestors" says, for those who look for it here.
    "X-Frame-Options": "DENY",
    # A foreign page must not aim a form at a window of ours.
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), payment=(), usb=(), geolocation=(self), screen-wake-lock=(self)"
    ),
}

PAGE_HEADERS: Mapping[str, str] = {
    **HEADERS,
    "Content-Type": "text/html; charset=utf-8",
    # Not "no-store": with it the browser's Back shows an error instead of the step before.
    "Cache-Control": "no-cache",
}

_OURS = ("same-origin", "none")
"""What a browser says of what our own pages send, and of what a person has typed."""


def is_foreign(environ: WSGIEnvironment, origin: str = "") -> bool:
    """Return whether a browser says that another site's page sends this.

    A page of a release is the same for everybody and kept on phones, so it can carry no token
    against forged posts. The browser says who posts: by ``Sec-Fetch-Site``, which no page can set;
    Safari before 16.4, and all on a plain network address, by ``Origin`` alone. That is held
    against ``origin``, where people find the site, or else against the host that was asked: behind
    a proxy the server does not know its own scheme. What says neither is no browser that a page
    could misuse, or asks without changing anything.
    """
    site = environ.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site not in _OURS
    sender = environ.get("HTTP_ORIGIN")
    if sender is None:
        return False
    host = environ.get("HTTP_HOST", "").lower()
    return sender not in ((origin,) if origin else (f"http://{host}", f"https://{host}"))


def init_app(app: Flask) -> None:
    """Send the headers with everything that Flask answers."""

    def secure(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    app.after_request(secure)
