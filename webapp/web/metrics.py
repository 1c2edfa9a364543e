"""``/metrics``: how many requests were answered, by kind of address and status, for Prometheus.

No address of anybody, no path and no answer is counted. All workers count into one piece of memory,
each in a row of its own, so that whichever is asked knows the sums; one that takes the place of a
worker that died goes on with its row.
"""

from __future__ import annotations

import contextlib
import fcntl
import mmap
import os
import tempfile
from collections.abc import Iterator

from webapp.release.parts import Release
from webapp.web.feedback.pages import ASKING

ADDRESS = "/metrics"
TYPE = "text/plain; version=0.0.4; charset=utf-8"

_KINDS = ("page", "asset", "file", "check", "backup", "feedback", "health", "other")
_BY_FIRST = {
    **dict.fromkeys(("assets", "icons"), "asset"),
    **dict.fromkeys(("release", "release.json", "sw.js", "app.webmanifest"), "file"),
    **dict.fromkeys(("robots.txt", "sitemap.xml"), "file"),
    **dict.fromkeys(("livez", "readyz", "healthz", "metrics"), "health"),
    "vault": "backup",
}
_STATUSES = 600
_PLACES = {kind: number * _STATUSES for number, kind in enumerate(_KINDS)}
_ROW = len(_KINDS) * _STATUSES
_BYTES = 8
_ABOUT = (
    "# HELP easeback_requests_total Requests answered since the server started.",
    "# TYPE easeback_requests_total counter",
)


class Counters:
    """The counts of a server, made before its workers are forked; each claims a row of its own."""

    def __init__(self, workers: int, release: Release) -> None:
        self._release = release.id
        kinds = {**dict.fromkeys(release.site.languages, "page"), **_BY_FIRST}
        self._first = {first: _PLACES[kind] for first, kind in kinds.items()}
        pages = {
            f"/{code}/{route}": page
            for code in release.site.languages
            for route, page in release.site.pages.items()
        }
        # What is asked for most is found at once.
        known = (*pages, *release.site.assets, *release.files)
        self._known = {path: self._of(path) for path in known}
        self._posts = {path: _PLACES["check"] for path, page in pages.items() if page.answers}
        self._posts |= {f"/{code}/{ASKING}": _PLACES["feedback"] for code in release.site.languages}
        # A worker that ends may still be there when the next one comes.
        self._rows = 2 * workers + 1
        size = self._rows * _ROW * _BYTES
        self._file = _nameless()
        os.ftruncate(self._file, size)
        self._counts = memoryview(mmap.mmap(self._file, size)).cast("Q")
        self._start = 0

    def claim(self) -> None:
        """Take a row that no other process has, until this one ends; the last one is anybody's."""
        for row in range(self._rows):
            self._start = row * _ROW
            with contextlib.suppress(OSError):
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, row)
                return

    def count(self, method: str, path: str, status: int) -> None:
        """Count an answer."""
        kind = (self._posts if method == "POST" else self._known).get(path)
        if kind is None:
            kind = self._of(path)
        # Nothing is called between reading and writing, so that no other thread comes in between.
        self._counts[self._start + kind + status] += 1

    def _of(self, path: str) -> int:
        return self._first.get(path[1:].partition("/")[0], _PLACES["other"])

    def text(self) -> bytes:
        """Return the sums over all workers, in Prometheus's text format."""
        return "\n".join((*_ABOUT, *self._lines(), "")).encode()

    def _lines(self) -> Iterator[str]:
        rows = (self._counts[row * _ROW : (row + 1) * _ROW].tolist() for row in range(self._rows))
        for place, counts in enumerate(zip(*rows, strict=True)):
            if total := sum(counts):
                kind, status = _KINDS[place // _STATUSES], place % _STATUSES
                labels = f'kind="{kind}",status="{status}",release="{self._release}"'
                yield f"easeback_requests_total{{{labels}}} {total}"


def _nameless() -> int:
    """Return a file that is gone with the last process that has it."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("easeback counters")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
