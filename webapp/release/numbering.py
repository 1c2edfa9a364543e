"""The number of the release: it stands in the tree, and only rises.

Phones take no release of a lower number, so that servers that are not all of one release, or one
that was restored from an older copy, do not lead a phone back.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("number.json")
COMMAND = "python3 run.py flask release raise"


class Version(NamedTuple):
    """What phones compare: the tree's number, then the edition that an operator counts on top."""

    number: int
    edition: int = 0


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number and the fingerprint of the bytes that it stands for, whoever serves them."""

    number: int
    fingerprint: str

    @classmethod
    def read(cls, file: Path = FILE) -> Numbered:
        """Return the number of the tree."""
        return cls(**json.loads(file.read_text("utf-8")))

    def write(self, file: Path = FILE) -> None:
        """Put the number into the tree."""
        file.write_text(f"{json.dumps(asdict(self), indent=2)}\n", "utf-8")

    def raised(self, fingerprint: str) -> Numbered:
        """Return the number for these bytes: the next one, unless it is theirs already."""
        if fingerprint == self.fingerprint:
            return self
        return Numbered(self.number + 1, fingerprint)
