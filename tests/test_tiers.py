"""What runs in which tier follows from what a test uses."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOOK = """
import pytest
from tests.support.tiers import mark

def pytest_collection_modifyitems(items):
    mark(items)

@pytest.fixture
def playwright():
    raise AssertionError("no browser is opened here")

@pytest.fixture
def chromium(playwright):
    return playwright
"""
TESTS = """
import pytest
from tests.support.tiers import soak

def test_plain(): pass
def test_direct(playwright): pass
def test_through_another(chromium): pass
@pytest.mark.parametrize("kills", [5, soak(100, why="100 kills")])
def test_kills(kills): pass
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A small suite with the marks of ours."""
    (tmp_path / "conftest.py").write_text(HOOK, "utf-8")
    (tmp_path / "test_small.py").write_text(TESTS, "utf-8")
    return tmp_path


def collected(folder: Path, tier: str) -> subprocess.CompletedProcess[str]:
    """Collect the tests of a folder that a choice of marks leaves."""
    command = [sys.executable, "-m", "pytest", "-n", "0", "--collect-only", "-q", "-m", tier]
    return subprocess.run(
        [*command, "-c", ROOT / "pyproject.toml", "--rootdir", folder, folder],
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("tier", "expected"),
    [
        ("not browser and not soak", ["test_plain", "test_kills[5]"]),
        ("not soak", ["test_plain", "test_direct", "test_through_another", "test_kills[5]"]),
        ("soak", ["test_kills[100]"]),
    ],
)
def test_a_tier_has_the_tests_that_belong_to_it(
    suite: Path, tier: str, expected: list[str]
) -> None:
    done = collected(suite, tier)
    assert re.findall(r"::(\S+)", done.stdout) == expected, done.stdout + done.stderr


def test_a_soak_test_says_why_it_is_one(suite: Path) -> None:
    bare = "import pytest\n@pytest.mark.soak\ndef test_long(): pass\n"
    (suite / "test_bare.py").write_text(bare, "utf-8")
    done = collected(suite, "soak")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "test_bare.py::test_long: a soak test says why it is one" in done.stdout + done.stderr


SEEDED = """
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.tiers import soak

@pytest.mark.parametrize("kills", [1, soak(2, why="2 kills"), soak(3, why="3 kills")])
def test_chance(kills, chance, tally):
    tally["kills"] += kills
    drawn = []

    @given(st.integers())
    def draw(number):
        drawn.append(number)

    draw()
    print("drawn", kills, chance.random(), drawn)
"""


@pytest.fixture
def seeded(tmp_path: Path) -> Path:
    """A small suite whose tests draw something, with the hooks and fixtures of ours."""
    (tmp_path / "conftest.py").write_text("from tests.conftest import *", "utf-8")
    (tmp_path / "test_small.py").write_text(SEEDED, "utf-8")
    return tmp_path


def drawn(
    folder: Path, tier: str, seed: str, processes: int = 0
) -> tuple[dict[str, list[str]], str]:
    """Run a tier of the suite; return what each test drew, by its kills, and all that was said."""
    command = [sys.executable, "-m", "pytest", "-n", str(processes), "-rP", "-m", tier]
    done = subprocess.run(
        [*command, "-c", ROOT / "pyproject.toml", "--rootdir", folder, folder],
        env=os.environ | {"PYTHONPATH": str(ROOT), "EASEBACK_SEED": seed},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = re.findall(r"^drawn (\d) (\S+) (.+)", done.stdout, re.MULTILINE)
    return {kills: list(choices) for kills, *choices in lines}, done.stdout + done.stderr


def test_one_seed_repeats_every_choice_of_a_soak_run_and_stands_at_both_ends(seeded: Path) -> None:
    first, said = drawn(seeded, "soak", "7", processes=2)
    second, _ = drawn(seeded, "soak", "7")
    other, _ = drawn(seeded, "soak", "8")
    assert first == second, said
    assert all(first[kills][0] != other[kills][0] for kills in ("2", "3"))
    assert all(first[kills][1] != other[kills][1] for kills in ("2", "3"))
    assert re.findall(r"^soak seed:? 7\b.*", said, re.MULTILINE) == [
        "soak seed: 7 (EASEBACK_SEED=7 repeats its choices)",
        "soak seed 7: 5 kills; all is well",
    ]


def test_no_seed_changes_what_is_not_soaked(seeded: Path) -> None:
    first, said = drawn(seeded, "not soak", "7")
    second, _ = drawn(seeded, "not soak", "8")
    assert first["1"][0] == second["1"][0]
    assert "soak seed" not in said


def test_a_seed_that_is_no_number_is_refused(seeded: Path) -> None:
    assert "EASEBACK_SEED is a number up to 4294967295, not 'x'" in drawn(seeded, "soak", "x")[1]


def test_no_test_opens_a_browser_but_by_a_fixture() -> None:
    outside = (
        path
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if ROOT / "tests" / "browser" not in path.parents and path != Path(__file__)
    )
    assert [path.name for path in outside if "sync_playwright" in path.read_text("utf-8")] == []
