"""How long the journal's page takes with many entries, against the same page with few.

A real Chromium at a phone's size, its processor slowed 4 times, the server dead. The reference of
the same run is the same page with 10 entries; the other one is the bare reading of all records.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.support.in_page import InPage
from tests.support.prepared import prepared_phone

MANY, FEW, TURNS, SLOWED = 10_000, 10, 7, 4
_IN_PAGE = InPage.beside(__file__)


def measured(count: int, folder: Path) -> tuple[float, float]:
    """Return milliseconds from navigation to the whole page, and for the bare reading."""
    pages, reads = [], []
    with sync_playwright() as running, prepared_phone(running, folder) as person:
        person.visits("journal/")
        person.waits_for("[data-journal]")
        person.browser.call(_IN_PAGE, "fill", count)
        person.browser.tools().send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        for _ in range(TURNS):
            person.visits("journal/")
            pages.append(float(person.browser.call(_IN_PAGE, "shown")))
            reads.append(float(person.browser.call(_IN_PAGE, "read")))
    return statistics.median(pages), statistics.median(reads)


def report() -> Iterator[str]:
    """Measure, and yield the lines that a person reads."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as thread:
        few, many = (
            thread.submit(measured, count, Path(tempfile.mkdtemp(dir=folder))).result()
            for count in (FEW, MANY)
        )
    yield f"processor slowed {SLOWED} times, server dead, median of {TURNS}"
    yield f"{FEW:>6} entries: page {few[0]:6.0f} ms, bare reading {few[1]:6.0f} ms"
    yield f"{MANY:>6} entries: page {many[0]:6.0f} ms, bare reading {many[1]:6.0f} ms"
    yield f"page with {MANY} entries: {many[0] / few[0]:.1f} times the page with {FEW},"
    yield f"and {(many[0] - few[0]) / many[1]:.1f} times the bare reading on top of it"
