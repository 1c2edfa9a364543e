"""Walks as a phone keeps them, told from the morning of one known day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

Walk = dict[str, Any]
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TODAY = (NOW - datetime(1970, 1, 1, tzinfo=UTC)).days


def walk(ago: int, minutes: int, before: int, most: int, morning: str = "yes") -> Walk:
    """Return a walk some days ago."""
    pain = {"before": before, "most": most, "morning": morning}
    return {"day": TODAY - ago, "minutes": minutes, **pain}


GOOD = walk(2, 5, 3, 5), walk(1, 5, 3, 4)
