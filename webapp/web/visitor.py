"""The mark by which rate limits tell visitors apart: a keyed hash, never the address.

Where a server counts for itself, the key dies with it, so that nobody can be found by what was
counted. Servers that count together need one key: it follows from the address of their database
with its password, which the store of the counts does not know.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from flask import Flask, current_app, request
from flask_limiter import Limiter

_PATIENCE_S = 0.5
"""So long may the shared store take; then this process counts for itself until it is back."""
_HOUSEHOLD = 64
"""A connection is given at least so many bits' worth of IPv6 addresses to change between."""


_TRANSLATED = IPv6Network("64:ff9b::/96")
_PORT = re.compile(r"^(?:\[([^\]]*)\](?::\d*)?|([\d.]+):\d*)$")
"""An address as it stands before a port."""


def visitor() -> str:
    """Return a mark that is the same for the same address, as long as the key is the same."""
    key = current_app.config["VISITOR_KEY"]
    return hmac.digest(key, _network(request.remote_addr or "").encode(), "sha256").hex()


def _network(address: str) -> str:
    """Return whose address it is, as a proxy may write it; the same for all that cannot be read."""
    bare = _PORT.sub(r"\1\2", address.strip())
    try:
        parsed = ip_address(bare)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address):
        within = _carried(parsed)
        return str(within or IPv6Network((int(parsed), _HOUSEHOLD), strict=False))
    return str(parsed)


def _carried(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address within: else all of IPv4 would share one mark."""
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped


limiter = Limiter(visitor, in_memory_fallback_enabled=True)
"""Bound to the app by the factory."""


def init_app(app: Flask, store: str, shared_secret: str) -> None:
    """Count in a store, such as ``redis://host:6379``, or in this process where it is empty."""
    app.config["RATELIMIT_STORAGE_URI"] = store or "memory://"
    if store:
        app.config["RATELIMIT_STORAGE_OPTIONS"] = {
            "socket_connect_timeout": _PATIENCE_S,
            "socket_timeout": _PATIENCE_S,
        }
        key = hashlib.sha256(f"easeback limits {shared_secret}".encode()).digest()
    else:
        key = secrets.token_bytes(32)
    app.config["VISITOR_KEY"] = key
    limiter.init_app(app)
