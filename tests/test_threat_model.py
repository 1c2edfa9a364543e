"""Every test that the threat model names is there, so that what it says holds is held."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODEL = (ROOT / "webapp" / "decisions" / "0019-threat-model.md").read_text("utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", MODEL)


def test_every_test_that_the_threat_model_names_exists() -> None:
    missing = [(file, name) for file, name in NAMED if name not in defined_in(file)]
    assert missing == []


def test_every_attacker_of_the_threat_model_is_answered_by_a_test() -> None:
    _, attackers = MODEL.split("**Decision.**")
    answered, _ = attackers.split("**Consequences")
    parts = re.split(r"^\*(?=\S)", answered, flags=re.MULTILINE)[1:]
    assert len(parts) == 9
    lines = [line for part in parts for line in re.split(r"^- ", part, flags=re.MULTILINE)[1:]]
    assert [line for line in lines if "::" not in line] == []


def defined_in(file: str) -> set[str]:
    path = ROOT / file
    tree = ast.parse(path.read_text("utf-8")) if path.exists() else ast.Module([], [])
    return {part.name for part in tree.body if isinstance(part, ast.FunctionDef)}
