"""Python: what ruff finds, how it would write it, and whether the types hold."""

from collections.abc import Sequence
from pathlib import Path

from tests.check.gate import Gate, python_tool


def lint(root: Path) -> Sequence[str]:
    """Return what ruff finds."""
    return python_tool(root, "ruff", "check", "--quiet", "--output-format=concise", ".")


def layout(root: Path) -> Sequence[str]:
    """Return the files that ruff would write in another way."""
    return python_tool(root, "ruff", "format", "--quiet", "--check", ".")


def types(root: Path) -> Sequence[str]:
    """Return where the types do not hold."""
    return python_tool(root, "mypy", "--no-error-summary", "--hide-error-context", "--no-pretty")


GATES = [
    Gate("types of Python (mypy)", types),
    Gate("Python (ruff)", lint),
    Gate("layout of Python (ruff)", layout),
]
