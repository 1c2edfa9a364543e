"""From data files to one checked :class:`~webapp.knowledge.model.Knowledge`.

What stands where is the table that ``Knowledge`` is (``kinds``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from webapp.knowledge import checks, yaml_file
from webapp.knowledge.conditions import Condition, Leaf, Scope
from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.kinds import Keyed, Kind, Whole, kinds_of, records_below
from webapp.knowledge.model import GATE_OPTIONS, ROW_OPTIONS, Knowledge, Sourced
from webapp.knowledge.preparing import Found, Preparing
from webapp.knowledge.records import Record, convert

DATA = Path(__file__).parent / "data"
RULES, QUESTIONS = "rules.yaml", "questions.yaml"
DEFINE = "define"
"""The key in the file of rules that gives conditions a name."""

_NAMES = ("id", "to", "row", "of")
"""Keys by which an entry of a list is named where it is refused."""

_UNDECIDING = frozenset(
    (
        *("read", "sources", "listeners", "hazards", "coverage", "articles", "synonyms"),
        *("seed_statements", "reviews", "poses"),
    )
)
"""Kinds of content on which no urgency and no offer depends."""

_Known = TypeVar("_Known", bound=Knowledge)


def load(folder: Path = DATA) -> Knowledge:
    """Return the knowledge in the folder; raise KnowledgeError naming file, key and remedy."""
    return load_as(Knowledge, folder)


def load_as(shape: type[_Known], folder: Path) -> _Known:
    """Return the content of the folder as knowledge that may have more kinds than ours."""
    knowledge = _Reader(folder, kinds_of(shape)).knowledge(shape)
    checks.run(knowledge)
    return knowledge


def load_earlier(folder: Path) -> Knowledge:
    """Return what decides in another release's folder, to be compared with ours; all else is empty.

    It may lack kinds of content that came later, and today's house rules do not bind it. Raise
    KnowledgeError where the form of what decides is none that we know.
    """
    return _Reader(folder, kinds_of(Knowledge), is_earlier=True).knowledge(Knowledge)


def top_keys(file: str, kinds: Iterable[Kind]) -> set[str]:
    """Return the keys that the top of a file may have, if it is more than one list or record.

    ``checked`` and ``strength`` stand for all in the file that does not say its own.
    """
    here = [kind for kind in kinds if file in kind.files]
    keys = {"checked", *(kind.key for kind in here)}
    if any(is_sourced(kind) for kind in here):
        keys.add("strength")
    return keys | {DEFINE} if file == RULES else keys


def is_sourced(kind: Kind) -> bool:
    """Return whether anything of the kind names its sources."""
    every = chain.from_iterable(map(records_below, kind.records))
    return any(issubclass(record, Sourced) for record in every)


class _Reader:
    """Reads a folder once: its files, then definitions, then content of each kind."""

    def __init__(self, folder: Path, kinds: tuple[Kind, ...], *, is_earlier: bool = False) -> None:
        self._kinds = kinds
        files = dict.fromkeys(file for kind in kinds for file in kind.files)
        self._is_earlier = is_earlier
        self._raw = {file: self._read(folder / file) for file in files}
        self._scope = _names(self._raw[QUESTIONS])
        self._found = Found()

    def _read(self, path: Path) -> dict[str, Any]:
        if self._is_earlier and path.name not in (RULES, QUESTIONS) and not path.exists():
            return {}
        return yaml_file.read(path)

    def knowledge(self, shape: type[_Known]) -> _Known:
        self._define(self._raw[RULES].get(DEFINE, {}))
        content: dict[str, Any] = {kind.name: self._content(kind) for kind in self._kinds}
        return shape(
            **content,
            definitions=dict(self._scope.defined),
            texts=tuple(self._found.texts),
            file_of=self._found.file_of,
        )

    def _define(self, raw: object) -> None:
        if not isinstance(raw, dict):
            raise KnowledgeError(RULES, DEFINE, "is not a mapping", "Write 'name: …'")
        for name, condition in raw.items():
            try:
                self._scope.defined[name] = self._scope.parse(condition)
            except ValueError as fault:
                raise KnowledgeError(
                    RULES, f"{DEFINE}.{name}", str(fault), "Use names that stand above it"
                ) from fault

    def _content(self, kind: Kind) -> object:
        """Return what the field of the knowledge holds."""
        stands = kind.stands
        if self._is_earlier and kind.name in _UNDECIDING:
            return {} if kind.by_id else ()
        if isinstance(stands, Whole):
            (record,) = kind.records
            return convert(self._raw[stands.file], record, stands.file)
        if isinstance(stands, Keyed):
            return {
                name: convert(value, stands.choose(value), stands.file, name)
                for name, value in self._raw[stands.file].items()
            }
        found = tuple(chain.from_iterable(self._list(file, kind) for file in kind.files))
        return self._by_id(found, kind) if kind.by_id else found

    def _list(self, file: str, kind: Kind) -> Iterator[Record]:
        raw, key, (record,) = self._raw[file], kind.key, kind.records
        for unknown in sorted(raw.keys() - top_keys(file, self._kinds)):
            raise KnowledgeError(file, unknown, "is not a key of this file", "Mend or remove it")
        if self._is_earlier and key not in raw:
            return
        if not isinstance(raw.get(key), list):
            raise KnowledgeError(file, key, "is missing or not a list", f"Add '{key}:' with a list")
        defaults = {name: raw[name] for name in raw.keys() & {"checked", "strength"}}
        preparing = Preparing(file, defaults, self._found)
        for index, value in enumerate(raw[key]):
            own = value if isinstance(value, dict) else {}
            name = str(next((own[k] for k in _NAMES if own.get(k)), f"{key}[{index}]"))
            prepared = preparing.record(value, record)
            yield convert(prepared, record, file, name, self._condition)

    def _condition(self, wanted: type[Any], raw: object) -> Condition:
        """Return the condition or the opener that a value is: all that msgspec asks us for."""
        return self._scope.opener(raw) if wanted is Leaf else self._scope.parse(raw)

    def _by_id(self, things: Iterable[Any], kind: Kind) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for thing in things:
            if thing.id in found:
                file = self._found.file_of.get(thing.id, kind.files[0])
                raise KnowledgeError(file, thing.id, "is used twice", "Give one of them another id")
            found[thing.id] = thing
        return found


def _names(raw_questions: dict[str, Any]) -> Scope:
    """Return the scope of all question ids, before any condition is parsed."""
    items: dict[str, set[str]] = {"gates": set(), "rows": set()}
    options: dict[str, tuple[str, ...]] = {}
    both = (_dicts(raw_questions.get(key)) for key in ("screens", "quick"))
    for screen in chain.from_iterable(both):
        kind = screen.get("kind")
        if kind in items:
            items[kind].update(str(item.get("id")) for item in _dicts(screen.get("items")))
        else:
            for choice in _dicts([screen, screen.get("beside")]):
                known = _dicts(choice.get("options"))
                options[str(choice.get("id"))] = tuple(str(option.get("id")) for option in known)
    options |= dict.fromkeys(items["gates"], GATE_OPTIONS)
    options |= dict.fromkeys(items["rows"], ROW_OPTIONS)
    return Scope(options, frozenset(items["rows"]), frozenset(items["gates"]))


def _dicts(raw: object) -> Iterator[dict[str, Any]]:
    if isinstance(raw, list):
        yield from (entry for entry in raw if isinstance(entry, dict))
