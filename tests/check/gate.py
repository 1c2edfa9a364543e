"""A gate: one subject, looked at as a whole; all of them run side by side."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.support.node import NodeMissing


class CannotLook(Exception):
    """What a gate needs cannot be had; the text is one line."""


@dataclass(frozen=True)
class Gate:
    """What is looked at, and how: from the root of a tree to its faults, each one line."""

    name: str
    find: Callable[[Path], Sequence[str]]


@dataclass(frozen=True)
class Outcome:
    """What a gate found, and how many seconds it took."""

    gate: Gate
    faults: Sequence[str]
    seconds: float


def run_all(gates: Sequence[Gate], root: Path) -> int:
    """Run gates over a tree; print what each found; return the exit code."""
    started = time.monotonic()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        outcomes = list(pool.map(lambda gate: _look(gate, root), gates))
    failed = [outcome for outcome in outcomes if outcome.faults]
    for outcome in failed:
        print(f"\n{outcome.gate.name}:")
        print("\n".join(f"  {fault}" for fault in outcome.faults))
    if failed:
        print()
    for outcome in outcomes:
        found = f"{len(outcome.faults)} found" if outcome.faults else "ok"
        print(f"{outcome.gate.name:<28} {found:>10} {outcome.seconds:6.1f} s")
    seconds = time.monotonic() - started
    print(f"{len(gates) - len(failed)} passed, {len(failed)} failed in {seconds:.1f} s")
    return 1 if failed else 0


def _look(gate: Gate, root: Path) -> Outcome:
    started = time.monotonic()
    try:
        faults = gate.find(root)
    except (CannotLook, NodeMissing, OSError) as error:  # a tool that is not there is a fault, too
        faults = [str(error)]
    return Outcome(gate, faults, time.monotonic() - started)


def python_tool(root: Path, *arguments: str) -> list[str]:
    """Run a tool of this environment in a tree; return the lines that it finds fault in."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=root,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return lines_of(done)


def lines_of(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return what a tool said where it failed, a line at a time; nothing where it did not."""
    if done.returncode == 0:
        return []
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return said or [f"{done.args[0]} ended with {done.returncode} and gave no reason"]
