"""The bundle: the release as the phone fetches it, and the release as the server answers it.

``core`` holds everything that is the same in all languages (diagram, programs, assets, headers);
one pack a language holds its fragments. Both are JSON of closed shapes, checked by SHA-256.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from webapp.offline.pages import Page
from webapp.offline.programs import RELEASE_FRAGMENT, Program, run
from webapp.triage.decisions import Decision
from webapp.triage.diagram import FALSE, TRUE, Compiler
from webapp.triage.interview import (
    ACTIONS,
    ANSWERS_VIEW,
    LONGEST_BODY,
    STEERING,
    Interview,
    State,
)

_SHORT = 12


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages refer to. Text assets travel inside the core, others are fetched online."""

    path: str
    type: str
    content: bytes

    @property
    def is_text(self) -> bool:
        """Whether the content can be a JSON string."""
        return not self.type.startswith("image/png")


@dataclass(frozen=True, slots=True)
class File:
    """One file of the bundle: where it is served, its bytes and their SHA-256 in hex."""

    url: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The hash that the worker checks the fetched bytes against."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Site:
    """Everything rendered, before it is numbered and hashed."""

    interview: Interview
    programs: Mapping[str, Program]
    pages: Mapping[str, Page]
    languages: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    assets: Mapping[str, Asset]
    headers: Mapping[str, str]
    worker: str
    emergency_page: str
    not_found: str
    fixed: tuple[str, ...]
    date: str


class Release:
    """One release: answers pages by the rules as written, and offers itself to phones."""

    def __init__(self, site: Site, compiler: Compiler) -> None:
        self.site = site
        self._compiler = compiler

    # --- as the server answers ----------------------------------------------------------

    def page(self, language: str, route: str, state: State | None = None) -> bytes:
        """Return the HTML of a page of the site; KeyError if there is none."""
        column = self.site.languages.index(language)
        evaluator = self.site.interview.evaluator(state or State())
        numbers = run(self.site.programs[route], evaluator)
        return "".join(self._text(number, column) for number in numbers).encode()

    def status(self, route: str, state: State | None = None) -> int:
        """Return the HTTP status of the page."""
        return state.status if state else self.site.pages[route].status

    def _text(self, number: int, column: int) -> str:
        return self.id if number == RELEASE_FRAGMENT else self.site.rows[number][column]

    # --- as the phone keeps it ----------------------------------------------------------

    @cached_property
    def id(self) -> str:
        """The short id of the release: a hash of all that it is made of, the worker included."""
        parts = [_json(self._core), *(_json(self._pack(lang)) for lang in self.site.languages)]
        whole = b"\0".join([*parts, _json(self._constants), self.site.worker.encode()])
        return hashlib.sha256(whole).hexdigest()[:_SHORT]

    @cached_property
    def core(self) -> File:
        """The file that every phone needs."""
        common = {"common": [self.id, *self._common_texts[1:]]}
        return self._file("core", {"release": self.id, **self._core, **common})

    @cached_property
    def packs(self) -> Mapping[str, File]:
        """The file of each language, by its code."""
        return {
            code: self._file(code, {"release": self.id, **self._pack(code)})
            for code in self.site.languages
        }

    @cached_property
    def worker(self) -> bytes:
        """The worker's script with this release in it."""
        files = {"core": self.core, **self.packs}
        hashes = {name: [file.url, file.sha256] for name, file in files.items()}
        release = {"id": self.id, "files": hashes, **self._constants}
        return self.site.worker.replace("/*RELEASE*/ {}", _json(release).decode()).encode()

    @cached_property
    def _constants(self) -> dict[str, object]:
        """What the worker must know before it has read anything."""
        return {
            "languages": self.site.languages,
            "answering": [route for route, page in self.site.pages.items() if page.answers],
            "notFound": self.site.not_found,
            "fixed": self.site.fixed,
            "headers": self.site.headers,
            "emergencyPage": f"<!doctype html><title>Easeback</title>{self.site.emergency_page}",
        }

    @cached_property
    def files(self) -> Mapping[str, File]:
        """Core and packs by the path they are served at."""
        return {file.url: file for file in (self.core, *self.packs.values())}

    @cached_property
    def node_count(self) -> int:
        """The number of diagram nodes in the core."""
        return sum(1 for _ in self._compiler.diagram.below(self._roots))

    @cached_property
    def _roots(self) -> list[int]:
        conditions = [
            *(case for decision in self.site.interview.decisions for case, _ in decision.cases),
            *(entry.condition for program in self.site.programs.values() for entry in program),
        ]
        return [self._compiler.sure(condition) for condition in conditions]

    @cached_property
    def _common(self) -> tuple[Mapping[int, int], int]:
        """Numbers of fragments in the core and packs: equal texts in all languages come first."""
        same = [n for n, row in enumerate(self.site.rows) if len(set(row)) == 1]
        differ = [n for n, row in enumerate(self.site.rows) if len(set(row)) > 1]
        return {old: new for new, old in enumerate([*same, *differ])}, len(same)

    @cached_property
    def _common_texts(self) -> list[str]:
        """The texts in the core; the first is the release's id, empty until that is known."""
        numbers, common = self._common
        order = sorted(numbers, key=numbers.__getitem__)
        return [self.site.rows[old][0] for old in order[:common]]

    @cached_property
    def _core(self) -> dict[str, object]:
        nodes, offsets = self._flat_diagram()
        interview = self.site.interview
        return {
            "languages": self.site.languages,
            "variables": self._variables(),
            "steering": STEERING,
            "decisions": [self._decision(one, offsets) for one in interview.decisions],
            "screens": self._screens(),
            "actions": ACTIONS,
            "answersView": ANSWERS_VIEW,
            "longestBody": LONGEST_BODY,
            "nodes": nodes,
            "routes": {route: self._page(route, offsets) for route in self.site.programs},
            "common": self._common_texts,
            "headers": self.site.headers,
            "assets": {
                url: [asset.type, asset.content.decode()]
                for url, asset in self.site.assets.items()
                if asset.is_text
            },
        }

    def _pack(self, code: str) -> dict[str, object]:
        numbers, common = self._common
        column = self.site.languages.index(code)
        order = sorted(numbers, key=numbers.__getitem__)
        return {
            "language": code,
            "fragments": [self.site.rows[old][column] for old in order[common:]],
        }

    def _page(self, route: str, offsets: Mapping[int, int]) -> dict[str, object]:
        numbers, _ = self._common
        page = self.site.pages[route]
        flat: list[int] = []
        for entry in self.site.programs[route]:
            root = offsets[self._compiler.sure(entry.condition)]
            flat += [root, entry.step if entry.step < 0 else numbers[entry.step]]
        return {"status": page.status, "answers": int(page.answers), "program": flat}

    def _decision(self, decision: Decision, offsets: Mapping[int, int]) -> list[object]:
        """Return the decision's variable, its cases as roots and values, and the default value."""
        diagram = self._compiler.diagram
        value = {option: n for n, option in enumerate(decision.variable.options, start=1)}
        cases = [
            number
            for condition, option in decision.cases
            for number in (offsets[self._compiler.sure(condition)], value[option])
        ]
        return [diagram.index[decision.name], cases, value[decision.default]]

    def _variables(self) -> list[list[object]]:
        """Return name, options and whether a form may answer it (1 or 0) of each variable."""
        asked = {question.id for question in self.site.interview.knowledge.questions}
        return [[v.name, v.options, int(v.name in asked)] for v in self.site.interview.variables]

    def _screens(self) -> list[list[object]]:
        """Return id, first variable, number of tick rows (0 for a choice) of each screen."""
        screens: list[list[object]] = []
        first = 0
        for screen in self.site.interview.knowledge.screens:
            count = len(screen.questions)
            screens.append([screen.id, first, count if screen.kind == "ticks" else 0])
            first += count
        return screens

    def _flat_diagram(self) -> tuple[list[int], Mapping[int, int]]:
        """Return the nodes as one list (variable, then a child for each value) and their places.

        A child is 0 or 1, a terminal, or how far after the node it stands: small numbers that recur
        shrink well. Nodes therefore stand before all their children.
        """
        diagram = self._compiler.diagram
        places = {FALSE: 0, TRUE: 1}
        end = 2
        ordered = self._parents_first()
        for node in ordered:
            places[node] = end
            end += 1 + len(diagram.node(node)[1])
        flat = [0, 1]
        for node in ordered:
            variable, children = diagram.node(node)
            ahead = (child if child <= TRUE else places[child] - places[node] for child in children)
            flat += [variable, *ahead]
        return flat, places

    def _parents_first(self) -> list[int]:
        """Return every node, near to its parents and after all of them.

        It is the order of a walk, not of making: what was compiled before must not matter.
        """
        seen = {FALSE, TRUE}
        children_first: list[int] = []

        def walk(node: int) -> None:
            if node not in seen:
                seen.add(node)
                for child in reversed(self._compiler.diagram.node(node)[1]):
                    walk(child)
                children_first.append(node)

        for root in reversed(self._roots):
            walk(root)
        return children_first[::-1]

    def _file(self, name: str, content: Mapping[str, object]) -> File:
        body = _json(content)
        digest = hashlib.sha256(body).hexdigest()
        return File(f"/release/{name}.{digest[:16]}.json", body)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
