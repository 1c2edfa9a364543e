"""Whether what the hazard log names as holding a hazard back is there and holds."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from webapp.knowledge.model import Hazard
from webapp.triage.proofs.verdicts import Verdict

ROOT = Path(__file__).resolve().parents[2]
NOT_MARKED = "not (skip or skipif or xfail)"
GIVES_UP = re.compile(r"\b(?:skip|xfail|importorskip)\(")


def running_tests(files: Iterable[str]) -> frozenset[str]:
    """Return the tests that pytest collects from the files and that nothing marks as excused."""
    there = sorted(name for name in files if (ROOT / name).is_file())
    command = (sys.executable, "-m", "pytest", *there, "--collect-only", "--quiet")
    options = ("-m", NOT_MARKED, "-p", "no:cacheprovider", "--numprocesses=0")
    done = subprocess.run(
        (*command, *options), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return frozenset(
        line.partition("[")[0] for line in done.stdout.splitlines() if line.startswith("tests/")
    )


def files_of(hazards: Iterable[Hazard]) -> set[str]:
    """Return the test files that hold the hazards back."""
    return {
        name.partition("::")[0] for hazard in hazards for name in hazard.held_by if "::" in name
    }


def unheld(
    hazards: Iterable[Hazard], verdicts: Iterable[Verdict], tests: frozenset[str]
) -> Iterator[str]:
    """Yield each control that is not there, or does not hold, with its hazard."""
    holding = {f"property-{verdict.number}" for verdict in verdicts if verdict.holds}
    for hazard in hazards:
        for name in hazard.held_by:
            if name not in holding | tests:
                yield f"{hazard.id}: {name}"


def excuses(files: Iterable[str]) -> list[str]:
    """Return the files with a test that may leave itself out while it runs."""
    return [name for name in files if GIVES_UP.search((ROOT / name).read_text("utf-8"))]
