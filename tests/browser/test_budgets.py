"""What a real browser fetches, against the budgets of the design. KB are 1,024 bytes, by brotli."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.benches import fetched
from webapp.release.sizes import COMMAND, Measured

KB = 1024
SCRIPTS = {
    "first_visit": 9,
    "check_to_a_result": 12,
    "timer": 16,
    "journal_after_a_week": 22,
    "journal_with_backup": 30,
}
"""The most program that each scenario may load, in KB."""


@pytest.fixture(scope="module")
def measured() -> Measured:
    # In a thread of its own, because a module's Playwright may be running in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(fetched.measure).result()


def test_every_scenario_keeps_to_its_budget(measured: Measured) -> None:
    scripts = {name: measured.scenarios[name]["scripts"] for name in SCRIPTS}
    assert not {name: size for name, size in scripts.items() if size > SCRIPTS[name] * KB}
    assert measured.scenarios["ready"]["bytes"] <= 180 * KB


def test_the_figures_that_release_info_prints_are_still_true(measured: Measured) -> None:
    written = Measured.read().scenarios
    assert written.keys() == measured.scenarios.keys()
    for name, figures in measured.scenarios.items():
        assert figures == pytest.approx(written[name], rel=0.03), f"{name}: run {COMMAND}"
