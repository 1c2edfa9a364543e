"""The scripts: types out of their comments, lint, and what nothing uses."""

import json
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.check.gate import CannotLook, Gate, lines_of
from tests.support import node

FLOOR = Path("docs", "phones.md")
_MODULES = Path("static", "js")
_WORKER = Path("static", "worker")
_TYPE_ERROR = re.compile(r"^(.+)\((\d+),\d+\): (.+)$")


def types(root: Path) -> Sequence[str]:
    """Return where the types of the pages' scripts do not hold in the oldest browsers."""
    return _compiled(root, "tsconfig.json", library="dom", scripts=_MODULES)


def pure_types(root: Path) -> Sequence[str]:
    """Return where a pure module asks for what only a browser has."""
    return _told_by_tsc(root, Path("tests", "js", "tsconfig.pure.json"))


def worker_types(root: Path) -> Sequence[str]:
    """Return where the types of the worker's parts do not hold in the oldest browsers."""
    return _compiled(root, "tsconfig.worker.json", library="webworker", scripts=_WORKER)


def lint(root: Path) -> Sequence[str]:
    """Return what ESLint finds in the scripts, and in the few that tests run in Node."""
    options = ("--config", Path("tests", "js", "eslint.config.mjs"), "--format=json")
    done = _tool(root, "eslint/bin/eslint.js", *options, "static", "tests")
    if not done.stdout.startswith("["):
        return lines_of(done)
    return [
        f"{Path(file['filePath']).relative_to(root)}:{fault['line']}: {_told(fault)}"
        for file in json.loads(done.stdout)
        for fault in file["messages"]
    ]


def dead_code(root: Path) -> Sequence[str]:
    """Return the modules that no other imports, and the exports that none of them asks for.

    Knip takes for ours only what lies below a package.json, so it is shown a copy of the scripts.
    """
    with tempfile.TemporaryDirectory() as copied:
        copy = Path(copied)
        shutil.copytree(root / _MODULES, copy / _MODULES)
        shutil.copytree(root / "static" / "vendor", copy / "static" / "vendor")
        (copy / "package.json").write_text('{"private": true}', "utf-8")
        (copy / "knip.json").write_text(json.dumps(_KNIP), "utf-8")
        program = _program(root, "knip/bin/knip.js")
        done = node.run(program, "--no-progress", "--reporter=json", folder=copy)
    if not done.stdout.startswith("{"):
        return lines_of(done)
    return [line for file in json.loads(done.stdout)["issues"] for line in _unused(file)]


def dead_worker_code(root: Path) -> Sequence[str]:
    """Return what a part of the worker declares for all parts and none of them names again."""
    parts = read(root, "script", sorted((root / _WORKER).glob("*.js")))
    names: Counter[str] = Counter()
    for part in parts.values():
        names.update(part["names"])
    return [
        f"{file}:{declared['line']}: {declared['name']} is used by no part of the worker"
        for file, part in parts.items()
        for declared in part["declares"]
        if names[declared["name"]] == 1
    ]


def read(root: Path, kind: str, files: Sequence[Path]) -> Mapping[str, Any]:
    """Return what scripts hold, by their paths from the root; see tests/js/read-scripts.mjs.

    Raise CannotLook where one cannot be parsed.
    """
    _program(root, "espree")
    names = [str(file.relative_to(root)) for file in files]
    done = node.run(Path("tests", "js", "read-scripts.mjs"), kind, *names, folder=root)
    if done.returncode:
        raise CannotLook("; ".join(lines_of(done)))
    scripts: dict[str, Any] = json.loads(done.stdout)
    for name, script in scripts.items():
        if script["error"]:
            raise CannotLook(f"{name}:{script['error']['line']}: {script['error']['message']}")
    return scripts


_KNIP = {
    "entry": ["static/js/app.js"],
    "project": ["static/js/**/*.js"],
}


def _compiled(root: Path, config: str, *, library: str, scripts: Path) -> list[str]:
    """Compile scripts with a library of the web's types as the oldest browsers have them.

    What one of them lacks may be undefined there: see tests/js/older-types.mjs.
    """
    with tempfile.TemporaryDirectory() as made:
        older, project = Path(made, f"{library}.d.ts"), Path(made, "tsconfig.json")
        writer = Path("tests", "js", "older-types.mjs")
        done = node.run(writer, FLOOR, _library(root, library), older, folder=root)
        if done.returncode:
            raise CannotLook("; ".join(lines_of(done)))
        own = {
            "extends": str(root.resolve() / "tests" / "js" / config),
            "compilerOptions": {"lib": ["ES2021"], "skipLibCheck": True},
            "files": [str(older)],
            "include": [str(root.resolve() / scripts / "**" / "*")],
        }
        project.write_text(json.dumps(own), "utf-8")
        return _told_by_tsc(root, project)


def _library(root: Path, name: str) -> Path:
    """Return the compiler's own types of what browsers have; each machine has them elsewhere."""
    found = _program(root, "@typescript").glob(f"typescript-*/lib/lib.{name}.d.ts")
    for library in found:
        return library
    raise CannotLook(f"the compiler has no library {name}")


def _told_by_tsc(root: Path, project: Path) -> list[str]:
    done = _tool(root, "typescript/bin/tsc", "--project", project, "--pretty", "false")
    errors = [line for line in lines_of(done) if not line.startswith(" ")]  # no details
    return [_TYPE_ERROR.sub(r"\1:\2: \3", error) for error in errors]


def _tool(root: Path, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return node.run(_program(root, program), *arguments, folder=root)


def _program(root: Path, name: str) -> Path:
    program = root.resolve() / "tests" / "js" / "node_modules" / name
    if not program.exists():
        raise CannotLook(
            f"{name} is not installed: delete tests/js/node_modules and run this again"
        )
    return program


def _told(fault: Mapping[str, Any]) -> str:
    return f"{fault['message']} ({fault['ruleId']})" if fault["ruleId"] else fault["message"]


def _unused(file: Mapping[str, Any]) -> Iterator[str]:
    if file["files"]:
        yield f"{file['file']}:1: no script imports this module"
    for export in file["exports"]:
        yield f"{file['file']}:{export['line']}: {export['name']} is exported and never imported"
    for missing in file["unresolved"]:
        yield f"{file['file']}:{missing.get('line', 1)}: there is no {missing['name']}"


GATES = [
    Gate("types of scripts (tsc)", types),
    Gate("purity of scripts (tsc)", pure_types),
    Gate("types of the worker (tsc)", worker_types),
    Gate("scripts (ESLint)", lint),
    Gate("dead code of scripts (knip)", dead_code),
    Gate("dead code of the worker", dead_worker_code),
]
