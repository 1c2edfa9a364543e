"""The key by which rate limits tell visitors apart: a keyed hash of the address, never the address.

The key dies with the process, so nobody can be found by what was counted.
"""

from __future__ import annotations

import hmac
import re
import secrets
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from flask import request
from flask_limiter import Limiter

_SECRET = secrets.token_bytes(32)  # of this process: gone when it ends, and never written down
_HOUSEHOLD = 64
"""A connection is given at least so many bits' worth of IPv6 addresses to change between."""


_TRANSLATED = IPv6Network("64:ff9b::/96")
_PORT = re.compile(r"^(?:\[([^\]]*)\](?::\d*)?|([\d.]+):\d*)$")
"""An address as it stands before a port."""


def visitor() -> str:
    """Return a mark that is the same for the same address, as long as this process lives."""
    return hmac.digest(_SECRET, _network(request.remote_addr or "").encode(), "sha256").hex()


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


limiter = Limiter(visitor, storage_uri="memory://")
"""Bound to the app by the factory."""
