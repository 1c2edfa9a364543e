"""Chromium 90 itself, the oldest that docs/phones.md promises anything to.

An npm package of 2021 carries it, made for servers without a screen; tests/js/package-lock.json has
its hash. It is built for Linux on x86-64, and is shown nothing but our own pages.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

import brotli

from tests.support import node
from tests.support.browsers import Chromium
from tests.support.in_page import InPage

RUNS_HERE = (platform.system(), platform.machine()) == ("Linux", "x86_64")

_IN_PAGE = InPage.beside(__file__)
_PACKED = node.MODULES / "chrome-aws-lambda" / "bin" / "chromium.br"
_PROGRAM = node.MODULES / ".chromium-90"


@dataclass
class OldestChrome(Chromium):
    """Chromium 90, in which Playwright's own way to find what is to be pressed does not run.

    Its mouse lands where things were before the page was scrolled, so things press themselves.
    """

    def press(self, css: str) -> None:
        self.call(_IN_PAGE, "press", css)

    def follow(self, name: str) -> None:
        self.call(_IN_PAGE, "follow", name)

    def program(self) -> Path:
        """Return the program, unpacked when it is first asked for."""
        node.prepare()
        if not _PROGRAM.exists():
            with NamedTemporaryFile(dir=node.MODULES, delete=False) as made:
                made.write(brotli.decompress(_PACKED.read_bytes()))
            Path(made.name).chmod(0o755)
            Path(made.name).rename(_PROGRAM)  # whole at once, whoever else unpacks it
        return _PROGRAM
