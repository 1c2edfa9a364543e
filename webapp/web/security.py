"""The headers of every answer: static, so that Flask and the phone's worker send the same."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response

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


def init_app(app: Flask) -> None:
    """Send the headers with everything that Flask answers."""

    def secure(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    app.after_request(secure)
