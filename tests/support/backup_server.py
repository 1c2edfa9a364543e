"""The application with a database of its own, behind a line that fails as it is told.

The server of backups is the real one. What is added around it: what was asked is remembered, an
answer can be lost, torn or another's, and the database can be looked at and tampered with. Beside
the backups there is an empty page under our own policy, and the scripts as they were written.
"""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from werkzeug import Request, Response
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from tests.support.site import build
from webapp import create_app, extensions
from webapp.backup.models import Vault, VaultEntry, VaultRemoval
from webapp.web.security import HEADERS
from webapp.web.visitor import limiter

ROOT = Path(__file__).resolve().parents[2]
_SCRIPTS = (ROOT / "static", ROOT / "tests" / "scripts")

Row = tuple[int, bytes]
"""An entry as the server keeps it: its sequence and what was sealed."""

Copy = list[tuple[Any, list[dict[str, Any]]]]
"""The rows of each table."""


@dataclass
class Fault:
    """What happens to the next ``times`` requests of a method for a path, after ``spared`` ones.

    A kind is a status, or: "lost" (done, never answered), "cut" (the answer ends in the middle),
    "mute" (nothing for a while, then the line is dead), "page" (somebody else's page), "dies" (the
    server is killed by it, and does not answer).
    """

    kind: str
    method: str = ""
    part: str = "/vault/"
    times: int = 1
    spared: int = 0
    retry_after: str = ""

    def hits(self, asked: Asked) -> bool:
        is_meant = self.part in asked.path and asked.method.startswith(self.method)
        if self.times <= 0 or not is_meant:
            return False
        if self.spared > 0:
            self.spared -= 1
            return False
        self.times -= 1
        return True


@dataclass(frozen=True)
class Asked:
    """A request about a backup; the names of its headers are in small letters."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class BackupServer:
    """The server; what it keeps outlives ``kill`` and ``start``."""

    def __init__(self, folder: Path) -> None:
        settings = {
            "DATABASE_URL": f"sqlite:///{folder / 'kept.sqlite3'}",
            "EASEBACK_LANGUAGES": "en",
        }
        self._app = create_app(settings, build())
        self._folder = folder
        self._lock = threading.Lock()
        self._killed = threading.Event()
        self._server: BaseWSGIServer | None = None
        self._port = 0
        self._faults: list[Fault] = []
        self.asked: list[Asked] = []
        self.mute_s = 1.0
        self.withheld: set[str] = set()
        """Names of entries that are kept and not given out."""
        self.is_of_release_before = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        self._killed.clear()
        server = make_server("127.0.0.1", self._port, self, threaded=True, request_handler=_Line)
        self._server, self._port = server, server.port
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()

    def kill(self) -> None:
        server, self._server = self._server, None
        self._killed.set()
        if server:
            server.shutdown()
            server.server_close()

    def close(self) -> None:
        self.kill()
        with self._app.app_context():
            extensions.db.engine.dispose()

    def fails(self, kind: str, **where: Any) -> None:
        """Let the next requests fail; ``where`` says which, as in Fault."""
        with self._lock:
            self._faults.append(Fault(kind, **where))

    def works(self) -> None:
        """Let nothing fail any more."""
        with self._lock:
            self._faults.clear()

    def puts(self) -> list[Asked]:
        """Return the requests that would write an entry."""
        return [asked for asked in self.writes() if "/entries/" in asked.path]

    def writes(self) -> list[Asked]:
        return [asked for asked in self.asked if asked.method != "GET"]

    # --- what is kept -------------------------------------------------------------------------

    def rows(self) -> dict[str, Row]:
        """Return the entries of all backups by their names, in the order of their arrival."""
        with self._session() as session:
            kept = session.scalars(select(VaultEntry).order_by(VaultEntry.position))
            return {str(UUID(bytes=entry.id)): (entry.sequence, entry.body) for entry in kept}

    def headers(self) -> dict[str, bytes]:
        """Return the headers of all backups by their ids."""
        with self._session() as session:
            return {vault.id.hex(): vault.header for vault in session.scalars(select(Vault))}

    def on_disk(self) -> bytes:
        """Return all that lies on the disk."""
        return b"".join(file.read_bytes() for file in self._folder.glob("kept.sqlite3*"))

    def put(self, name: str, row: Row) -> None:
        """Put other content under the name of an entry that is there."""
        values = {"sequence": row[0], "body": row[1]}
        self._do(update(VaultEntry).where(VaultEntry.id == UUID(name).bytes).values(values))

    def add(self, name: str, row: Row) -> None:
        """Put an entry into the only backup."""
        with self._session() as session:
            vault = session.scalars(select(Vault)).one()
            vault.entries += 1
            entry = {"vault": vault.id, "position": vault.entries, "id": UUID(name).bytes}
            session.add(VaultEntry(**entry, sequence=row[0], body=row[1]))
            session.commit()

    def remove(self, name: str) -> None:
        self._do(delete(VaultEntry).where(VaultEntry.id == UUID(name).bytes))

    def copied(self) -> Copy:
        """Return all that is kept, as an operator who makes a copy."""
        tables = (Vault.__table__, VaultEntry.__table__, VaultRemoval.__table__)
        with self._session() as session:
            return [
                (table, [dict(row) for row in session.execute(select(table)).mappings()])
                for table in tables
            ]

    def restores(self, copy: Copy) -> None:
        """Have again what was kept when a copy was made, and nothing else."""
        self.forget()
        with self._session() as session:
            for table, rows in copy:
                if rows:
                    session.execute(table.insert(), rows)
            session.commit()

    def put_header(self, vault: str, header: bytes) -> None:
        self._do(update(Vault).where(Vault.id == bytes.fromhex(vault)).values(header=header))

    def change_token(self) -> None:
        """Let all backups be somebody else's."""
        self._do(update(Vault).values(token_hash=bytes(32)))

    def forget(self) -> None:
        """Have no backups any more."""
        self._do(delete(Vault))

    def _do(self, statement: Any) -> None:
        with self._session() as session:
            session.execute(statement)
            session.commit()

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with self._app.app_context():
            yield extensions.session()

    # --- what is answered ---------------------------------------------------------------------

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer as WSGI wants it; ConnectionError closes the line without an answer."""
        request = Request(environ)
        if request.path.startswith("/vault/"):
            return self._answer(request)(environ, start_response)
        return _file(request.path)(environ, start_response)

    def _answer(self, request: Request) -> Response:
        body = request.get_data()
        request.environ["wsgi.input"] = io.BytesIO(body)
        headers = {name.lower(): value for name, value in request.headers.items()}
        asked = Asked(request.method, request.full_path.removesuffix("?"), headers, body)
        fault = self._meet(asked)
        if fault.kind == "dies":
            self.kill()
        if fault.kind == "mute":
            self._killed.wait(self.mute_s)
        if fault.kind in ("dies", "mute") or self._killed.is_set():
            raise ConnectionResetError
        if fault.kind.isdecimal():
            retry = {"Retry-After": fault.retry_after} if fault.retry_after else {}
            return Response('{"error": "fault"}', int(fault.kind), retry, "application/json")
        if fault.kind == "page":
            return Response("<!doctype html><p>Welcome", 404, mimetype="text/html")
        if self.is_of_release_before and asked.method == "DELETE" and "/entries/" in asked.path:
            return Response('{"error": "method"}', 405, mimetype="application/json")
        answer = Response.from_app(self._app, request.environ, buffered=True)
        return _torn(self._less(answer), fault.kind)

    def _less(self, answer: Response) -> Response:
        """Leave out of a list what is withheld."""
        if self.withheld and answer.is_json and b'"entries"' in answer.get_data():
            page = json.loads(answer.get_data())
            page["entries"] = [one for one in page["entries"] if one["id"] not in self.withheld]
            answer.set_data(json.dumps(page))
        return answer

    def _meet(self, asked: Asked) -> Fault:
        """Return what happens to a request; mostly that is nothing."""
        with self._lock:
            self.asked.append(asked)
            return next((fault for fault in self._faults if fault.hits(asked)), Fault(""))


class _Line(WSGIRequestHandler):
    """A line to a phone. It keeps no log, and where no answer was given it is dead."""

    def log(self, *_: Any) -> None:
        """Write nothing: a phone that hangs up is part of the tests."""

    def connection_dropped(self, *_: Any) -> None:
        self.close_connection = True


def _torn(answer: Response, kind: str) -> Response:
    """Return what of an answer gets to the phone."""
    if kind == "lost":
        raise ConnectionResetError
    if kind == "cut" and answer.status_code != 204:
        whole = answer.get_data()
        answer.set_data(whole[: len(whole) // 2])
        answer.content_length = len(whole) + 1
    return answer


def _file(path: str) -> Response:
    if path in ("/", "/favicon.ico"):
        empty = "<!doctype html><title>Empty</title>"
        return Response(empty, headers=HEADERS, mimetype="text/html")
    file = (ROOT / path.lstrip("/")).resolve()
    if file.suffix in (".js", ".mjs") and any(map(file.is_relative_to, _SCRIPTS)):
        return Response(file.read_bytes(), headers=HEADERS, mimetype="text/javascript")
    return Response(status=404)


@contextmanager
def backup_server(folder: Path) -> Iterator[BackupServer]:
    """Lend a server that runs, with nothing kept in a folder of its own."""
    server = BackupServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.close()
        limiter.reset()  # its counts are of this process, not of a server
