"""The key by which rate limits tell visitors apart: a keyed hash of the address, never the address.

The key dies with the process, so nobody can be found by what was counted.
"""

from __future__ import annotations

import hmac
import secrets
from ipaddress import IPv6Address, IPv6Network, ip_address

from flask import request
from flask_limiter import Limiter

_SECRET = secrets.token_bytes(32)  # of this process: gone when it ends, and never written down
_HOUSEHOLD = 64
"""A connection is given at least so many bits' worth of IPv6 addresses to change between."""


def visitor() -> str:
    """Return a mark that is the same for the same address, as long as this process lives."""
    return hmac.digest(_SECRET, _network(request.remote_addr or "").encode(), "sha256").hex()


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(IPv6Network((int(parsed), _HOUSEHOLD), strict=False))
    return str(parsed)


limiter = Limiter(visitor, storage_uri="memory://")
"""Bound to the app by the factory."""
