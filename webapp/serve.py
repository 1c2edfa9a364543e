"""``python -m webapp.serve``: the server. The site is built once, and each worker is a fork of it.

Settings are looked at before anything else; the address is printed once it answers. A worker that
dies is replaced. What ends the first process ends them all: a signal at any moment, also the one
that cannot be caught.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import multiprocessing
import os
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Mapping
from typing import NoReturn

from flask import Flask
from granian import loops
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import MPServer

from webapp import config, create_app
from webapp.config import BadSetting, Listening
from webapp.extensions import start_database
from webapp.i18n.catalogues import IncompleteLanguage
from webapp.knowledge.errors import KnowledgeError
from webapp.web import served
from webapp.web.front import EagerLoop, Front
from webapp.web.metrics import Counters
from webapp.web.release_layer import ReleaseLayer

STOP_S = 5
"""What is under way when the server has to stop may take so long; then it is cut off."""
REMEMBER_S = 5
"""So long may a database take to say which releases were served; after that the start goes on."""
_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_PATIENCE_S = 2
_HEADERS_BYTES = 64 * 1024
_CONNECTIONS = 8192
_FILES = 2 * _CONNECTIONS


def main() -> None:
    """Serve until a signal comes; end with one line where a setting cannot be used."""
    for number in _SIGNALS:
        signal.signal(number, _end)
    # run.py holds them back until there is somebody to hear them.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    try:
        serve(os.environ)
    except (BadSetting, KnowledgeError, IncompleteLanguage, served.OtherBytes) as fault:
        sys.exit(f"easeback: {fault}")


def _end(number: int, _: object) -> NoReturn:
    sys.exit(0 if number == signal.SIGTERM else 130)


def serve(environment: Mapping[str, str]) -> None:
    """Serve as the environment says.

    Raise BadSetting, KnowledgeError, IncompleteLanguage or OtherBytes.
    """
    listening = config.listening(environment)
    config.from_environment(environment)
    _check_address(listening)
    _open_many_files()
    multiprocessing.set_start_method("fork", force=True)
    app = create_app(environment)
    _remember(app)
    app.wsgi_app.finish()  # type: ignore[attr-defined]
    family = _Family(app, listening)
    gc.collect()
    gc.freeze()  # so that counting references in a worker copies nothing of it
    server_of(listening).serve(target_loader=family.grow)  # type: ignore[arg-type]


def _remember(app: Flask) -> None:
    """Hold the server to its number, as far as the database answers in time; raise OtherBytes.

    A process of its own asks, so that this one, of which every worker is a fork, has no connection.
    """
    told, tell = multiprocessing.Pipe(duplex=False)

    def ask() -> None:
        try:
            served.remember(app)
        except served.OtherBytes as fault:
            tell.send(str(fault))

    asking = multiprocessing.Process(target=ask, daemon=True)
    asking.start()
    asking.join(REMEMBER_S)
    asking.kill()
    if told.poll():
        raise served.OtherBytes(told.recv())


def server_of(listening: Listening) -> MPServer:
    """Return the server, which serves what a worker's ``target_loader`` gives it."""
    return MPServer(
        "webapp",
        listening.host,
        listening.port,
        interface=Interfaces.RSGI,
        workers=listening.workers,
        http=HTTPModes.http1,
        websockets=False,
        http1_settings=HTTP1Settings(max_buffer_size=_HEADERS_BYTES),
        backpressure=_CONNECTIONS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_S,
    )


@loops.register("auto")
def _loop() -> asyncio.AbstractEventLoop:
    loop = EagerLoop()
    asyncio.set_event_loop(loop)
    return loop


class _Family:
    """The first process, and the workers that it forks."""

    def __init__(self, app: Flask, listening: Listening) -> None:
        self._app = app
        self._listening = listening
        self._layer: ReleaseLayer = app.wsgi_app  # type: ignore[assignment]
        self._counters: Counters | None = None
        if listening.metrics:
            self._counters = Counters(listening.workers, self._layer.release)
        # Nothing is ever written: its end is that of the first process, however that ended.
        self._alive, self._life = os.pipe()
        # Whoever takes the byte out prints the address.
        self._to_tell, tell = os.pipe()
        os.write(tell, b"!")
        os.close(tell)
        os.register_at_fork(
            before=self._hold_signals,
            after_in_parent=self._hear_signals,
            after_in_child=self._begin,
        )

    @staticmethod
    def _hold_signals() -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)

    @staticmethod
    def _hear_signals() -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)

    def _begin(self) -> None:
        """Let signals end a new worker: it has the handlers of the first process, which wait."""
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        os.close(self._life)
        self._hear_signals()

    def grow(self, _: object) -> Front:
        """Return what a worker serves, in the worker."""
        threading.Thread(target=self._outlive_nobody, name="parent", daemon=True).start()
        start_database(self._app)
        if self._counters:
            self._counters.claim()
        trusts = self._app.config["PROXIES"] > 0
        front = _Announcing(self._layer, trusts=trusts, counters=self._counters)
        front.tells(self._listening, self._to_tell)
        return front

    def _outlive_nobody(self) -> None:
        os.read(self._alive, 1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(STOP_S)
        os._exit(1)


class _Announcing(Front):
    """The front of a worker, which says where it is once it answers."""

    def tells(self, listening: Listening, to_tell: int) -> None:
        """Set where that is, and from which pipe to take the right to say so."""
        self._listening = listening
        self._to_tell = to_tell

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__rsgi_init__(loop)
        self._announcing = loop.create_task(self._announce())

    async def _announce(self) -> None:
        host, port = self._listening.host, self._listening.port
        while not await _answers(host, port):  # noqa: ASYNC110 nothing tells when it listens
            await asyncio.sleep(0.05)
        if os.read(self._to_tell, 1):
            shown = f"[{host}]" if ":" in host else host
            sys.stdout.write(f"Easeback is at http://{shown}:{port}/ (Ctrl+C stops it)\n")
            sys.stdout.flush()


async def _answers(host: str, port: int) -> bool:
    with contextlib.suppress(OSError):  # a TimeoutError is one
        async with asyncio.timeout(_PATIENCE_S):
            return await _asked(host, port)
    return False


async def _asked(host: str, port: int) -> bool:
    reader, writer = await asyncio.open_connection(host, port)
    with contextlib.closing(writer):
        writer.write(b"GET /livez HTTP/1.1\r\nHost: easeback\r\nConnection: close\r\n\r\n")
        return b" 200 " in await reader.readline()


def _check_address(listening: Listening) -> None:
    """Raise BadSetting for an address that the server could not listen at."""
    host, port = listening.host, listening.port
    nowhere = BadSetting("EASEBACK_HOST", f"must be an address of this machine, not {host!r}.")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (socket.gaierror, UnicodeError) as fault:
        raise nowhere from fault
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            raise BadSetting(
                "PORT", f"{port} is already in use: stop what uses it, or set another."
            ) from fault
        if fault.errno == errno.EACCES:
            raise BadSetting(
                "PORT", f"{port} is kept for the administrator: set 1024 or more."
            ) from fault
        raise nowhere from fault


def _open_many_files() -> None:
    """Take as many files as the system gives: each connection is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


if __name__ == "__main__":
    main()
