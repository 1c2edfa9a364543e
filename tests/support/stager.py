"""Begins staged servers: a process that builds the site once, and of which each server is a fork.

Each server is a process in a session of its own that runs the real server program, with its own
settings, log and database. Only the site, which is the same for all, is not built anew each time.
One with a front is as ours; the others are plain WSGI, so that faults can be put around them.
Each line of its input is an order; it answers with the number of the process.
"""

from __future__ import annotations

import fcntl
import gc
import json
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from tests.support.server import KEPT
from tests.support.staged import built, staged
from webapp import create_app
from webapp.config import Listening
from webapp.extensions import start_database
from webapp.serve import server_of
from webapp.web import site
from webapp.web.front import Front


def main() -> None:
    """Take orders until there are no more."""
    build = built()
    # What an application makes of the site when it begins is made here, for all.
    settings = {"DATABASE_URL": "sqlite://", "EASEBACK_KEEP": str(KEPT)}
    app = create_app({**os.environ, **settings}, build)
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # the first one compresses, the others read
        app.wsgi_app.finish()  # type: ignore[attr-defined]
    gc.freeze()
    # Whoever is killed is gone at once: nobody waits for it.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _serve(json.loads(line), build)
        print(child, flush=True)


def _serve(order: Mapping[str, Any], build: site.Build) -> None:
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for own, number in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(own, number)
    os.environ.clear()
    os.environ.update(order["environment"])
    if order.get("front"):
        server_of(Listening("127.0.0.1", order["port"], 1)).serve(
            target_loader=lambda _: _front(create_app(build=build))
        )
        os._exit(0)
    application = staged(build)
    server = Server(
        "tests.support.staged",
        port=order["port"],
        interface=Interfaces.WSGI,
        blocking_threads=2,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=lambda _: application)
    os._exit(0)


def _front(app: Flask) -> Front:
    start_database(app)
    return Front(app.wsgi_app)


if __name__ == "__main__":
    main()
