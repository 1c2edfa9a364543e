"""What we know, loaded once for all tests of a process: it is frozen."""

from __future__ import annotations

from functools import cache

from webapp.knowledge import loader
from webapp.knowledge.model import Knowledge


@cache
def known() -> Knowledge:
    """Return the knowledge of the checkout."""
    return loader.load()
