"""Scripts that need no browser, asked in Node by tests that are written in Python."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from tests.support.node import node

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "static" / "js"
_BRIDGE = ROOT / "tests" / "js" / "bridge.mjs"
_PATIENCE_S = 60.0
_ENVIRONMENT = {
    "TZ": "Asia/Kathmandu",  # of no entry in a test: what used the phone's own zone would show
    "LANG": "en_US.UTF-8",
}


class ScriptFault(Exception):
    """What a script threw: the name of its class, and what else it says of itself."""

    def __init__(self, fault: dict[str, Any]) -> None:
        super().__init__(fault["stack"])
        self.name: str = fault["name"]
        self.why: object = fault.get("why")


class NodeDied(Exception):
    """Node ended, or was ended because it did not answer in time."""


@dataclass(frozen=True)
class Held:
    """What only a script can hold, such as a key: it can be given back to a script."""

    number: int


class Script:
    """A script whose exported functions are methods: ``script.stateAt(timer, now)``."""

    def __init__(self, node: Node, path: Path) -> None:
        self._node = node
        self._path = path

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *values: self._node.ask(self._path, name, values)

    def constant(self, name: str) -> Any:
        """Return what is exported under a name and is no function."""
        return self._node.ask(self._path, name, None)


class Node:
    """One process of Node for many calls; it starts with the first, and again after it died."""

    def __init__(self, patience_s: float = _PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None

    def load(self, path: str | Path) -> Script:
        """Return a script by its path below static/js, or by its whole path."""
        return Script(self, SCRIPTS / path)

    def ask(self, path: Path, name: str, values: tuple[Any, ...] | None) -> Any:
        """Return what an exported function gives; raise ScriptFault or NodeDied."""
        call = {"script": path.as_uri(), "name": name, "values": values}
        said = self._exchange(json.dumps(call, default=_sent).encode(), f"{path.name}: {name}")
        answer = json.loads(said, object_hook=_received)
        if "fault" in answer:
            raise ScriptFault(answer["fault"])
        return answer.get("result")

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._process:
            self._process.kill()
            self._process.communicate()
        if self._errors:
            self._errors.close()
        self._process = self._errors = None

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _exchange(self, line: bytes, what: str) -> bytes:
        process = self._started()
        assert process.stdin
        try:
            process.stdin.write(line + b"\n")
            process.stdin.flush()
            return self._read_line(process, what)
        except BrokenPipeError:
            raise self._death(f"{what}: Node ended") from None

    def _started(self) -> subprocess.Popen[bytes]:
        if not self._process:
            # A file, not a pipe: nobody reads what Node says of itself until it has died.
            self._errors = TemporaryFile()  # noqa: SIM115 it is closed with the process
            self._process = subprocess.Popen(
                [node(), "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", _BRIDGE],
                cwd=ROOT,
                env=os.environ | _ENVIRONMENT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
            )
        return self._process

    def _read_line(self, process: subprocess.Popen[bytes], what: str) -> bytes:
        assert process.stdout
        line = bytearray()
        end = time.monotonic() + self._patience_s
        with selectors.DefaultSelector() as ready:
            ready.register(process.stdout, selectors.EVENT_READ)
            while not line.endswith(b"\n"):
                if not ready.select(end - time.monotonic()):
                    raise self._death(f"{what} gave no answer within {self._patience_s:g} s")
                part = os.read(process.stdout.fileno(), 1 << 20)
                if not part:
                    raise self._death(f"{what}: Node ended")
                line += part
        return bytes(line)

    def _death(self, reason: str) -> NodeDied:
        """Return what to raise when the process is of no more use, which it ends."""
        assert self._process
        assert self._errors
        self._process.kill()
        self._process.wait()
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace")
        self.close()
        return NodeDied(f"{reason}\n{said}".rstrip())


def _sent(value: object) -> dict[str, object]:
    match value:
        case bytes():
            return {"$bytes": value.hex()}
        case datetime():
            return {"$date": round(value.timestamp() * 1000)}
        case Held():
            return {"$held": value.number}
    raise TypeError(f"no script can be given {value!r}")


def _received(value: dict[str, Any]) -> Any:
    if "$bytes" in value:
        return bytes.fromhex(value["$bytes"])
    return Held(value["$held"]) if "$held" in value else value
