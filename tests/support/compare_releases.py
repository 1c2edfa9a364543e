"""Compares two checkouts of Easeback as releases: every page, and the answers to drawn forms.

    python -m tests.support.compare_releases OLD [NEW] [--forms 2000] [--seed N] [--expect FILE]

Of each checkout a server runs, and its service worker, in Node with the network cut. All four are
asked for every page and every form in every language; the forms are drawn from the old release. The
new release must answer as the old one, and its worker as its server: status, headers and body, but
for

- the hash in the address of an asset (``/assets/js/app.<hash>.js``) and of a file of the release
  (``/release/core.<hash>.json``); the paths and names themselves are compared;
- the id of the release;
- what FILE expects: TOML, for each language a list of texts as the old and the new page's source
  have them, with as much around them as makes them unmistakable::

    [[en]]
    old = ">Keep it<"
    new = ">Keep the note<"

The exit status is 1 if there is any other difference.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import re
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from difflib import unified_diff
from functools import partial
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.server import ROOT, Server
from tests.support.worker import worker_in_node

DESCRIBE = Path(__file__).with_name("describe_release.py")
SEED = 20261130
_BATCH = 100
_SHOWN = 20
_DIFF_LINES = 14
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_HASH = re.compile(r"(?<=[.])(?:[a-z]{7}|[0-9a-f]{16})(?=[.](?:js|css|svg|png|json)\b)")
_OLDER = re.compile(r"/assets/[0-9a-f]{12}/([^\"' ]*)[.](js|css|svg|png)")
"""An asset's address while one hash stood for all of them."""
_PAIRS = (
    ("old server", "new server"),
    ("old worker", "new worker"),
    ("new server", "new worker"),
)
_TRANSPORT = frozenset(
    (
        "connection",
        "content-length",
        "date",
        "etag",
        "keep-alive",
        "server",
        "transfer-encoding",
        "vary",
    )
)
"""Headers of how an answer was sent, and the hash of its bytes."""


@dataclass(frozen=True)
class Request:
    """A page that is asked for; with a form, if one is posted to it."""

    path: str
    form: bytes | None = None

    @property
    def language(self) -> str:
        """The code in the address."""
        return self.path.split("/")[1]

    def __str__(self) -> str:
        if self.form is None:
            return f"GET {self.path}"
        return f"POST {self.path} {self.form[:300].decode(errors='backslashreplace')}"


@dataclass(frozen=True)
class Description:
    """What ``describe_release.py`` says of a checkout."""

    languages: Sequence[str]
    routes: Sequence[str]
    answering: Sequence[str]
    forms: Sequence[str]

    def paths(self) -> list[str]:
        """Return the address of every page."""
        return [f"/{code}/{route}" for code in self.languages for route in self.routes]

    def requests(self) -> Iterator[Request]:
        """Yield every page, then every form in every language, at each address in turn."""
        yield from map(Request, self.paths())
        for number, form in enumerate(map(base64.b64decode, self.forms)):
            route = self.answering[number % len(self.answering)]
            yield from (Request(f"/{code}/{route}", form) for code in self.languages)


Expected = Mapping[str, Sequence[tuple[str, str]]]
"""By language: texts of the old release, and what the new one says instead."""
Answerer = Callable[[Request], str]
"""Gives the answer to a request as text that can be compared."""


@dataclass(frozen=True)
class Plan:
    """How to compare: how many forms in every language, from which seed."""

    forms: int = 2000
    seed: int = SEED
    expected: Expected = field(default_factory=dict)


class Report:
    """What was answered and which answers differ, but for the changes that are expected.

    ``answered`` counts the answers by who gave them and by status; ``differences`` are diffs;
    ``unseen`` are expected changes, by language and old text, that no answer has shown.
    """

    def __init__(self, expected: Expected) -> None:
        self.answered: dict[str, Counter[str]] = defaultdict(Counter)
        self.differences: list[str] = []
        self.unseen = {(code, old) for code, changes in expected.items() for old, _ in changes}
        self._expected = expected

    def compare(self, request: Request, answers: Mapping[str, str]) -> None:
        """Note what each of ``running`` has answered."""
        for name, answer in answers.items():
            self.answered[name][answer.partition("\n")[0]] += 1
        for first, second in _PAIRS:
            before, after = answers[first], answers[second]
            if first.startswith("old"):
                before = self._changed(before, request.language)
            if before != after:
                lines = before.splitlines(), after.splitlines()
                diff = unified_diff(*lines, first, second, n=1, lineterm="")
                self.differences.append("\n".join([str(request), *islice(diff, _DIFF_LINES)]))

    def compare_pages(self, old: Sequence[str], new: Sequence[str]) -> None:
        """Note a page that only one of the releases has."""
        only = [f"only the old release has {path}" for path in old if path not in new]
        only += [f"only the new release has {path}" for path in new if path not in old]
        self.differences += only

    def lines(self) -> Iterator[str]:
        """Yield the report for a person at a terminal."""
        for difference in self.differences[:_SHOWN]:
            yield f"{difference}\n"
        for code, old in sorted(self.unseen):
            yield f"expected in {code}, but never seen: {old}"
        for name, counts in self.answered.items():
            statuses = ", ".join(f"{status}: {count:,}" for status, count in sorted(counts.items()))
            yield f"{name}: {counts.total():,} answers ({statuses})"
        yield f"differences: {len(self.differences)}"

    def _changed(self, answer: str, code: str) -> str:
        for old, new in self._expected.get(code, ()):
            if old in answer:
                self.unseen.discard((code, old))
                answer = answer.replace(old, new)
        return answer


def describe(folder: Path, count: int, seed: int) -> Description:
    """Return the description of a checkout, with so many forms drawn for it."""
    done = subprocess.run(
        [sys.executable, "-P", DESCRIBE, str(count), str(seed)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdout=subprocess.PIPE,
        check=True,
    )
    return Description(**json.loads(done.stdout))


@contextmanager
def running(name: str, folder: Path) -> Iterator[dict[str, Answerer]]:
    """Run the server and the worker of a checkout; give what asks "<name> server" and "<name>
    worker"."""
    with TemporaryDirectory() as own, ExitStack() as ending:
        server = Server(Path(own), root=folder)
        ending.callback(server.kill)
        server.start()
        release = json.loads(server.get("/release.json"))["release"]
        worker = ending.enter_context(worker_in_node(server.url))
        yield {
            f"{name} {what}": _answerer(ending.enter_context(_connection(port)), release)
            for what, port in (("server", server.port), ("worker", worker))
        }


def _connection(port: int) -> closing[HTTPConnection]:
    return closing(HTTPConnection("127.0.0.1", port, timeout=60))


def _answerer(connection: HTTPConnection, release: str) -> Answerer:
    def answer(request: Request) -> str:
        if request.form is None:
            connection.request("GET", request.path)
        else:
            connection.request("POST", request.path, request.form, _FORM)
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        told = [f"{name}: {headers[name]}" for name in sorted(headers.keys() - _TRANSPORT)]
        body = response.read().decode(errors="backslashreplace")
        return normalised("\n".join([str(response.status), *told, "", body]), release)

    return answer


def normalised(answer: str, release: str) -> str:
    """Return the answer without what differs between any two releases."""
    named = _OLDER.sub(r"/assets/\1.<hash>.\2", answer.replace(release, "<release>"))
    return _HASH.sub("<hash>", named)


def compare(old: Path, new: Path, plan: Plan) -> Report:
    """Return how the releases of two checkouts differ."""
    report = Report(plan.expected)
    with (
        ThreadPoolExecutor() as pool,
        running("old", old) as before,
        running("new", new) as after,
    ):
        drawn, newer = pool.map(describe, (old, new), (plan.forms, 0), (plan.seed, plan.seed))
        report.compare_pages(drawn.paths(), newer.paths())
        asked = before | after
        requests = drawn.requests()
        while batch := [*islice(requests, _BATCH)]:
            told = pool.map(partial(_ask, batch), asked.values())
            for request, *answers in zip(batch, *told, strict=True):
                report.compare(request, dict(zip(asked, answers, strict=True)))
    return report


def _ask(requests: Sequence[Request], answer: Answerer) -> list[str]:
    return [answer(request) for request in requests]


def expectations(file: str) -> Expected:
    """Read the changes that are expected; raise ArgumentTypeError if they are not as said above."""
    try:
        return {
            code: [(change["old"], change["new"]) for change in changes]
            for code, changes in tomllib.loads(Path(file).read_text("utf-8")).items()
        }
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise argparse.ArgumentTypeError(f"{file} lists no changed texts: {fault!r}") from fault


def checkout(folder: str) -> Path:
    """Return the folder of a checkout; raise ArgumentTypeError if it is none."""
    if not (Path(folder) / "wsgi.py").is_file():
        raise argparse.ArgumentTypeError(f"{folder} is no checkout of Easeback: it has no wsgi.py")
    return Path(folder).resolve()


def main() -> int:
    """Compare the checkouts that the command line names; return the exit status."""
    parser = argparse.ArgumentParser(description="Compare two checkouts as releases.")
    parser.add_argument("old", type=checkout)
    parser.add_argument("new", type=checkout, nargs="?", default=ROOT)
    parser.add_argument("--forms", type=int, default=Plan.forms, help="asked in every language")
    parser.add_argument("--seed", type=int, default=Plan.seed)
    parser.add_argument("--expect", type=expectations, default={}, help="TOML of changed texts")
    given = parser.parse_args()
    plan = Plan(given.forms, given.seed, given.expect)
    report = compare(given.old, given.new, plan)
    sys.stdout.writelines(f"{line}\n" for line in (*report.lines(), f"seed: {plan.seed}"))
    return int(bool(report.differences))


if __name__ == "__main__":
    sys.exit(main())
