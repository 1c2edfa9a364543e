"""Static answers as they are sent: each in every content coding, with a tag of its own.

A server makes them all before it listens (``finish``), so that no request waits for a compressor.
Who does not, a test or a command, has each made when it is first asked for.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import product
from threading import Thread
from typing import NamedTuple

from werkzeug.http import parse_etags

from webapp.release.parts import Release
from webapp.web.encodings import CODINGS, IDENTITY, VERSION, compress, negotiate
from webapp.web.static_answers import Answer, static_answers

_TAG = 16
_REPEATED = ("Cache-Control", "Content-Security-Policy", "ETag", "Vary")
"""Headers that a "not modified" repeats: a browser updates its copy by them."""


class Sent(NamedTuple):
    """A response as it goes over the line: its body is empty where HEAD or a known tag asks."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Representation(NamedTuple):
    """An answer in one coding: its tag with the quotes, and the response to a plain GET."""

    tag: str
    sent: Sent

    def response(self, method: str, tags: str) -> Sent:
        """Return the response to GET or HEAD by the header If-None-Match."""
        if tags and parse_etags(tags).contains_weak(self.tag.strip('"')):
            repeated = [(name, value) for name, value in self.sent.headers if name in _REPEATED]
            return Sent(304, repeated, b"")
        return self.sent._replace(body=b"") if method == "HEAD" else self.sent


def represent(answer: Answer, digest: str, coding: str) -> Representation:
    """Return an answer whose body is in a coding; the digest is of its plain body."""
    headers = dict(answer.headers)
    tag = digest[:_TAG]
    if is_compressible(answer):
        headers["Vary"] = "Accept-Encoding"
    if coding != IDENTITY:
        headers["Content-Encoding"] = coding
        tag += f"-{coding}"
    headers["ETag"] = f'"{tag}"'
    headers["Content-Length"] = str(len(answer.body))
    return Representation(headers["ETag"], Sent(answer.status, [*headers.items()], answer.body))


def is_compressible(answer: Answer) -> bool:
    """Whether the answer is not compressed in itself."""
    return answer.headers["Content-Type"] != "image/png"


class Representations:
    """Answers by address, in each coding. ``key`` is a hash of all that they are made from."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = answers
        self.digests: Mapping[str, str] = {
            path: hashlib.sha256(answer.body).hexdigest() for path, answer in answers.items()
        }
        """The SHA-256 of each answer's plain body, in hex."""
        self._compressed: dict[tuple[str, str], bytes] = {}
        self._made: dict[tuple[str, str], Representation] = {}

    @cached_property
    def key(self) -> str:
        """A SHA-256 in hex: the same for the same answers and compressors, on every machine."""
        told = [
            (path, answer.status, self.digests[path], *answer.headers.items())
            for path, answer in self.answers.items()
        ]
        return hashlib.sha256(repr((VERSION, told)).encode()).hexdigest()

    def __contains__(self, path: str) -> bool:
        return path in self.answers

    def get(self, path: str, accepted: str) -> Representation:
        """Return the answer in the coding that Accept-Encoding wishes; KeyError if none is there.

        What is not made yet is compressed now, which takes seconds for the largest.
        """
        key = path, negotiate(accepted)
        if key not in self._made:
            self._made[key] = self._represent(*key)
        return self._made[key]

    def compressed(self) -> Mapping[tuple[str, str], bytes]:
        """Return every compressed body that is made, by the digest of the plain one and coding."""
        return self._compressed

    def take(self, compressed: Mapping[tuple[str, str], bytes]) -> None:
        """Use bodies that were compressed earlier, as ``compressed`` returned them."""
        self._compressed |= compressed

    def finish(self) -> None:
        """Make all that is not made, with all processors."""
        bodies = {
            self.digests[path]: answer.body
            for path, answer in self.answers.items()
            if is_compressible(answer)
        }
        missing = [key for key in product(bodies, CODINGS) if key not in self._compressed]
        # The largest first, so that no processor is left alone with it at the end.
        waiting = deque(sorted(missing, key=lambda key: len(bodies[key[0]]), reverse=True))

        def work() -> None:
            with contextlib.suppress(IndexError):
                while True:
                    digest, coding = waiting.popleft()
                    self._compressed[digest, coding] = compress(bodies[digest], coding)

        # The compressors let other threads run. Nobody waits for these where a signal ends all.
        threads = [Thread(target=work, daemon=True) for _ in range(os.cpu_count() or 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for key in product(self.answers, (IDENTITY, *CODINGS)):
            self._made[key] = self._represent(*key)

    def _represent(self, path: str, coding: str) -> Representation:
        answer, digest = self.answers[path], self.digests[path]
        if coding == IDENTITY or not is_compressible(answer):
            return represent(answer, digest, IDENTITY)
        if (digest, coding) not in self._compressed:
            self._compressed[digest, coding] = compress(answer.body, coding)
        small = replace(answer, body=self._compressed[digest, coding])
        return represent(small, digest, coding)


@lru_cache(maxsize=4)
def representations_of(release: Release, origin: str = "") -> Representations:
    """Return those of a release: one object, however many applications of a process serve it."""
    return Representations(static_answers(release, origin))
