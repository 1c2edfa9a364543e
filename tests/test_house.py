"""The rules of the house: honest locks, and a first command that works anywhere."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LOCKS = tuple(
    ROOT / name
    for name in ("requirements.lock", "requirements-postgresql.lock", "tests/requirements.lock")
)


def test_no_file_names_a_path_of_a_machine() -> None:
    here = "|".join(re.escape(f"{place}/") for place in (ROOT, Path.home()))
    anywhere = r"(?<![\w.])/(?:home|Users)/[\w.-]+/|[A-Z]:\\Users\\"
    path = re.compile(f"{here}|{anywhere}")
    assert not [found for name in files() for found in lines_with(path, name)]


def test_no_lock_names_a_host() -> None:
    lock = re.compile(r"\.lock$|-lock\.json$|requirements[^/]*\.txt$")
    locks = [name for name in files() if lock.search(name)]
    assert {str(place.relative_to(ROOT)) for place in LOCKS} <= set(locks)
    assert not [found for name in locks for found in lines_with(re.compile("://"), name)]


def test_every_locked_package_has_its_hashes() -> None:
    for lock in LOCKS:
        for block in re.split(r"\n(?=\w)", lock.read_text("utf-8")):
            assert "--hash=sha256:" in block, block


def test_every_locked_npm_package_has_its_hash() -> None:
    locked = json.loads((ROOT / "tests" / "js" / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in locked["packages"].items() if name}
    assert packages
    # What comes inside another package is covered by that one's hash.
    unhashed = {name for name, package in packages.items() if "integrity" not in package}
    assert not [name for name in unhashed if not packages[name].get("inBundle")]


def test_the_tests_run_with_the_packages_that_serve() -> None:
    runtime, postgresql, tests = map(pins, LOCKS)
    assert runtime.items() < postgresql.items() < tests.items()


def test_the_locks_keep_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    more = project["optional-dependencies"]
    asked = (project["dependencies"], more["postgres"], more["test"])
    for lock, requirements in zip(LOCKS, asked, strict=True):
        locked = pins(lock)
        for requirement in map(Requirement, requirements):
            version = locked[requirement.name.lower()]
            assert requirement.specifier.contains(version), requirement


@pytest.mark.parametrize(
    "made",
    [
        ".venv/bin/python",
        ".venv.lock",
        "instance/easeback.sqlite",
        "webapp/__pycache__/cli.cpython-311.pyc",
        ".hypothesis/examples",
        ".mypy_cache/x",
        ".pytest_cache/x",
        ".ruff_cache/x",
        "test-results/home.png",
        "tests/js/node_modules/eslint/package.json",
    ],
)
def test_git_ignores_what_the_commands_make(made: str) -> None:
    passes("git", "-c", "safe.directory=*", "check-ignore", "--quiet", "--no-index", made)


def test_ci_can_start_its_script() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


# The first command, run for real in a small project whose server, tests and commands are echoes.


ECHO = """
import json, os, sys
print(json.dumps({"arguments": sys.argv[1:], "folder": os.getcwd()}))
sys.exit(int(os.environ.get("ECHO_EXIT", "0")))
"""
PREPARING = "Preparing Easeback for the first time"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a checkout with nothing to install, in which no command was run yet."""
    return checkout(tmp_path / "checkout")


@dataclass(frozen=True)
class Begun:
    """A checkout in which one command was run, the first, and how that went."""

    folder: Path
    first: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Begun:
    folder = checkout(tmp_path_factory.mktemp("begun") / "checkout")
    return Begun(folder, first_command(folder, "flask", "triage", "prove", ECHO_EXIT="3"))


def checkout(folder: Path) -> Path:
    (folder / "tests" / "support").mkdir(parents=True)
    shutil.copy(ROOT / "run.py", folder)
    (folder / "requirements.lock").write_text("# nothing\n", "utf-8")
    (folder / "requirements-postgresql.lock").write_text("# a driver\n", "utf-8")
    (folder / "tests" / "requirements.lock").write_text("# nothing more\n", "utf-8")
    (folder / "tests" / "support" / "system.py").touch()
    (folder / "tests" / "check.py").write_text(ECHO, "utf-8")
    (folder / "webapp").mkdir()
    for module in ("webapp/serve", "pytest", "flask"):
        (folder / f"{module}.py").write_text(ECHO, "utf-8")
    return folder


def test_each_command_becomes_its_program(begun: Begun) -> None:
    project, flask = begun.folder, begun.first
    assert flask.returncode == 3
    assert echo(flask) == {
        "arguments": ["--app", "wsgi", "triage", "prove"],
        "folder": str(project),
    }
    assert PREPARING in flask.stderr

    served = first_command(project)
    assert echo(served) == {"arguments": [], "folder": str(project)}
    assert served.stderr == ""

    tested = first_command(project, "test", "tests/triage", "-k", "truth")
    assert echo(tested)["arguments"] == ["-m", "not soak", "tests/triage", "-k", "truth"]
    checked = first_command(project, "check", "scripts", ECHO_EXIT="1")
    assert checked.returncode == 1
    assert echo(checked)["arguments"] == ["scripts"]
    assert first_command(project, "flask").stderr == ""


@pytest.fixture(scope="module")
def updated(begun: Begun, tmp_path_factory: pytest.TempPathFactory) -> Begun:
    """A checkout whose packages have changed, and the first command after that."""
    copy = tmp_path_factory.mktemp("updated") / "checkout"
    project = Path(shutil.copytree(begun.folder, copy, symlinks=True))
    assert first_command(project, "flask").stderr == ""
    (project / ".venv" / "stale").touch()
    (project / "requirements.lock").write_text("# changed\n", "utf-8")
    return Begun(project, first_command(project, "flask"))


def test_a_changed_lock_makes_the_environment_anew(updated: Begun) -> None:
    assert PREPARING in updated.first.stderr
    assert not (updated.folder / ".venv" / "stale").exists()


def test_a_database_that_needs_a_driver_has_it_after_an_update_too(updated: Begun) -> None:
    def says(database: str) -> str:
        return first_command(updated.folder, "flask", DATABASE_URL=database).stderr

    assert says(" postgres://x/y") == "Preparing Easeback for PostgreSQL...\n"
    assert {says("postgresql://x/y"), says("sqlite://"), says("")} == {""}
    tests = first_command(updated.folder, "check").stderr
    assert tests == "Preparing Easeback for its tests...\n"
    assert says("postgresql://x/y") == ""  # theirs hold the driver, too


def test_a_run_after_a_killed_one_repairs_the_environment(project: Path) -> None:
    killed = start(project, "flask")
    while not (project / ".venv" / "bin").exists():
        time.sleep(0.01)
    killed.kill()
    killed.communicate()
    assert first_command(project, "flask").returncode == 0
    assert first_command(project, "flask").stderr == ""


def test_two_first_runs_at_once_make_one_environment(project: Path) -> None:
    runs = [start(project, "flask") for _ in range(2)]
    said = "".join(run.communicate()[1] for run in runs)
    assert [run.returncode for run in runs] == [0, 0]
    assert said.count(PREPARING) == 1


def test_without_a_network_one_line_says_so(project: Path) -> None:
    unknown = f"nothing==1 --hash=sha256:{'0' * 64}\n"
    (project / "requirements.lock").write_text(unknown, "utf-8")
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_CONFIG_FILE": os.devnull}
    done = first_command(project, "flask", **nowhere)
    assert refusal(done, after=1).startswith("easeback: cannot reach the Python package index")


def test_an_unknown_command_points_to_the_help() -> None:
    assert "python3 run.py help" in refusal(first_command(ROOT, "sreve"))
    for asked in ("help", "-h"):
        assert len(first_command(ROOT, asked).stdout.splitlines()) == 9


@pytest.mark.parametrize(
    ("lacking", "reason"),
    [
        ("sys.version_info = (3, 10, 2)", "this needs Python 3.11 or newer"),
        ("sys.modules['ensurepip'] = None", "apt-get install python3-venv"),
    ],
)
def test_a_machine_that_lacks_something_is_told(project: Path, lacking: str, reason: str) -> None:
    program = (
        f"import runpy, sys; {lacking}; sys.argv = ['run.py', 'flask'];"
        "runpy.run_path('run.py', run_name='__main__')"
    )
    done = run(sys.executable, "-c", program, folder=project)
    assert reason in refusal(done)


def test_an_old_python_gets_as_far_as_the_refusal() -> None:
    ast.parse((ROOT / "run.py").read_text("utf-8"), feature_version=(3, 7))


def test_missing_browsers_are_named_where_they_cannot_be_installed(tmp_path: Path) -> None:
    done = run(sys.executable, "-m", "tests.support.system", PATH=str(tmp_path))
    said = refusal(done)
    assert "the tests need Chromium, Chromium's headless shell, Firefox ESR" in said
    wanted = r"apt-get install chromium chromium-headless-shell firefox-esr [\w -]*xvfb"
    assert re.search(wanted, said)


def test_a_wrong_chromium_is_named() -> None:
    done = run(sys.executable, "-m", "tests.support.system", EASEBACK_TEST_CHROMIUM="no-such-thing")
    assert "EASEBACK_TEST_CHROMIUM must name a program" in refusal(done)


def run(*command: str, folder: Path = ROOT, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env=environment(settings),
        capture_output=True,
        text=True,
        check=False,
    )


def environment(settings: dict[str, str]) -> dict[str, str]:
    """Return this process's environment without what sets the server up, and with the settings."""
    ours = ("PORT", "DATABASE_URL", "EASEBACK_HOST", "EASEBACK_WORKERS", "EASEBACK_TEST_CHROMIUM")
    return {name: value for name, value in os.environ.items() if name not in ours} | settings


def passes(*command: str) -> None:
    done = run(*command)
    assert done.returncode == 0, done.stdout + done.stderr


def first_command(
    project: Path, *arguments: str, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run a project's run.py from another folder."""
    return run(
        sys.executable, str(project / "run.py"), *arguments, folder=project.parent, **settings
    )


def start(project: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(project / "run.py"), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def echo(done: subprocess.CompletedProcess[str]) -> dict[str, list[str]]:
    """Return what the program saw that run.py became."""
    seen: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return seen


def refusal(done: subprocess.CompletedProcess[str], *, after: int = 0) -> str:
    """Return the one line in which a command ended, after so many lines of progress."""
    lines = done.stderr.splitlines()
    assert done.returncode == 1, done
    assert len(lines) == after + 1, done
    return lines[-1]


def files() -> list[str]:
    """Return the files that are, or would be, in the next commit."""
    listed = run("git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard")
    assert listed.returncode == 0, listed.stderr
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def lines_with(pattern: re.Pattern[str], name: str) -> Iterator[str]:
    """Yield the lines of a text file that match, each with where it stands."""
    content = (ROOT / name).read_bytes()
    if b"\0" in content:
        return
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1):
        if pattern.search(line):
            yield f"{name}:{number}: {line[:120]}"


def pins(lock: Path) -> dict[str, str]:
    """Return a lock's versions by package, leaving out those for other systems only."""
    found = re.findall(r"^([\w.-]+)==(\S+)(?: ;.*)? \\$", lock.read_text("utf-8"), re.MULTILINE)
    return dict(found)
