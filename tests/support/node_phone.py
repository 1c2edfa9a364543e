"""A phone without a browser: the worker of an application, in Node, and what both answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from threading import Thread

from flask import Flask
from werkzeug.serving import make_server
from werkzeug.test import Client

from tests.support.worker import worker_in_node
from webapp.web.security import HEADERS

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
Said = tuple[int, bytes, list[str | None]]
"""Status, body, and the headers that the server and the worker send alike."""


@contextmanager
def worker_of(app: Flask) -> Iterator[HTTPConnection]:
    """A way to ask the worker, which has everything and hears no server any more."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        with worker_in_node(f"http://127.0.0.1:{server.port}") as port:
            server.shutdown()
            with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
                yield connection
    finally:
        server.shutdown()
        server.server_close()


def from_worker(connection: HTTPConnection, path: str, body: bytes | None = None) -> Said:
    connection.request("GET" if body is None else "POST", path, body, FORM if body else {})
    response = connection.getresponse()
    return response.status, response.read(), [response.getheader(name) for name in HEADERS]


def from_flask(client: Client, path: str, body: bytes | None = None) -> Said:
    response = client.open(path, method="GET" if body is None else "POST", data=body)
    return response.status_code, response.data, [response.headers.get(name) for name in HEADERS]
