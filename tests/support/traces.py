"""Looks for secrets in bytes: whole, in digits, or in the letters of base64."""

from __future__ import annotations

import base64
from collections.abc import Iterable

_FEWEST = 8
"""Fewer letters are found by chance in what means nothing."""


def forms(secret: bytes | str) -> list[bytes]:
    """Return how a secret may be written down."""
    raw = secret.encode() if isinstance(secret, str) else secret
    # In the middle of other bytes base64 begins elsewhere: its ends differ, and are left out.
    encoded = [base64.b64encode(bytes(n) + raw)[4 * (n > 0) : -4] for n in range(3)]
    digits = [raw.hex().encode(), raw.hex().upper().encode()]
    return [raw, *(form for form in [*digits, *encoded] if len(form) >= _FEWEST)]


def forms_of_number(digits: str) -> list[bytes]:
    """Return how an id or a key may be written down: as its digits, or as its bytes."""
    plain = digits.replace("-", "")
    return [*forms(digits), *forms(plain), *forms(bytes.fromhex(plain))]


def found_in(parts: Iterable[bytes], secrets: Iterable[bytes]) -> set[bytes]:
    """Return the secrets that are in one of the parts."""
    parts = list(parts)
    return {secret for secret in secrets if any(secret in part for part in parts)}
