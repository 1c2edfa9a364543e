"""Which package of webapp may import which, and which of them know Flask or a database.

The contracts are about direct imports; as the table has no circle, what a package can reach is what
the table lets it reach. A package that is in no line of it fails, so a new one has to be placed.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import grimp

from tests.check.gate import Gate

ROOT = "webapp"  # its __init__ puts everything together, and nothing imports it

# What each package or module of webapp may import of the others.
ALLOWED: Mapping[str, frozenset[str]] = {
    "commands": frozenset(
        {
            "database",
            "extensions",
            "feedback",
            "i18n",
            "knowledge",
            "release",
            "snapshots",
            "triage",
            "web",
        }
    ),
    "web": frozenset(
        {
            "backup",
            "database",
            "extensions",
            "feedback",
            "figures",
            "i18n",
            "knowledge",
            "release",
            "served",
            "triage",
        }
    ),
    "serve": frozenset({"", "config", "extensions", "i18n", "knowledge", "web"}),
    "release": frozenset({"knowledge", "triage"}),
    "triage": frozenset({"knowledge"}),
    "figures": frozenset({"knowledge"}),  # how a data file is read and refused
    "knowledge": frozenset(),
    "backup": frozenset({"database"}),
    "feedback": frozenset({"database"}),
    "served": frozenset({"database"}),
    "snapshots": frozenset({"database"}),
    "extensions": frozenset({"database"}),
    "database": frozenset(),
    "config": frozenset({"i18n"}),
    "i18n": frozenset({"knowledge"}),
}

# A package that may import one module of another, and no more of it.
ONLY: Mapping[tuple[str, str], str] = {("i18n", "knowledge"): "webapp.knowledge.texts"}

# Who knows what comes from outside. Whoever is not named knows neither Flask nor a database.
LIBRARIES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        ("click", "flask", "flask_limiter", "flask_sqlalchemy", "flask_wtf", "werkzeug", "wtforms"),
        frozenset({"", "commands", "extensions", "serve", "web"}),
    ),
    "granian": frozenset({"serve"}),
    **dict.fromkeys(
        ("alembic", "sqlalchemy"),
        frozenset(
            {
                "backup",
                "commands",
                "config",
                "database",
                "extensions",
                "feedback",
                "served",
                "snapshots",
                "web",
            }
        ),
    ),
}

# Of the packages in webapp/web, the one that all the others build their pages with.
SHARED_BY_FEATURES = "webapp.web.layout"


def contracts(root: Path) -> Sequence[str]:
    """Return the imports that no contract allows."""
    graph = grimp.build_graph(ROOT, include_external_packages=True, cache_dir=None)
    folders = sorted((root / "webapp" / "web").glob("*/__init__.py"))
    features = {f"webapp.web.{file.parent.name}" for file in folders} - {SHARED_BY_FEATURES}
    return list(forbidden(graph, features))


def forbidden(graph: grimp.ImportGraph, features: set[str]) -> Iterator[str]:
    """Yield each import that no contract allows, by file and line."""
    for package in sorted({_package(module) for module in graph.modules if _is_ours(module)}):
        if package and package not in ALLOWED:
            yield f"webapp/{package}: is in no line of tests/check/packages.py"
    for module in sorted(filter(_is_ours, graph.modules)):
        for target in sorted(graph.find_modules_directly_imported_by(module)):
            if reason := _why_not(module, target, features):
                yield from _places(graph, module, target, reason)


def _is_ours(module: str) -> bool:
    return module == ROOT or module.startswith(f"{ROOT}.")


def _package(module: str) -> str:
    """Return the package of ours in which a module is; "" for webapp itself."""
    return module.removeprefix(ROOT).removeprefix(".").partition(".")[0]


def _why_not(module: str, target: str, features: set[str]) -> str | None:
    """Return why a module must not import another; None where it may."""
    package = _package(module)
    if not _is_ours(target):
        if package in LIBRARIES.get(target, {package}):
            return None
        return f"{package} does not know {target}"
    feature, other = _within(module, features), _within(target, features)
    if feature and other and feature != other:
        return "a feature of the web knows no other feature"
    if package == _package(target):
        return None
    return _why_not_package(package, target)


def _why_not_package(package: str, target: str) -> str | None:
    other = _package(target)
    if not package:
        return None
    if other not in ALLOWED.get(package, ()):
        return f"tests/check/packages.py does not allow it to {package}"
    only = ONLY.get((package, other), target)
    return None if target == only else f"{package} knows only {only}"


def _within(module: str, features: set[str]) -> str | None:
    feature = ".".join(module.split(".")[:3])
    return feature if feature in features else None


def _places(graph: grimp.ImportGraph, module: str, target: str, reason: str) -> Iterator[str]:
    """Yield a line for each place where a module imports another."""
    for detail in graph.get_import_details(importer=module, imported=target):
        path = module.replace(".", "/")
        folder = any(other.startswith(f"{module}.") for other in graph.modules)
        file = f"{path}/__init__.py" if folder else f"{path}.py"
        yield f"{file}:{detail['line_number']}: imports {target}: {reason}"


GATES = [Gate("imports of packages", contracts)]
