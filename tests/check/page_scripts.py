"""What tests run inside a page: it stands in files of JavaScript, and all of it is called.

In a string of Python it would be neither linted nor found. A line is let be, and so is a docstring.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.check.gate import Gate

# Who makes scripts of pieces, so that nobody else has to.
WRAPPERS = ("tests/support/browsers.py", "tests/support/in_page.py")

# What neither Python nor SQL nor a sentence has.
_JAVASCRIPT = re.compile(
    r"\b(?:document|window|navigator|localStorage|indexedDB|Object)\.\w|\bnew [A-Z]\w*\("
    r"|\bawait\b [\w(]|=>\s|\b(?:const|let) [^\n=]+ = |\((?:const|let) "
    r"|\breturn\b[^\n]*;$|\bfunction\b[^\n]*\{$",
    re.MULTILINE,
)
_EXPORTED = re.compile(r"^export (?:async )?function (\w+)", re.MULTILINE)
_IMPORTED = re.compile(r"^import \{(.*)\} from", re.MULTILINE)


def faults(root: Path) -> Sequence[str]:
    """Return the scripts in strings, and the functions for pages that nobody calls."""
    modules = {file: ast.parse(file.read_text("utf-8")) for file in _files(root, "py")}
    return [*_in_strings(root, modules), *_uncalled(root, modules)]


def _in_strings(root: Path, modules: Mapping[Path, ast.Module]) -> Iterator[str]:
    """Yield each string beyond a line that holds JavaScript."""
    for file, module in modules.items():
        name = file.relative_to(root).as_posix()
        if name not in WRAPPERS:
            for node in _strings(module):
                if node.lineno != node.end_lineno and _JAVASCRIPT.search(_text(node)):
                    yield f"{name}:{node.lineno}: JavaScript beyond a line belongs into a .js file"


def _strings(tree: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Yield the constants of a module, an f-string as one; no docstring."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr):
            yield node
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            yield from _strings(node)


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    """Return the text of a string, with a name in place of what an f-string puts into it."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in parts)


def _uncalled(root: Path, modules: Mapping[Path, ast.Module]) -> Iterator[str]:
    """Yield each exported function that neither the module beside it names nor who imports that.

    One script may import from another, too.
    """
    shared = {
        name
        for file in _files(root, "js")
        for names in _IMPORTED.findall(file.read_text("utf-8"))
        for name in re.findall(r"\w+", names)
    }
    for file in _files(root, "js"):
        beside, text = file.with_suffix(".py"), file.read_text("utf-8")
        dotted = ".".join(beside.relative_to(root).with_suffix("").parts)
        named: set[object] = set()
        for other, module in modules.items():
            if other == beside or dotted in _imports(module):
                named |= {node.value for node in ast.walk(module) if isinstance(node, ast.Constant)}
        for exported in _EXPORTED.finditer(text):
            if exported[1] not in named | shared:
                line = text.count("\n", 0, exported.start()) + 1
                yield f"{file.relative_to(root)}:{line}: {exported[1]} is called by no test"


def _imports(module: ast.Module) -> set[str]:
    """Return the modules from which a module imports something."""
    found = (node for node in ast.walk(module) if isinstance(node, ast.ImportFrom))
    return {node.module for node in found if node.module}


def _files(root: Path, kind: str) -> list[Path]:
    """Return the files of the tests that end so, without what npm has installed."""
    tools = root / "tests" / "js"
    found = sorted((root / "tests").rglob(f"*.{kind}"))
    return [file for file in found if tools not in file.parents]


GATES = [Gate("scripts of tests in pages", faults)]
