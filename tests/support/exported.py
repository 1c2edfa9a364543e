"""The site as files, as an operator gets and serves it: by the command, and by nginx."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path

from tests.support import system
from tests.support.person import until
from tests.support.server import KEPT, free_port
from tests.support.site import build
from webapp import create_app


def export(folder: Path) -> Path:
    """Write the site into a folder below this one; return that."""
    app = create_app({"DATABASE_URL": "sqlite://", "EASEBACK_KEEP": str(KEPT)}, build())
    place = folder / "site"
    done = app.test_cli_runner().invoke(args=("release", "export", str(place)))
    assert done.exit_code == 0, done.output
    return place


def headers_at(folder: Path, path: str) -> dict[str, str]:
    """Return the headers at an address, as ``headers.txt`` has them."""
    headers: dict[str, str] = {}
    fits = False
    for line in (folder / "headers.txt").read_text("utf-8").splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            headers |= {name: value} if fits else {}
        elif not line.startswith("#"):
            fits = fnmatchcase(path, line)
    return headers


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """Serve an export by nginx, in the least that it needs around it; yield the port."""
    port = free_port()
    conf = folder.parent / "nginx.conf"
    own = "".join(
        f"{kind}_temp_path {folder.parent}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # Its helpers would be somebody who may not read the folders of tests.
    user = "user root;" if os.geteuid() == 0 else ""
    conf.write_text(
        f"daemon off; {user} pid {folder.parent}/pid; error_log {folder.parent}/log; events {{}}"
        f"http {{ {own} access_log off; server {{ listen 127.0.0.1:{port};"
        f"root {folder}/public; include {folder}/nginx.conf; }} }}",
        "utf-8",
    )
    process = subprocess.Popen([system.nginx() or "", "-c", str(conf)])
    try:
        until(lambda: process.poll() is None and _listens(port), True)
        yield port
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0
