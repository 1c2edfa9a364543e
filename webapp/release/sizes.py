"""The bytes of a release: of its parts as they are, and by scenario as a browser has fetched them.

What a page fetches follows from what its scripts import and find, which only a browser knows. So
the scenarios are measured with one (``python3 run.py bench bytes``) and kept beside this module; a
test measures them again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from webapp.release.parts import Release

MEASURED = Path(__file__).with_name("measured.json")
COMMAND = "python3 run.py bench bytes --write"
REQUESTS_TO_BE_READY = 3
"""The core, English and the phone's own language."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a browser fetched, by scenario: ``requests``, ``bytes`` and ``scripts`` of each.

    ``bytes`` are bodies as they travelled, by brotli; ``scripts`` the part of them that is program.
    """

    release: str
    scenarios: Mapping[str, Mapping[str, int]]

    @classmethod
    def read(cls, file: Path = MEASURED) -> Measured:
        """Return the last measurement that was written."""
        return cls(**json.loads(file.read_text("utf-8")))

    def write(self, file: Path = MEASURED) -> None:
        """Keep this measurement."""
        data = {"release": self.release, "scenarios": self.scenarios}
        file.write_text(f"{json.dumps(data, indent=2)}\n", "utf-8")


def sizes(release: Release, measure: Callable[[bytes], int]) -> dict[str, Any]:
    """Return bytes by part, each file measured by itself as it travels.

    ``first_page`` is the home page with its style sheet; ``deferred`` is fetched once a phone is
    ready.
    """
    style = next(a for a in release.site.assets.values() if a.path == "css/app.css")
    return {
        "first_page": measure(release.page("en", "")) + measure(style.content),
        "worker": measure(release.worker),
        "core": measure(release.core.content),
        "languages": {code: measure(pack.content) for code, pack in release.packs.items()},
        "deferred": {name: measure(file.content) for name, file in release.deferred.items()},
    }
