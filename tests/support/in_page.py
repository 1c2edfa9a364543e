"""Functions that tests run inside a page, kept in files of JavaScript beside what uses them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

_IMPORT = re.compile(r'import \{.*\} from "(.+)";$')


@dataclass(frozen=True)
class InPage:
    """The functions that a file exports, to be handed to `Browser.call` with the name of one.

    The file is linted as a module. Inside the page its exports are plain functions; they share
    the file's constants and what it imports from beside it, and get the app's own modules by
    `own_module.js`.
    """

    source: str

    @classmethod
    def beside(cls, module: str) -> InPage:
        """Return the functions beside a Python module, given its `__file__`."""
        return cls(_plain(Path(module).with_suffix(".js")))

    def waits(self, name: str) -> bool:
        """Return whether a function is asynchronous; raise LookupError where there is none."""
        declared = re.search(rf"^(async )?function {name}\(", self.source, re.MULTILINE)
        if not declared:
            raise LookupError(f"no function {name} is exported")
        return declared.group(1) is not None

    def caller(self, name: str) -> str:
        """Return an expression for a function that takes the arguments of a function as a list."""
        self.waits(name)
        return f"(given) => {{ {self.source}\nreturn {name}(...given); }}"

    def calling(self, name: str, *arguments: object) -> str:
        """Return a script that calls a function by itself, before those of a page run."""
        return f"({self.caller(name)})({json.dumps(arguments)});"


def _plain(file: Path) -> str:
    """Return a module as a script: what it imports stands before it."""
    lines = []
    for line in file.read_text("utf-8").splitlines():
        imported = _IMPORT.match(line)
        lines.append(_plain(file.parent / imported[1]) if imported else line)
    return re.sub(r"^export ", "", "\n".join(lines), flags=re.MULTILINE)
