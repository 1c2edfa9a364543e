"""The parts of a release as the phone fetches them, and the release as the server answers it.

``core`` holds everything that is the same in all languages (diagram, programs, templates, assets);
a language pack holds a language's strings. What may wait is kept apart in the same way, in
``deferred`` and a pack a language, for a phone to fetch once it is ready. All are JSON of closed
shapes. None names the release or another part: the worker's script does, by a list of their hashes.
So a part that did not change is the same file in the next release, at the same address.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from webapp.knowledge.conditions import Leaf
from webapp.release.compiled_pages import CompiledPages
from webapp.release.letters import letters
from webapp.release.numbering import Version
from webapp.release.packed_diagram import PackedDiagram, pack
from webapp.release.pages import Page
from webapp.release.programs import RELEASE_FRAGMENT, Program, run
from webapp.release.templates import Templates
from webapp.triage.decision_list import Decision
from webapp.triage.diagram import Compiler
from webapp.triage.evaluation import Evaluator, compare
from webapp.triage.interview import (
    ACTIONS,
    ANSWERS_VIEW,
    CONTRADICTION,
    LONGEST_BODY,
    STEERING,
    Interview,
    State,
)
from webapp.triage.truth import FALSE as SURELY_NOT

_SHORT = 12
_DIGEST = 32
"""How much of a part's hash the worker knows: 128 bits, which nobody can hit."""
_ADDRESS = 16
"""How much of it stands in the part's address."""
DEFERRED = "deferred"
"""The part that a phone fetches once it is ready, and the mark of its language packs."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages refer to. Text assets travel inside a part, others are fetched online.

    ``deferred`` marks one that a phone may get after all that makes it ready. ``hashed`` is what
    the hash in its address is of, if that is more than its content.
    """

    path: str
    type: str
    content: bytes
    deferred: bool = False
    hashed: bytes = b""

    @property
    def is_text(self) -> bool:
        """Whether the content can be a JSON string."""
        return not self.type.startswith("image/png")


@dataclass(frozen=True)
class File:
    """A part as a file: its name, its bytes, their hash in hex, and where it is served."""

    name: str
    content: bytes

    @cached_property
    def digest(self) -> str:
        """The beginning of the SHA-256 that the worker checks the fetched bytes against."""
        return hashlib.sha256(self.content).hexdigest()[:_DIGEST]

    @property
    def url(self) -> str:
        """Where the part is served: the worker works it out in the same way."""
        return f"/release/{self.name}.{self.digest[:_ADDRESS]}.json"


@dataclass(frozen=True)
class Site:
    """Everything rendered, before it is numbered and hashed."""

    interview: Interview
    """How a form becomes a state, and which screen comes next."""
    programs: Mapping[str, Program]
    """By route below ``/<language>/``: which fragments make the page, on which conditions."""
    pages: Mapping[str, Page]
    """The page of each route, with its status and whether it depends on answers or is deferred."""
    languages: tuple[str, ...]
    """Codes, in the order of the columns of ``fragments``."""
    fragments: Sequence[tuple[str, ...]]
    """By number: a piece of HTML in each language. Number 0 stands for the release's id."""
    ready_fragments: int
    """How many fragments, from the first, make the pages that a phone must have to be ready."""
    assets: Mapping[str, Asset]
    """By address, such as ``/assets/css/app.<hash>.css``."""
    night: tuple[str, str]
    """The style of a drawing by day, and what stands in its place by night."""
    headers: Mapping[str, str]
    """What every page is sent with, by server and worker alike."""
    worker: str
    """The script of the service worker, with a mark where the release is put."""
    last_resorts: tuple[str, ...]
    """The worker's last resort in every language, where it can read nothing that it has kept."""
    not_found: str
    """The route of the page for an address that there is not."""
    not_here_yet: str
    """The route of the page for a deferred page that has not reached the phone."""
    fixed: tuple[str, ...]
    """Addresses of assets that never change, such as that of the manifest."""
    date: str
    """The day, as ``YYYY-MM-DD``, on which the newest statement was held against its source."""
    version: Version
    """By what phones tell which of two releases is the newer one."""


class Release:
    """One release: answers pages, and offers itself to phones."""

    def __init__(self, site: Site, compiler: Compiler) -> None:
        self.site = site
        self._compiler = compiler

    # --- as the server answers ----------------------------------------------------------

    def page(self, language: str, route: str, state: State | None = None) -> bytes:
        """Return the HTML of a page of the site; KeyError if there is none.

        A page that answers a form is made by compiled functions, with the bytes that
        :meth:`page_as_written` has.
        """
        if state is None or not self.site.pages[route].answers:
            return self.page_as_written(language, route, state)
        return self._compiled.page(route, self.site.languages.index(language), state)

    def page_as_written(self, language: str, route: str, state: State | None = None) -> bytes:
        """Return the HTML of a page by the rules as written; KeyError if there is none."""
        column = self.site.languages.index(language)
        evaluator = self.site.interview.evaluator(state) if state else self._unanswered
        numbers = run(self.site.programs[route], evaluator)
        return "".join(self._text(number, column) for number in numbers).encode()

    def compile(self) -> None:
        """Compile what answers a form, which the first form would wait for otherwise."""
        _ = self._compiled

    @cached_property
    def _compiled(self) -> CompiledPages:
        answering = {r: p for r, p in self.site.programs.items() if self.site.pages[r].answers}
        return CompiledPages(self.site.interview, answering, len(self.site.languages), self._text)

    @cached_property
    def _unanswered(self) -> Evaluator:
        """Who has answered nothing: most pages are asked for so, and when a server starts, all."""
        return self.site.interview.evaluator(State())

    def status(self, route: str, state: State | None = None) -> int:
        """Return the HTTP status of the page."""
        return state.status if state else self.site.pages[route].status

    def _text(self, number: int, column: int) -> str:
        return self.id if number == RELEASE_FRAGMENT else self.site.fragments[number][column]

    # --- as the phone keeps it ----------------------------------------------------------

    @cached_property
    def id(self) -> str:
        """The short id of the release: a hash of its version and of all that it is made of."""
        return _hash(_json([self.site.version, self.fingerprint]))[:_SHORT]

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all that the release is made of but its version: the worker included."""
        assets = [(url, _hash(asset.content)) for url, asset in self.site.assets.items()]
        whole = [self.site.worker, self._constants, self._digests, assets]
        return _hash(_json(whole))

    @property
    def core(self) -> File:
        """The file that every phone needs."""
        return self.parts["core"]

    @cached_property
    def packs(self) -> Mapping[str, File]:
        """The file of each language, by its code."""
        return {code: self.parts[code] for code in self.site.languages}

    @cached_property
    def deferred(self) -> Mapping[str, File]:
        """The files that a phone fetches once it is ready, by name."""
        return {name: file for name, file in self.parts.items() if DEFERRED in name}

    @cached_property
    def parts(self) -> Mapping[str, File]:
        """Every file by its name: the core, the packs, what is deferred."""
        return {name: File(name, _json(content)) for name, content in self._contents.items()}

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {name: file.digest for name, file in self.parts.items()}

    @cached_property
    def _contents(self) -> Mapping[str, dict[str, object]]:
        deferred = self._templates[DEFERRED]
        return {
            "core": self._core,
            **{code: self._pack(code, "") for code in self.site.languages},
            DEFERRED: {
                "templates": deferred.templates,
                "fragments": letters(deferred.fragments),
                **self._assets(deferred=True),
            },
            **{f"{code}-{DEFERRED}": self._pack(code, DEFERRED) for code in self.site.languages},
        }

    @cached_property
    def worker(self) -> bytes:
        """The worker's script with this release in it."""
        own = {"id": self.id, "version": self.site.version}
        release = {**own, **self._constants, "parts": self._digests}
        return self.site.worker.replace("/*RELEASE*/ {}", _json(release).decode()).encode()

    @cached_property
    def _constants(self) -> dict[str, object]:
        """What the worker must know before it has read anything."""
        return {
            "languages": self.site.languages,
            "answering": [route for route, page in self.site.pages.items() if page.answers],
            "notFound": self.site.not_found,
            "notHereYet": self.site.not_here_yet,
            "fixed": self.site.fixed,
            "headers": self.site.headers,
            "lastResort": self.site.last_resorts[0],
        }

    @cached_property
    def files(self) -> Mapping[str, File]:
        """Every file by the path it is served at."""
        return {file.url: file for file in self.parts.values()}

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
    def _templates(self) -> Mapping[str, Templates]:
        """Templates and strings: those that a phone needs to be ready, and those deferred."""
        ready = Templates(self.site.languages)
        for fragment in self.site.fragments[: self.site.ready_fragments]:
            ready.add(fragment)
        deferred = Templates(self.site.languages, before=ready.strings)
        for fragment in self.site.fragments[self.site.ready_fragments :]:
            deferred.add(fragment)
        return {"": ready, DEFERRED: deferred}

    @cached_property
    def _core(self) -> dict[str, object]:
        packed = self.packed
        positions = packed.positions
        interview = self.site.interview
        return {
            **reading(interview),
            "decisions": [self._decision(decision, positions) for decision in interview.decisions],
            # Texts together, then numbers together: the whole is a hundredth shorter as it travels.
            "templates": self._templates[""].templates,
            **self._assets(deferred=False),
            "routes": self._pages(positions),
            "fragments": letters(self._templates[""].fragments),
            "patterns": packed.patterns,
            "deciding": letters(packed.deciding),
            "shapes": letters(packed.shapes),
            "children": letters(packed.children),
        }

    def _assets(self, *, deferred: bool) -> dict[str, object]:
        """Return the text assets in core, or those deferred: type and content by address.

        What is a drawing by day with another style is made of that by the phone.
        """
        texts = {
            url: [asset.type, asset.content.decode()]
            for url, asset in self.site.assets.items()
            if asset.is_text and self._is_deferred(url, asset) == deferred
        }
        kept = {url: text for url, text in texts.items() if text != self._by_night(texts, url)}
        return {"night": self.site.night, "assets": kept}

    def _by_night(self, texts: Mapping[str, list[str]], url: str) -> list[str] | None:
        """Return what a phone makes of the drawing by day, for the address of one by night."""
        day = url.replace("-night.", "-day.")
        if day == url or day not in texts:
            return None
        kind, text = texts[day]
        return [kind, text.replace(*self.site.night, 1)]

    def _is_deferred(self, url: str, asset: Asset) -> bool:
        """Whether nothing that makes a phone ready needs the asset."""
        drawn = asset.path.startswith("drawings/") and url not in self._ready_html
        return asset.deferred or drawn

    @cached_property
    def _ready_html(self) -> str:
        return "".join(texts[0] for texts in self.site.fragments[: self.site.ready_fragments])

    def _pack(self, code: str, part: str) -> dict[str, object]:
        column = self.site.languages.index(code)
        strings = [string[column] for string in self._templates[part].strings]
        # The worker itself has the first language's last resort.
        last = {} if part or not column else {"lastResort": self.site.last_resorts[column]}
        return {"strings": strings, **last}

    def _pages(self, positions: Mapping[int, int]) -> dict[str, dict[str, object]]:
        """Return each page; one whose program is nearly that of an earlier one says how it differs.

        The check has two addresses, and its pages differ in little but that.
        """
        flat = {route: self._flat(route, positions) for route in self.site.programs}
        by_length: dict[int, str] = {}
        pages: dict[str, dict[str, object]] = {}
        for route, program in flat.items():
            page = self.site.pages[route]
            flags = {"answers": int(page.answers), "deferred": int(page.deferred)}
            pages[route] = {"status": page.status, **flags, "program": program}
            first = by_length.setdefault(len(program), route)
            steps = _differences(flat[first], program)
            if first != route and len(steps) < len(program):
                pages[route] |= {"like": first, "program": steps}
        return pages

    def _flat(self, route: str, positions: Mapping[int, int]) -> list[int]:
        """Return the page's program as nodes and steps in turn."""
        return [
            number
            for entry in self.site.programs[route]
            for number in (positions[self._compiler.sure(entry.condition)], entry.step)
        ]

    def _decision(self, decision: Decision, positions: Mapping[int, int]) -> list[object]:
        """Return the decision's variable, its cases as roots and values, and the default value."""
        diagram = self._compiler.diagram
        value = {option: n for n, option in enumerate(decision.variable.options, start=1)}
        cases = [
            number
            for condition, option in decision.cases
            for number in (positions[self._compiler.sure(condition)], value[option])
        ]
        return [diagram.index[decision.name], cases, value[decision.default]]

    @cached_property
    def packed(self) -> PackedDiagram:
        """The diagram as the core has it."""
        return pack(self._compiler.diagram, self._roots)


def reading(interview: Interview) -> dict[str, object]:
    """Return what the phone reads a form by: the tables of :meth:`Interview.read`."""
    return {
        "variables": _variables(interview),
        "steering": STEERING,
        "screens": _screens(interview),
        "closing": _closing(interview),
        "actions": ACTIONS,
        "answersView": ANSWERS_VIEW,
        "contradiction": CONTRADICTION,
        "longestBody": LONGEST_BODY,
    }


def _variables(interview: Interview) -> list[list[object]]:
    """Return name, options and whether a form may answer it (1 or 0) of each variable."""
    asked = {question.id for question in interview.knowledge.questions}
    return [[v.name, v.options, int(v.name in asked)] for v in interview.variables]


def _screens(interview: Interview) -> list[list[object]]:
    """Return id, first variable that must be answered, number of rows (0 for a choice) of each."""
    index = {variable.name: number for number, variable in enumerate(interview.variables)}
    return [
        [screen.id, index[screen.required[0].id], len(screen.items)]
        for screen in interview.knowledge.every_screen
    ]


def _closing(interview: Interview) -> list[list[object]]:
    """Return what closes each question: variable, value, openers, limits, the gate to open.

    An opener is a variable and a mask: bit n is set where value n may still open. The gate is that
    of a row that may contradict it, else -1.
    """
    variables = interview.variables
    index = {variable.name: number for number, variable in enumerate(variables)}

    def opener(leaf: Leaf) -> list[int]:
        options = (None, *variables[index[leaf.question]].options)
        bits = (compare(leaf, option) is not SURELY_NOT for option in options)
        return [index[leaf.question], sum(bit << value for value, bit in enumerate(bits))]

    contradicting = {item.id for item in interview.contradicting}
    return [
        [
            index[closing.question],
            variables[index[closing.question]].options.index(closing.value) + 1,
            [opener(leaf) for leaf in closing.opened],
            [opener(leaf) for leaf in closing.limits],
            index[gate] if gate and closing.question in contradicting else -1,
        ]
        for closing in interview.closing
        for gate in (interview.gate_of(closing.question),)
    ]


def _differences(first: Sequence[int], second: Sequence[int]) -> list[int]:
    """Return place and number in turn where the second differs from the first, of equal length."""
    pairs = enumerate(zip(first, second, strict=True))
    return [number for place, (one, other) in pairs if one != other for number in (place, other)]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
