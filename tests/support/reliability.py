"""The scenarios that the app survives, and in which engines a test shows it.

`@pytest.mark.scenario(9)` says which of the numbered scenarios of ``docs/reliability.md`` a test
shows; the engine is the one that it opens. With ``lacks="navigator.share"`` the test shows that the
engine has not what the scenario is about. A run prints what came of each pair as a matrix.

`python -m tests.support.reliability --write` writes what the marks say into the page.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reliability.md"
ENGINES = ("chromium", "firefox", "webkit")
SCENARIOS = range(1, 46)
YES, LACKS, OPEN = "yes", "n.a.", "open"
_TESTS = ROOT / "tests"
_OWN_TEST = _TESTS / "test_reliability.py"
_MARK = re.compile(r"mark\.scenario\b")
_PROPERTY = "scenario"
_ROW = re.compile(r"^\| *(\d+) \| (.*?) \| (.*?) \| (.*?) \| (.*?) \| (.*?) \|$", re.MULTILINE)

Cell = tuple[int, str]
"""A scenario and an engine."""


@dataclass(frozen=True)
class Shown:
    """What a test shows: a scenario in an engine, or that the engine lacks what it is about."""

    scenario: int
    engine: str
    lacks: str
    test: str
    long: bool

    @property
    def cell(self) -> Cell:
        return self.scenario, self.engine


def shown_by(item: pytest.Item) -> Iterator[Shown]:
    """Yield what the marks of a test say that it shows."""
    for mark in item.iter_markers("scenario"):
        unknown = set(mark.args) - set(SCENARIOS)
        if unknown or not mark.args:
            raise pytest.UsageError(f"{item.nodeid}: no such scenario: {sorted(unknown)}")
        for number in mark.args:
            name = item.nodeid.partition("[")[0].removeprefix("tests/")
            long = item.get_closest_marker("soak") is not None
            yield Shown(number, engine_of(item), mark.kwargs.get("lacks", ""), name, long)


def engine_of(item: pytest.Item) -> str:
    """Return the engine that a test opens: its parameter, else the fixture that it asks for."""
    given = getattr(getattr(item, "callspec", None), "params", {})
    named = [value for value in given.values() if value in ENGINES]
    asked = [name for name in ENGINES if name in getattr(item, "fixturenames", ())]
    return str([*named, *(name for name in asked if name != "chromium"), "chromium"][0])


# --- a run --------------------------------------------------------------------------------------


@dataclass(eq=False)  # pytest keeps its plugins in sets
class Matrix:
    """What came of the tests of each cell, for the end of a run."""

    seen: dict[Cell, set[str]] = field(default_factory=lambda: defaultdict(set))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: Sequence[pytest.Item]) -> None:
        for item in items:
            for one in shown_by(item):
                item.user_properties.append((_PROPERTY, [one.scenario, one.engine, one.lacks]))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for name, told in report.user_properties:
            if name == _PROPERTY:
                scenario, engine, lacks = told
                if report.failed:
                    self.seen[scenario, engine].add("FAILED")
                elif report.when == "call" and report.passed:
                    self.seen[scenario, engine].add(LACKS if lacks else "passed")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.seen:
            terminalreporter.section("scenarios survived, by engine")
            for line in self.lines():
                terminalreporter.write_line(line)

    def lines(self) -> Iterator[str]:
        """Yield the matrix: a line a scenario, and the counts."""
        told = page_rows()
        counts: dict[str, int] = defaultdict(int)
        yield f"{'':3}{'':46}{'  '.join(f'{engine:<8}' for engine in ENGINES)}"
        for number in SCENARIOS:
            row = told.get(number)
            states = [self._state(number, engine, row) for engine in ENGINES]
            for state in states:
                counts[state] += 1
            name = row.name if row else ""
            yield f"{number:>2} {name[:44]:<46}{'  '.join(f'{state:<8}' for state in states)}"
        total = len(SCENARIOS) * len(ENGINES)
        parts = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
        yield f"{total} cells: {parts}"

    def _state(self, number: int, engine: str, row: Row | None) -> str:
        outcomes = self.seen.get((number, engine), set())
        for state in ("FAILED", "passed", LACKS):
            if state in outcomes:
                return state
        return OPEN if row and row.states.get(engine) == OPEN else "not run"


# --- the page -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A line of the page."""

    promise: str
    states: Mapping[str, str]
    tests: str

    @property
    def name(self) -> str:
        """What the promise is about, without the promise: the words in bold."""
        found = re.match(r"\*\*(.+?)\*\*", self.promise)
        return found[1] if found else self.promise


def page_rows() -> dict[int, Row]:
    """Return the lines of the page by their numbers."""
    rows = {}
    for number, promise, *states, tests in _ROW.findall(PAGE.read_text("utf-8")):
        rows[int(number)] = Row(promise, dict(zip(ENGINES, states, strict=True)), tests)
    return rows


def rows_of(shown: Iterable[Shown], promises: Mapping[int, str]) -> dict[int, Row]:
    """Return the lines that the marks make, with the promises that are written by hand."""
    by_cell: dict[Cell, list[Shown]] = defaultdict(list)
    tests: dict[int, dict[str, None]] = defaultdict(dict)
    for one in shown:
        tests[one.scenario][one.test] = None
        if not one.long:
            by_cell[one.cell].append(one)
    return {
        number: Row(
            promises[number],
            {engine: _state_of(by_cell.get((number, engine), ())) for engine in ENGINES},
            _by_file(tests[number]),
        )
        for number in SCENARIOS
    }


def _state_of(shown: Sequence[Shown]) -> str:
    if not shown:
        return OPEN
    return LACKS if all(one.lacks for one in shown) else YES


def _by_file(tests: Iterable[str]) -> str:
    files: dict[str, list[str]] = defaultdict(list)
    for test in tests:
        file, _, name = test.partition("::")
        files[file.removesuffix(".py")].append(name.removeprefix("test_"))
    return "; ".join(f"`{file}`: {', '.join(names)}" for file, names in sorted(files.items()))


def collected() -> list[Shown]:
    """Return what all marks say, in a process of its own: a run collects but once."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.reliability"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [Shown(**one) for one in json.loads(done.stdout.splitlines()[-1])]


class _Collector:
    def __init__(self) -> None:
        self.shown: list[Shown] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.shown = [one for item in session.items for one in shown_by(item)]


def _collect() -> list[dict[str, Any]]:
    files = [
        str(file)
        for file in sorted(_TESTS.rglob("test_*.py"))
        if file != _OWN_TEST and _MARK.search(file.read_text("utf-8"))
    ]
    collector = _Collector()
    options = ["--collect-only", "-qq", "--numprocesses=0", "-p", "no:cacheprovider"]
    code = pytest.main([*files, *options], plugins=[collector])
    if code:
        raise SystemExit(int(code))
    return [vars(one) for one in collector.shown]


def _write() -> None:
    text = PAGE.read_text("utf-8")
    promises = {number: row.promise for number, row in page_rows().items()}
    rows = rows_of(collected(), promises)

    def line(found: re.Match[str]) -> str:
        row = rows[int(found[1])]
        states = " | ".join(row.states[engine] for engine in ENGINES)
        return f"| {found[1]} | {row.promise} | {states} | {row.tests} |"

    PAGE.write_text(_ROW.sub(line, text), "utf-8")


if __name__ == "__main__":
    if "--write" in sys.argv:
        _write()
    else:
        sys.stdout.write(f"{json.dumps(_collect())}\n")
