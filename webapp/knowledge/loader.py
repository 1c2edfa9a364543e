"""From data files to one checked :class:`~webapp.knowledge.model.Knowledge`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from webapp.knowledge import checks, model, yaml_file
from webapp.knowledge.conditions import Condition, Scope
from webapp.knowledge.emergency import EmergencyNumbers
from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.poses import load_poses
from webapp.knowledge.records import convert
from webapp.knowledge.texts import Text

DATA = Path(__file__).parent / "data"
GUIDANCE = ("now", "thermal", "walking", "exercises", "advice", "about")
"""The files that hold sections of statements."""
_OTHERS = ("positions", "help-card", "hazards", "coverage", "learn")

_TEXT_KEYS = frozenset(
    [
        "title",
        "heading",
        "ask",
        "why",
        "text",
        "reason",
        "name",
        "aim",
        "start",
        "feel",
        "easier",
        "harder",
        "intro",
        "minutes",
        "dose",
        "hold",
        "repetitions",
        "times",
        "helper",
        "not-for",
        "evidence",
        "hazard",
        "control",
    ]
)
_DEFAULTS = ("checked", "strength")
_TOP_KEYS = {
    "questions": {*_DEFAULTS, "screens", "quick"},
    "rules": {*_DEFAULTS, "rules"},
    "sources": {"checked", "sources"},
    "positions": {*_DEFAULTS, "positions"},
    "now": {*_DEFAULTS, "floor", "sections"},
    "thermal": {*_DEFAULTS, "recommendations", "sections"},
    "walking": {*_DEFAULTS, "stages", "sections"},
    "exercises": {*_DEFAULTS, "reasons", "starters", "exercises", "sections"},
    "advice": {*_DEFAULTS, "sections"},
    "about": {*_DEFAULTS, "sections"},
    "help-card": {*_DEFAULTS, "listeners"},
    "hazards": {"hazards"},
    "coverage": {*_DEFAULTS, "coverage"},
    "learn": {*_DEFAULTS, "articles"},
    "search-words": {"leads"},
    "statements": {"statements"},
}
_RecordType = TypeVar("_RecordType")
_Identified = TypeVar("_Identified", model.Source, model.Section, model.Contraindication)


def load(folder: Path = DATA) -> model.Knowledge:
    """Return the knowledge in the folder; raise KnowledgeError naming file, key and remedy."""
    knowledge = _Reader(folder).knowledge()
    checks.run(knowledge)
    return knowledge


def whole(path: Path, record: type[_RecordType]) -> _RecordType:
    """Return the one record that a file is."""
    return convert(yaml_file.read(path), record, path.name)


@dataclass
class _Reader:
    folder: Path
    texts: list[Text] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    scope: Scope = field(default_factory=lambda: Scope({}, frozenset()))

    def knowledge(self) -> model.Knowledge:
        raw_questions = yaml_file.read(self.folder / "questions.yaml")
        raw_rules = yaml_file.read(self.folder / "rules.yaml")
        self.scope = _names(raw_questions)
        self._define(raw_rules.pop("define", {}))
        screens = self._list("questions.yaml", raw_questions, "screens", model.Screen)
        quick = self._list("questions.yaml", raw_questions, "quick", model.Screen)
        rules = self._list("rules.yaml", raw_rules, "rules", model.Rule)
        guidance = {
            name: yaml_file.read(self.folder / f"{name}.yaml") for name in (*GUIDANCE, *_OTHERS)
        }

        def part(name: str, key: str, record: type[_RecordType]) -> tuple[_RecordType, ...]:
            return self._list(f"{name}.yaml", guidance[name], key, record)

        return model.Knowledge(
            sources=self._by_id(self._untranslated("sources", "sources", model.Source)),
            screens=screens,
            quick=quick,
            definitions=dict(self.scope.defined),
            rules=rules,
            recommendations=part("thermal", "recommendations", model.Recommendation),
            stages=part("walking", "stages", model.Stage),
            floor=part("now", "floor", model.FloorStep),
            exercises=part("exercises", "exercises", model.Exercise),
            reasons=self._by_id(part("exercises", "reasons", model.Contraindication)),
            starters=part("exercises", "starters", model.Starter),
            positions=part("positions", "positions", model.Position),
            listeners=part("help-card", "listeners", model.Listener),
            hazards=part("hazards", "hazards", model.Hazard),
            coverage=part("coverage", "coverage", model.Coverage),
            articles=part("learn", "articles", model.Article),
            leads=self._untranslated("search-words", "leads", model.Lead),
            seed_statements=self._untranslated("statements", "statements", model.SeedStatement),
            sections=self._by_id(
                one for name in GUIDANCE for one in part(name, "sections", model.Section)
            ),
            numbers=whole(self.folder / "emergency-numbers.yaml", EmergencyNumbers),
            texts=tuple(self.texts),
            poses=load_poses(self.folder / "poses.yaml"),
            places=self.places,
        )

    def _untranslated(
        self, name: str, key: str, record: type[_RecordType]
    ) -> tuple[_RecordType, ...]:
        file = f"{name}.yaml"
        return self._list(file, yaml_file.read(self.folder / file), key, record, translate=False)

    def _define(self, raw: object) -> None:
        if not isinstance(raw, dict):
            raise KnowledgeError("rules.yaml", "define", "is not a mapping", "Write 'name: …'")
        for name, condition in raw.items():
            try:
                self.scope.defined[name] = self.scope.parse(condition)
            except ValueError as fault:
                raise KnowledgeError(
                    "rules.yaml", f"define.{name}", str(fault), "Use names that stand above it"
                ) from fault

    def _list(
        self,
        file: str,
        raw: dict[str, Any],
        key: str,
        record: type[_RecordType],
        translate: bool = True,
    ) -> tuple[_RecordType, ...]:
        for unknown in set(raw) - _TOP_KEYS[file.removesuffix(".yaml")]:
            raise KnowledgeError(file, unknown, "is not a key of this file", "Mend or remove it")
        if not isinstance(raw.get(key), list):
            raise KnowledgeError(file, key, "is missing or not a list", f"Add '{key}:' with a list")
        values = raw[key]
        if translate:
            defaults = {name: raw[name] for name in _DEFAULTS if name in raw}
            values = self._prepared(values, prefix="", defaults=defaults)
            self._place(values, file)
        return tuple(
            self._record(file, f"{key}[{index}]", value, record)
            for index, value in enumerate(values)
        )

    def _prepared(self, raw: Any, prefix: str, defaults: dict[str, Any]) -> Any:
        """Give every readable string its content id and every sourced thing its defaults."""
        if isinstance(raw, list):
            return [self._prepared(value, prefix, defaults) for value in raw]
        if not isinstance(raw, dict):
            return raw
        here = str(raw["id"]) if "id" in raw else prefix
        prepared = dict(defaults) if {"sources", "ask"} & set(raw) else {}
        for key, value in raw.items():
            if key in _TEXT_KEYS and isinstance(value, str):
                prepared[key] = self._text(f"{here}.{key}", value)
            elif key == "options" and isinstance(value, list):
                prepared[key] = [self._option(here, option) for option in value]
            elif key in ("when", "never", "ask-when"):
                prepared[key] = value
            else:
                deeper = here if isinstance(value, list) else f"{here}.{key}"
                prepared[key] = self._prepared(value, deeper, defaults)
        return prepared

    def _place(self, raw: Any, file: str) -> None:
        """Remember which file every id stands in."""
        if isinstance(raw, list):
            for value in raw:
                self._place(value, file)
        elif isinstance(raw, dict):
            if "id" in raw:
                self.places[str(raw["id"])] = file
            for value in raw.values():
                self._place(value, file)

    def _by_id(self, things: Iterable[_Identified]) -> dict[str, _Identified]:
        found: dict[str, _Identified] = {}
        for thing in things:
            if thing.id in found:
                file = self.places.get(thing.id, "sources.yaml")
                raise KnowledgeError(file, thing.id, "is used twice", "Give one of them another id")
            found[thing.id] = thing
        return found

    def _option(self, screen: str, raw: Any) -> Any:
        if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
            return raw
        return {**raw, "text": self._text(f"{screen}.{raw.get('id')}", raw["text"])}

    def _text(self, identity: str, english: str) -> Text:
        text = Text(identity, " ".join(english.split()))
        self.texts.append(text)
        return text

    def _record(self, file: str, place: str, raw: Any, record: type[_RecordType]) -> _RecordType:
        name = raw.get("id", raw.get("to", place)) if isinstance(raw, dict) else place
        return convert(raw, record, file, str(name), self._decode)

    def _decode(self, wanted: type[Any], value: object) -> object:
        if wanted is Text:
            if isinstance(value, Text):
                return value
            raise ValueError("this must be text")
        return self.scope.parse(value)


def _names(raw_questions: dict[str, Any]) -> Scope:
    """Return the scope of all question ids, before any condition is parsed."""
    options: dict[str, tuple[str, ...]] = {}
    ticks: set[str] = set()
    both = (_dicts(raw_questions.get(key)) for key in ("screens", "quick"))
    for screen in chain.from_iterable(both):
        if screen.get("kind") == "ticks":
            for item in _dicts(screen.get("items")):
                options[str(item.get("id"))] = model.TICK_OPTIONS
                ticks.add(str(item.get("id")))
        else:
            options[str(screen.get("id"))] = tuple(
                str(option.get("id")) for option in _dicts(screen.get("options"))
            )
    return Scope(options, frozenset(ticks))


def _dicts(raw: object) -> Iterator[dict[str, Any]]:
    if isinstance(raw, list):
        yield from (entry for entry in raw if isinstance(entry, dict))


__all__ = ["DATA", "Condition", "load"]
