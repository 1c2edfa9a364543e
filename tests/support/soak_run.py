"""A run of the soak tests: the one seed of its random choices, and what it did.

The seed of an earlier run repeats the choices. Keys and ids stay the app's own, and what is killed
is killed where it happens to be.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import settings

SETTING = "EASEBACK_SEED"
_TALLY = "tally"
_LARGEST = 2**32 - 1


def add_option(parser: pytest.Parser) -> None:
    """Offer the seed as an option."""
    text = f"the seed of the soak tests; without it {SETTING}, else a random one"
    # The app, which takes every name like this for a setting of its own, must not see it.
    parser.addoption("--seed", default=os.environ.pop(SETTING, None), help=text)


def begin(config: pytest.Config) -> None:
    """Settle the seed of this run, before Hypothesis looks for its own."""
    option = config.option
    given = getattr(config, "workerinput", {}).get("seed") or option.seed
    option.seed = seed = given or str(Random().randint(0, _LARGEST))
    if not (seed.isascii() and seed.isdigit() and int(seed) <= _LARGEST):
        raise pytest.UsageError(f"{SETTING} is a number up to {_LARGEST}, not {seed!r}")
    is_soak = option.markexpr == "soak"
    # A busy machine fails nobody. What is not soaked draws the same wherever it runs; where CI is
    # set, Hypothesis would draw the same in the soak run, too, whatever the seed is.
    settings.register_profile("easeback", deadline=None, derandomize=not is_soak)
    option.hypothesis_profile = option.hypothesis_profile or "easeback"
    if is_soak:
        option.hypothesis_seed = option.hypothesis_seed or seed
        config.pluginmanager.register(_Report(seed))
    config.pluginmanager.register(_Run(seed))


def chance_of(item: pytest.Item) -> Random:
    """Return the random choices of a test: a soak test's from the run's seed, else always these."""
    of_run = item.config.option.seed if item.get_closest_marker("soak") else ""
    return Random(f"{of_run} {item.nodeid}")


def tally_of(item: pytest.Item) -> Iterator[Counter[str]]:
    """Yield what counts the deeds of a test; they come into the run's last line."""
    deeds: Counter[str] = Counter()
    yield deeds
    if item.get_closest_marker("soak"):
        item.user_properties.append((_TALLY, dict(deeds)))


class _Run:
    """Gives the processes of a run the same seed."""

    def __init__(self, seed: str) -> None:
        self._seed = seed

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        node.workerinput["seed"] = self._seed


class _Report:
    """Says the seed before and after the run, and at the end what was done and how it ended."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._deeds: Counter[str] = Counter()

    def pytest_report_header(self) -> str:
        return f"soak seed: {self._seed} ({SETTING}={self._seed} repeats its choices)"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown":
            for name, deeds in report.user_properties:
                if name == _TALLY:
                    self._deeds.update(deeds)

    @pytest.hookimpl(trylast=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        stats = terminalreporter.stats
        reports = [report for name in ("failed", "error") for report in stats.get(name, ())]
        wrong = len({report.nodeid for report in reports})
        told = [f"{count:,} {name}" for name, count in sorted(self._deeds.items())]
        end = f"failed tests: {wrong}" if wrong else "all is well"
        line = f"soak seed {self._seed}: {', '.join(told) or 'nothing done'}; {end}"
        terminalreporter.write_line(line, bold=True)
