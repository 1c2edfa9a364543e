"""Ten thousand requests that no page of ours sends: each is refused, and nothing comes back."""

from __future__ import annotations

import gzip
import logging
import time
from collections import Counter
from collections.abc import Iterator
from random import Random

import brotli
import pytest
from flask import Flask

from tests.support.hostile_requests import CANARY, HostileRequest, hostile_requests
from tests.support.site import build
from webapp.web.security import HEADERS
from webapp.web.visitor import limiter

REQUESTS = 8_500
MANY_REQUESTS = 200_000
LONGEST_S = 2.0
"""Of the processor, not of the clock: a hundred times what the slowest page takes."""
SERVER_ERROR = 500
DECOMPRESS = {"br": brotli.decompress, "gzip": gzip.decompress}
MARKUP = (b"<script>canary", b"<img src=x")


class Answer:
    """What the application said to a request."""

    def __init__(self, app: Flask, request: HostileRequest) -> None:
        self.status = 0
        self.headers: list[tuple[str, str]] = []
        began = time.process_time()
        parts = app.wsgi_app(request.environ(), self._start)  # type: ignore[arg-type]
        self.body = b"".join(parts)
        self.took = time.process_time() - began
        coding = dict(self.headers).get("Content-Encoding")
        if coding and self.body:
            self.body = DECOMPRESS[coding](self.body)

    def _start(self, status: str, headers: list[tuple[str, str]], _: object = None) -> None:
        self.status = int(status.split(" ", maxsplit=1)[0])
        self.headers = headers

    def faults(self, request: HostileRequest) -> Iterator[str]:
        """Yield everything that is wrong with the answer, in words."""
        if self.status >= SERVER_ERROR or not self.status:
            yield f"status {self.status}"
        if self.took > LONGEST_S:
            yield f"{self.took:.1f} s"
        told = dict(self.headers)
        if self.status != 304:  # then the first headers stand
            yield from (f"no {name}" for name, value in HEADERS.items() if told.get(name) != value)
        if len(told) != len(self.headers):
            yield "a header twice"
        if "Set-Cookie" in told:
            yield "a cookie"
        if any("\r" in value or "\n" in value or CANARY in value for value in told.values()):
            yield "a header that echoes"
        if not told.get("Location", "/").startswith("/") or "//" in told.get("Location", ""):
            yield "a way to elsewhere"
        yield from self._echoes(request)

    def _echoes(self, request: HostileRequest) -> Iterator[str]:
        if any(word in self.body for word in MARKUP):
            yield "an echo that is markup"
        # A person gets their own words back, to make them shorter, and only they.
        ours = request.headers.get("HTTP_SEC_FETCH_SITE") in (None, "same-origin", "none")
        asks_again = b"<textarea" in self.body and ours
        if CANARY.encode() in self.body and not asks_again:
            yield "an echo"


def ask(app: Flask, requests: Iterator[HostileRequest]) -> Counter[int]:
    """Return how often each status was answered; fail with every request that fared badly."""
    statuses: Counter[int] = Counter()
    bad = []
    for request in requests:
        limiter.reset()
        answer = Answer(app, request)
        statuses[answer.status] += 1
        bad += [
            f"{', '.join(faults)}: {request}" for faults in [[*answer.faults(request)]] if faults
        ]
    assert not bad, "\n".join(bad[:20])
    return statuses


def test_thousands_of_hostile_requests_are_answered_safely_and_echo_nothing(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        statuses = ask(app, hostile_requests(build(), REQUESTS, Random(20261130)))
    assert CANARY not in caplog.text
    assert {200, 303, 400, 403, 404, 405, 415, 422} <= statuses.keys(), statuses


@pytest.mark.soak("200,000 requests")
def test_many_more_hostile_requests_are_answered_safely_too(
    app: Flask, chance: Random, tally: Counter[str]
) -> None:
    ask(app, hostile_requests(build(), MANY_REQUESTS, chance))
    tally["hostile requests"] += MANY_REQUESTS
