from __future__ import annotations

import os
import re
import sys
import threading

import pytest
from flask import Flask

from tests.support.rsgi import ask
from tests.support.site import build
from webapp.web.front import Front
from webapp.web.metrics import Counters

RELEASE = build().release
STYLES = next(url for url, asset in RELEASE.site.assets.items() if asset.path == "css/app.css")


def counts(text: bytes) -> dict[tuple[str, int], int]:
    """Return what a scrape says, by kind and status."""
    line = re.compile(
        rf'easeback_requests_total{{kind="(\w+)",status="(\d+)",release="{RELEASE.id}"}} (\d+)'
    )
    lines = text.decode().splitlines()
    assert lines[1] == "# TYPE easeback_requests_total counter"
    found = [line.fullmatch(told) for told in lines[2:]]
    return {(told[1], int(told[2])): int(told[3]) for told in found if told}


KINDS = {
    "page": [
        ("GET", "/en/"),
        ("GET", "/ar/check/"),
        ("HEAD", "/es/feedback/"),
        ("GET", "/en/none"),
    ],
    "asset": [("GET", STYLES), ("GET", "/assets/gone.js"), ("GET", "/icons/icon.svg")],
    "file": [("GET", RELEASE.core.url), ("GET", "/sw.js"), ("GET", "/release.json")],
    "check": [("POST", "/en/check/"), ("POST", "/ar/check/next/")],
    "feedback": [("POST", "/es/feedback/")],
    "backup": [("PUT", "/vault/0123"), ("GET", "/vault/"), ("DELETE", "/vault/x/entries/y")],
    "health": [("GET", "/livez"), ("GET", "/readyz"), ("GET", "/healthz"), ("GET", "/metrics")],
    "other": [("GET", "/"), ("POST", "/"), ("GET", "/nowhere"), ("OPTIONS", "*"), ("GET", "")],
}


@pytest.mark.parametrize(("kind", "asked"), KINDS.items(), ids=KINDS)
def test_an_address_is_counted_by_its_kind(kind: str, asked: list[tuple[str, str]]) -> None:
    counters = Counters(1, RELEASE)
    for method, path in asked:
        counters.count(method, path, 200)
        counters.count(method, path, 503)
    assert counts(counters.text()) == {(kind, 200): len(asked), (kind, 503): len(asked)}


def test_no_path_is_told() -> None:
    counters = Counters(1, RELEASE)
    counters.count("GET", "/vault/a-secret?x=y", 404)
    assert b"secret" not in counters.text()


def test_no_thread_loses_a_count() -> None:
    counters = Counters(1, RELEASE)
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)

    def count() -> None:
        for _ in range(5_000):
            counters.count("GET", "/en/", 200)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(usual)
    assert counts(counters.text()) == {("page", 200): 20_000}


def worker(counters: Counters, ends: int, begins: int) -> int:
    """Fork a worker that counts once, says so, and goes on until it is told to end."""
    process = os.fork()
    if process:
        return process
    try:
        counters.claim()
        counters.count("GET", "/en/", 200)
        os.write(begins, b"!")
        os.read(ends, 1)
        counters.count("GET", "/en/", 200)
    finally:
        os._exit(0)


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_workers_that_come_and_go_count_into_one_sum() -> None:
    counters = Counters(2, RELEASE)
    (ends, end), (began, begins) = os.pipe(), os.pipe()
    for turn in range(1, 5):
        processes = [worker(counters, ends, begins) for _ in range(4)]  # as many again as asked
        for _ in processes:
            os.read(began, 1)
        assert counts(counters.text()) == {("page", 200): 8 * turn - 4}
        os.write(end, b"!" * len(processes))
        for process in processes:
            os.waitpid(process, 0)
        assert counts(counters.text()) == {("page", 200): 8 * turn}


def test_what_is_answered_is_told_in_the_text_that_prometheus_reads(app: Flask) -> None:
    front = Front(app.wsgi_app, counters=Counters(1, RELEASE))
    for path in ("/livez", "/nowhere", "/livez"):
        ask(front, "GET", path)
    status, headers, body = ask(front, "GET", "/metrics")
    assert status == 200
    assert headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert counts(body) == {("health", 200): 2, ("other", 404): 1}
    status, headers, body = ask(front, "HEAD", "/metrics")
    assert (status, body) == (200, b"")


def test_where_nobody_asked_for_them_there_are_none(app: Flask) -> None:
    front = Front(app.wsgi_app)
    assert ask(front, "GET", "/metrics")[0] == ask(front, "GET", "/nowhere")[0] == 404
