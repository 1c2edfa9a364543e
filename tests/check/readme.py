"""The facts that README states, each held against the tree."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.check.gate import Gate

Fact = Callable[[Path, str], Iterator[str]]  # the root and what README says -> what is not so


def facts(root: Path) -> Sequence[str]:
    """Return the sentences of README that are not so."""
    text = (root / "README.md").read_text("utf-8")
    return [f"README.md: {fault}" for fact in FACTS for fault in fact(root, text)]


def commands(root: Path, text: str) -> Iterator[str]:
    """Every command of run.py is named, and no other."""
    known = set(re.findall(r"^python3 run\.py (\w+)", _help(root), re.MULTILINE)) - {"help"}
    named = set(re.findall(r"python3 run\.py (\w+)", text)) - {"help"}
    yield from _differences("python3 run.py", known, named)


def flask_commands(root: Path, text: str) -> Iterator[str]:
    """Every command of the app is named, and no other. Each file of commands is one group."""
    known = set()
    for file in (root / "webapp" / "commands").glob("*.py"):
        source = file.read_text("utf-8")
        for group in re.findall(r'AppGroup\("([\w-]+)"', source):
            known |= {f"{group} {name}" for name in re.findall(r'\.command\("([\w-]+)"', source)}
    named = {" ".join(words) for words in re.findall(r"`flask ([\w-]+) ([\w-]+)", text)}
    yield from _differences("flask", known, named)


def settings(root: Path, text: str) -> Iterator[str]:
    """Every setting that the app knows is named, and no other."""
    setting = re.compile(r"\bEASEBACK_(?!TEST_)[A-Z_]+")  # those of the tests are no settings
    known = set(setting.findall((root / "webapp" / "config.py").read_text("utf-8")))
    yield from _differences("the setting", known, set(setting.findall(text)))


def stories(root: Path, text: str) -> Iterator[str]:
    """The stories are as many as it says."""
    folder = root / "webapp" / "knowledge" / "stories"
    kinds = ("published", "own", "told")
    there = tuple(len(list((folder / kind).glob("*.yaml"))) for kind in kinds)
    said = re.search(r"(\d+) published\s+stories, (\d+) of our own and (\d+) told", text)
    if not said:
        yield "does not say how many stories are published, of our own and told by strangers"
    elif tuple(map(int, said.groups())) != there:
        counts = f"{said[1]} published stories, {said[2]} our own, {said[3]} told"
        yield f"says {counts}; there are {there}"


FACTS: Sequence[Fact] = (commands, flask_commands, settings, stories)


def _help(root: Path) -> str:
    return (root / "run.py").read_text("utf-8").partition('HELP = """')[2].partition('"""')[0]


def _differences(kind: str, known: set[str], named: set[str]) -> Iterator[str]:
    yield from (f"does not name {kind} {name}" for name in sorted(known - named))
    yield from (f"names {kind} {name}, which there is not" for name in sorted(named - known))


GATES = [Gate("facts of README", facts)]
