"""The page of what goes wrong says what the tests' marks say, and the matrix what came of them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import reliability
from tests.support.reliability import ENGINES, LACKS, OPEN, SCENARIOS, YES, Row

ROOT = Path(__file__).resolve().parent.parent
MOST_OPEN = 0
"""How many cells no test shows yet; this number may only fall."""
MOST_LACKING = 20
SUITE = """
import pytest

@pytest.fixture(params=["chromium", "firefox"])
def engine(request): return request.param

@pytest.mark.scenario(1)
def test_both(engine): pass

@pytest.mark.scenario(2, 3)
def test_one(engine): assert engine == "firefox"

@pytest.mark.scenario(4, lacks="a share sheet")
def test_missing(engine): pass
"""


@pytest.fixture(scope="module")
def rows() -> dict[int, Row]:
    return reliability.page_rows()


def states(rows: dict[int, Row]) -> list[str]:
    return [row.states[engine] for row in rows.values() for engine in ENGINES]


def test_the_page_is_what_the_marks_say(rows: dict[int, Row]) -> None:
    promises = {number: row.promise for number, row in rows.items()}
    assert rows == reliability.rows_of(reliability.collected(), promises)


def test_every_scenario_promises_something_in_every_engine(rows: dict[int, Row]) -> None:
    assert list(rows) == [*SCENARIOS]
    assert all(re.match(r"\*\*.+\.\*\* .+\.$", row.promise) for row in rows.values())
    assert set(states(rows)) <= {YES, LACKS, OPEN}


def test_few_cells_cannot_exist_and_no_more_are_open_than_were(rows: dict[int, Row]) -> None:
    assert states(rows).count(LACKS) <= MOST_LACKING
    assert states(rows).count(OPEN) == MOST_OPEN


def run(folder: Path, *options: str) -> str:
    """Return what a run of the small suite prints."""
    hook = (
        "from tests.support.reliability import Matrix\n"
        "def pytest_configure(config): config.pluginmanager.register(Matrix())\n"
    )
    (folder / "conftest.py").write_text(hook, "utf-8")
    (folder / "test_small.py").write_text(SUITE, "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options]
    place = ["-c", ROOT / "pyproject.toml", "--rootdir", folder, folder]
    done = subprocess.run([*command, *place], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize("processes", ["0", "2"])
def test_a_run_prints_what_came_of_each_cell(tmp_path: Path, processes: str) -> None:
    lines = run(tmp_path, "-n", processes).splitlines()
    found = {int(line[:2]): line[49:].split() for line in lines if re.match(r"[ \d]\d \w", line)}
    assert list(found) == [*SCENARIOS]
    assert found[1][:2] == ["passed", "passed"]
    assert found[2][:2] == found[3][:2] == ["FAILED", "passed"]
    assert found[4][:2] == [LACKS, LACKS]
    assert any(line.startswith("135 cells: ") for line in lines)


def test_an_unknown_scenario_is_refused(tmp_path: Path) -> None:
    (tmp_path / "test_odd.py").write_text(
        "import pytest\n@pytest.mark.scenario(46)\ndef test_odd(): pass\n", "utf-8"
    )
    assert "no such scenario: [46]" in run(tmp_path, "-n", "0")
