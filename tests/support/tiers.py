"""Which tests run when: without a browser, before a commit, or before an issue is resolved.

A test is `browser` by what it uses, so that nobody has to remember it: it stands in tests/browser,
or one of its fixtures opens a browser. What is long by nature says that it is `soak`, and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

OPENS_A_BROWSER = frozenset(("playwright", "prepared"))
"""The fixtures of tests/conftest.py from which every browser of a test comes."""
_FOLDER = Path(__file__).resolve().parents[1] / "browser"


def mark(items: Sequence[pytest.Item]) -> None:
    """Mark the tests that need a browser; raise UsageError where a soak test does not say why."""
    for item in items:
        if _needs_a_browser(item):
            item.add_marker("browser")
        for marker in item.iter_markers("soak"):
            if not any(marker.args):
                raise pytest.UsageError(f"{item.nodeid}: a soak test says why it is one")


def soak(*values: Any, why: str) -> Any:
    """Return the parameters of a test that is long by nature, with these values."""
    return pytest.param(*values, marks=pytest.mark.soak(why))


def _needs_a_browser(item: pytest.Item) -> bool:
    uses = getattr(item, "fixturenames", ())
    return _FOLDER in item.path.parents or not OPENS_A_BROWSER.isdisjoint(uses)
