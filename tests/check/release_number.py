"""The number of the release: it is for the bytes that the tree makes, and it has only risen."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.check.gate import CannotLook, Gate, lines_of
from webapp.release.numbering import COMMAND, FILE, Numbered
from webapp.web.site import TEMPLATES

_FILE = FILE.relative_to(TEMPLATES.parents[1]).as_posix()
_PROGRAM = """
from webapp.i18n import catalogues
from webapp.web import site

print(site.build(catalogues.load()).release.fingerprint)
"""


def faults(root: Path) -> Sequence[str]:
    """Return what is wrong with the number; raise CannotLook where the tree makes no release."""
    own = Numbered.read(root / _FILE)
    if _fingerprint(root) != own.fingerprint:
        return [f"{_FILE}: {own.number} is for other bytes; give them the next number: {COMMAND}"]
    return not_risen(own, committed(root))


def not_risen(own: Numbered, before: Sequence[Numbered]) -> Sequence[str]:
    """Return what is wrong with a number after those that were committed, the newest first."""
    earlier = [numbered for numbered in before if numbered != own]
    if earlier and own.number <= earlier[0].number:
        remedy = f"put that back ({earlier[0].number}), then {COMMAND}"
        return [f"{_FILE}: {own.number} is not higher than what was committed: {remedy}"]
    return []


def committed(root: Path) -> Sequence[Numbered]:
    """Return the last numbers that were committed, the newest first; none without git."""
    log = _git(root, "log", "-2", "--format=%H", "--", _FILE)
    texts = [_git(root, "show", f"{commit}:{_FILE}") for commit in log.split()]
    return [Numbered(**json.loads(text)) for text in texts if text]


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, encoding="utf-8", check=False
        )
    except FileNotFoundError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def _fingerprint(root: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-P", "-c", _PROGRAM],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise CannotLook(lines_of(done)[-1])
    return done.stdout.strip()


GATES = [Gate("number of the release", faults)]
