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


def test_no_test_opens_a_browser_but_by_a_fixture() -> None:
    outside = (
        path
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if ROOT / "tests" / "browser" not in path.parents and path != Path(__file__)
    )
    assert [path.name for path in outside if "sync_playwright" in path.read_text("utf-8")] == []
