"""Serve Easeback, test it or run its commands, in an environment that this file makes itself.

It needs Python's standard library only, because it runs before anything is installed. The
environment, `.venv`, is made again whenever the locks or the version of Python have changed.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

try:
    import fcntl
except ImportError:
    sys.exit("easeback: run.py needs Linux or macOS; on Windows use it inside WSL.")

HELP = """\
python3 run.py            serve at http://127.0.0.1:8000 (PORT, EASEBACK_HOST, EASEBACK_WORKERS)
python3 run.py check ...  find faults without running the app, in a minute; the rest names gates
python3 run.py unit ...   the tests that need no browser, in minutes; the rest goes to pytest
python3 run.py test ...   check, then all tests but the long ones; the rest goes to pytest
python3 run.py soak ...   the long ones: kills, simulated weeks, deploys (EASEBACK_SEED repeats one)
python3 run.py bench ...  measure speed and bytes: bench triage, front, backup, journal, bytes
python3 run.py effort     measure how tall each screen of questions is, in every language
python3 run.py flask ...  run a command of the app, for example: flask knowledge check
python3 run.py help       show these lines"""

ROOT = Path(__file__).resolve().parent
RUNTIME = ROOT / "requirements.lock"
POSTGRESQL = ROOT / "requirements-postgresql.lock"
TESTS = ROOT / "tests" / "requirements.lock"
LOCKS = (RUNTIME, POSTGRESQL, TESTS)  # each has the pins of those before it, and more

# Debian's packages that the tests without a browser need, of those in tests/support/system.py.
SERVERS = ("nginx", "openssl", "postgresql", "redis-server", "systemd")

ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
DONE = ENVIRONMENT / "easeback-installed"  # fingerprints of the locks that are wholly installed
BUSY = ROOT / ".venv.lock"


def main(arguments: list[str]) -> None:
    """Do what the command line asks; a command that succeeds replaces this process."""
    if sys.version_info < (3, 11):
        refuse(f"this needs Python 3.11 or newer, and {sys.executable} is {_version()}.")
    command, rest = (arguments[0], arguments[1:]) if arguments else ("serve", [])
    if command in ("help", "-h", "--help"):
        print(HELP)
    elif command not in COMMANDS:
        refuse(f"there is no command {command!r}; `python3 run.py help` names them.")
    else:
        os.chdir(ROOT)
        COMMANDS[command](rest)


def refuse(sentence: str) -> NoReturn:
    """End with one line that says what is wrong and what to do."""
    sys.exit(f"easeback: {sentence}")


def serve(arguments: list[str]) -> None:
    """Become the server, which looks at its settings itself."""
    if arguments:
        refuse("serving takes no arguments; PORT, EASEBACK_HOST and EASEBACK_WORKERS set it up.")
    prepare(_runtime())
    # What comes while nobody is there to hear it is heard by the server.
    signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGTERM, signal.SIGINT))
    _become("webapp.serve")


def check(arguments: list[str]) -> None:
    """Become the gates that look at the sources."""
    prepare(TESTS)
    _become("tests.check", *arguments)


def unit(arguments: list[str]) -> None:
    """Become the tests that need no browser."""
    prepare(TESTS)
    _ready("tests.support.system", *SERVERS)
    _become("pytest", "-m", "not browser and not soak", *arguments)


def test(arguments: list[str]) -> None:
    """Become the test run, once its packages and programs are there and the sources are right.

    Somebody who names tests wants these, and not the gates before them.
    """
    prepare(TESTS)
    _ready("tests.support.system")
    if not arguments:
        _ready("tests.check")
    _become("pytest", "-m", "not soak", *arguments)


def soak(arguments: list[str]) -> None:
    """Become the tests that take long by nature, each of which may take so long unsuspected."""
    prepare(TESTS)
    _ready("tests.support.system")
    _become("pytest", "-m", "soak", "-o", "faulthandler_timeout=1800", *arguments)


def _ready(module: str, *arguments: str) -> None:
    """Run what has to go well first; where it does not, end as it did."""
    done = subprocess.run([PYTHON, "-m", module, *arguments], check=False)
    if done.returncode:
        sys.exit(done.returncode)


def bench(arguments: list[str]) -> None:
    """Become the benches, which compare within one run."""
    prepare(TESTS)
    _become("tests.benches", *arguments)


def effort(arguments: list[str]) -> None:
    """Become the bench that measures the height of the screens, once its letters are there."""
    prepare(TESTS)
    _ready("tests.support.system", "chromium-headless-shell", "fonts-roboto")
    _become("tests.benches", "effort", *arguments)


def flask(arguments: list[str]) -> None:
    """Become a `flask` command of the app."""
    prepare(_runtime())
    _become("flask", "--app", "wsgi", *arguments)


COMMANDS: dict[str, Callable[[list[str]], None]] = {
    "serve": serve,
    "check": check,
    "unit": unit,
    "test": test,
    "soak": soak,
    "bench": bench,
    "effort": effort,
    "flask": flask,
}


def _runtime() -> Path:
    """Return the lock of what serves: with the driver where the database is PostgreSQL's."""
    address = os.environ.get("DATABASE_URL", "").strip()
    return POSTGRESQL if address.startswith("postgres") else RUNTIME


def prepare(lock: Path) -> None:
    """Make sure that the environment holds what a lock names; mostly it does already."""
    if _is_ready(lock):
        return
    with _alone() as busy:
        if not _is_ready(lock):  # another run may have made it while this one waited
            _install(lock, busy)


def _is_ready(lock: Path) -> bool:
    return PYTHON.exists() and _fingerprint(lock) in _installed()


def _installed() -> set[str]:
    try:
        return set(DONE.read_text("ascii").split())
    except FileNotFoundError:
        return set()


def _fingerprint(lock: Path) -> str:
    return hashlib.sha256(f"{_version(parts=2)}\n".encode() + lock.read_bytes()).hexdigest()


@contextlib.contextmanager
def _alone() -> Iterator[int]:
    """Wait until no other run is changing the environment; yield what holds the claim."""
    with BUSY.open("w") as claim:
        fcntl.flock(claim, fcntl.LOCK_EX)
        yield claim.fileno()


def _install(lock: Path, busy: int) -> None:
    """Install a lock: on top of smaller ones where nothing else is there, otherwise from nothing.

    The mark of what is installed goes first and comes back last, so that a run which was killed
    in between leaves an environment that the next one makes anew.
    """
    if importlib.util.find_spec("ensurepip") is None:
        refuse(
            "Python cannot make an environment here: on Debian or Ubuntu, "
            "run `apt-get install python3-venv` first."
        )
    held = {_fingerprint(each) for each in LOCKS[: LOCKS.index(lock) + 1]}
    is_on_top = PYTHON.exists() and bool(_installed()) and _installed() <= held
    more = "its tests" if lock == TESTS else "PostgreSQL"
    when = more if is_on_top else "the first time, about a minute"
    print(f"Preparing Easeback for {when}...", file=sys.stderr, flush=True)
    DONE.unlink(missing_ok=True)
    if not is_on_top:
        _quietly([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], busy)
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--retries", "3"]
    hashed = ["--require-hashes", "--only-binary", ":all:", "--requirement", str(lock)]
    _quietly([str(PYTHON), "-m", "pip", "install", *options, *hashed], busy)
    unfinished = DONE.with_suffix(".new")
    unfinished.write_text("\n".join(held), "ascii")
    unfinished.replace(DONE)


def _quietly(command: list[str], busy: int) -> None:
    """Run a tool without its chatter; when it fails, end with its reason in one line.

    It inherits the claim: if this process is killed, the next run waits for the orphan to end.
    """
    os.set_inheritable(busy, True)
    done = subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        close_fds=False,
    )
    if done.returncode == 0:
        return
    if "connection broken by" in done.stdout:
        refuse("cannot reach the Python package index: connect to the network and run this again.")
    lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    refuse(f"the environment could not be made: {lines[-1] if lines else done.returncode}")


def _version(parts: int = 3) -> str:
    return ".".join(map(str, sys.version_info[:parts]))


def _become(module: str, *arguments: str) -> NoReturn:
    os.execv(PYTHON, [str(PYTHON), "-m", module, *arguments])


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except OSError as problem:
        refuse(str(problem))
    except KeyboardInterrupt:
        sys.exit(130)
