"""Which room of static/js may import which, and whether what is exported is imported.

Rooms are the folders; a new one needs no entry here.
`app.js` starts every room and is imported by none. Any room may import `lib`, which imports no
other room. Where a room needs a store of another, the table says so. What is imported only when it
is wanted, by `import()`, counts as well; a type in a comment does not: nothing is fetched for it.
"""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.check.gate import Gate
from tests.check.scripts import read

Arrows = Mapping[str, Mapping[str, int]]  # importing module -> imported module -> line

START = "app"
SHARED = "lib"

# What a room may ask of other rooms, and no more of them: a module, or a room as a whole.
ALLOWED: Mapping[str, frozenset[str]] = {
    "backup": frozenset({"journal/entry", "journal/merge", "journal/refusal", "journal/store"}),
    "help-card": frozenset({"check/draft"}),
    "journal-pages": frozenset({"backup/lock", "backup/sync", "journal"}),
    "recall": frozenset({"pwa/registration"}),
    "walking": frozenset({"timer/state", "timer/store"}),
}

# What others wrote, and the only module of ours that asks for it.
VENDORED: Mapping[str, str] = {"vendor/uqr/uqr": "backup/qr"}

# Made by the release, so no file of this tree: webapp/knowledge/emergency.py.
GENERATED = frozenset({"emergency/table"})


def contracts(root: Path) -> Sequence[str]:
    """Return the imports that no contract allows, and the allowances that no import needs."""
    modules = _modules(root)
    arrows, unclear = _arrows(modules)
    return [
        *unclear,
        *(f"{_path(module)}:1: belongs into a room" for module in _homeless(modules)),
        *_forbidden(arrows),
        *_circles(arrows),
        *_idle(arrows),
    ]


def dead_exports(root: Path) -> Sequence[str]:
    """Return the exports whose name stands in no module that imports theirs.

    Knip takes a module for used as a whole once it is handed on, as in `() => import("./x.js")`.
    """
    modules = _modules(root)
    arrows, _ = _arrows(modules)
    named: dict[str, set[str]] = {module: set() for module in modules}
    for module, targets in arrows.items():
        for target in targets.keys() & modules.keys():
            named[target].update(modules[module]["names"])
    return [
        f"{_path(module)}:{export['line']}: {export['name']} is exported and never imported"
        for module, script in modules.items()
        for export in script["exports"]
        if export["name"] not in named[module]
    ]


def _modules(root: Path) -> Mapping[str, Any]:
    """Return what each module holds by its room and name, as the tables call it."""
    files = sorted((root / "static" / "js").rglob("*.js"))
    scripts = read(root, "module", files)
    return {path.removeprefix("static/js/").removesuffix(".js"): scripts[path] for path in scripts}


def _path(module: str) -> str:
    return f"static/js/{module}.js"


def _arrows(modules: Mapping[str, Any]) -> tuple[Arrows, list[str]]:
    """Return who imports whom, and the imports of which that cannot be told."""
    arrows: dict[str, dict[str, int]] = {module: {} for module in modules}
    unclear = []
    for module, script in modules.items():
        for imported in script["imports"]:
            target = _target(module, imported["from"])
            if target in modules or target in GENERATED or target in VENDORED:
                arrows[module].setdefault(target, imported["line"])
            else:
                told = imported["from"] or "what is no plain text"
                unclear.append(
                    f"{_path(module)}:{imported['line']}: imports {told}, which is no module"
                )
    return arrows, unclear


def _target(module: str, address: str | None) -> str:
    """Return the module that an address names where it is written; "" where it names none."""
    if not address or not address.startswith("."):
        return ""
    name = posixpath.normpath(posixpath.join(posixpath.dirname(module), address))
    return name.removeprefix("../").removesuffix(".js")


def _homeless(modules: Mapping[str, Any]) -> Iterator[str]:
    return (module for module in modules if "/" not in module and module != START)


def _room(module: str) -> str:
    return module.rpartition("/")[0]


def _forbidden(arrows: Arrows) -> Iterator[str]:
    for module, targets in arrows.items():
        for target, line in targets.items():
            if reason := _why_not(module, target):
                yield f"{_path(module)}:{line}: imports {target}.js: {reason}"


def _why_not(module: str, target: str) -> str | None:
    """Return why a module must not import another; None where it may."""
    if target in VENDORED:
        return None if module == VENDORED[target] else f"only {VENDORED[target]}.js may"
    if target == START:
        return "nothing imports what starts everything"
    if module == START or _room(module) == _room(target):
        return None
    if _room(module) == SHARED:
        return f"{SHARED} imports no other room"
    if _room(target) == SHARED or {target, _room(target)} & ALLOWED.get(_room(module), frozenset()):
        return None
    return f"tests/check/script_imports.py does not allow it to {_room(module)}"


def _circles(arrows: Arrows) -> Iterator[str]:
    """Yield each circle of rooms, and each of modules, by one import that closes it."""
    rooms: dict[str, dict[str, tuple[str, int]]] = {}
    for module, targets in arrows.items():
        for target, line in targets.items():
            if _room(module) != _room(target):
                rooms.setdefault(_room(module), {}).setdefault(_room(target), (module, line))
    for room, others in rooms.items():
        for other, (module, line) in others.items():
            if room in _reached(other, rooms):
                yield f"{_path(module)}:{line}: {room} and {other} import each other"
    for module, targets in arrows.items():
        for target, line in targets.items():
            if module in _reached(target, arrows):
                yield f"{_path(module)}:{line}: {target}.js imports it in turn"


def _reached(start: str, arrows: Mapping[str, Mapping[str, object]]) -> set[str]:
    """Return a node and all that it imports, directly or not."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting.extend(arrows.get(node, ()))
    return reached


def _idle(arrows: Arrows) -> Iterator[str]:
    """Yield what the tables allow and nothing asks for."""
    used: dict[str, set[str]] = {}
    for module, targets in arrows.items():
        used.setdefault(_room(module), set()).update(targets, map(_room, targets))
    for room, allowed in ALLOWED.items():
        for target in sorted(allowed):
            if target not in used.get(room, ()):
                yield f"tests/check/script_imports.py: {room} imports {target} no more"


GATES = [
    Gate("imports of scripts", contracts),
    Gate("dead exports of scripts", dead_exports),
]
