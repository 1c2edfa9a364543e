"""A small server of backups for the tests: keeps what it gets, remembers what was asked, and fails
as it is told. Beside the backups it serves the scripts, to an empty page under our own policy.
"""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from webapp.web.assets import STATIC, without_comments
from webapp.web.security import HEADERS

_CURSOR = "row-"

STAND_INS = {
    "/js/journal/store.js": """
        export class EntryConflict extends Error { name = "EntryConflict"; }
        export class Store {
          rows = new Map(); unsent = new Set(); meta = new Map();
          async openJournal() {}
          async append(entries) {
            for (const entry of entries) {
              const before = this.rows.get(entry.id);
              if (before && before !== JSON.stringify(entry)) throw new EntryConflict();
            }
            for (const entry of entries) {
              if (this.rows.has(entry.id)) continue;
              this.rows.set(entry.id, JSON.stringify(entry));
              this.unsent.add(entry.id);
            }
          }
          async readAll() {
            return [...this.rows.keys()].sort().map((id) => JSON.parse(this.rows.get(id)));
          }
          async pending(limit) {
            const ids = [...this.unsent].sort().slice(0, limit);
            return ids.map((id) => JSON.parse(this.rows.get(id)));
          }
          async markSent(ids) { for (const id of ids) this.unsent.delete(id); }
          async markAllPending() { for (const id of this.rows.keys()) this.unsent.add(id); }
          async getMeta(key) { return structuredClone(this.meta.get(key)); }
          async setMeta(key, value) { this.meta.set(key, structuredClone(value)); }
        }
        const only = new Store();
        export const openJournal = () => only.openJournal();
        export const append = (entries) => only.append(entries);
        export const readAll = () => only.readAll();
        export const pending = (limit) => only.pending(limit);
        export const markSent = (ids) => only.markSent(ids);
        export const markAllPending = () => only.markAllPending();
        export const getMeta = (key) => only.getMeta(key);
        export const setMeta = (key, value) => only.setMeta(key, value);
    """,
    "/js/journal/entry.js": """
        export const isEntry = (one) => Number.isInteger(one.at) && typeof one.kind === "string";
    """,
}
"""A journal that lives as long as its page, where the tests are not about the real one."""


@dataclass
class Backup:
    token: str
    header: bytes
    rows: dict[str, tuple[int, bytes]] = field(default_factory=dict)


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

    def hits(self, method: str, path: str) -> bool:
        if self.times <= 0 or self.part not in path or not method.startswith(self.method):
            return False
        if self.spared > 0:
            self.spared -= 1
            return False
        self.times -= 1
        return True


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class VaultServer:
    """The server; ``backups`` outlive ``kill`` and ``start``."""

    def __init__(self) -> None:
        self.backups: dict[str, Backup] = {}
        self.faults: list[Fault] = []
        self.asked: list[Asked] = []
        self.most_rows = 20_000
        self.port = 0
        self.mute_s = 1.0
        self._lock = threading.Lock()
        self._server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        ours = self

        class Handler(_Handler):
            server_of = ours

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            allow_reuse_address = True

            def handle_error(self, *_: object) -> None:
                """Stay quiet: a phone that hangs up is part of the tests."""

        self._server = Server(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def kill(self) -> None:
        server, self._server = self._server, None
        if server:
            server.shutdown()
            server.server_close()

    @property
    def dead(self) -> bool:
        return self._server is None

    def fails(self, kind: str, **where: Any) -> None:
        self.faults.append(Fault(kind, **where))

    def only(self) -> Backup:
        """Return the backup, where there is one."""
        (backup,) = self.backups.values()
        return backup

    def puts(self) -> list[Asked]:
        """Return the requests that would write an entry."""
        return [one for one in self.asked if one.method == "PUT" and "/entries/" in one.path]

    def writes(self) -> list[Asked]:
        return [one for one in self.asked if one.method != "GET"]

    def answer(self, one: Asked) -> tuple[int, bytes | dict[str, Any]]:
        """Do what is asked, and return the status and the body."""
        url = urlsplit(one.path)
        _, _, vault, *rest = url.path.split("/")
        token = one.headers.get("authorization", "").removeprefix("Bearer ")
        if one.method != "GET" and one.headers.get("content-type") != "application/octet-stream":
            return 415, {"error": "type"}
        with self._lock:
            backup = self.backups.get(vault)
            if one.method == "PUT" and not rest:
                return self._put_header(vault, token, one.body)
            if one.method == "DELETE":
                if backup and backup.token == token:
                    del self.backups[vault]
                return 204, b""
            if not backup or backup.token != token:
                return 404, {"error": "unknown"}
            if one.method == "PUT":
                sequence = int(one.headers["x-sequence"])
                return self._put_entry(backup, rest[1], sequence, one.body)
            return self._page(backup, parse_qs(url.query)) if rest else (200, backup.header)

    def _put_header(self, vault: str, token: str, body: bytes) -> tuple[int, dict[str, Any]]:
        backup = self.backups.get(vault)
        if not backup:
            self.backups[vault] = Backup(token, body)
            return 201, {}
        if backup.token != token:
            return 404, {"error": "unknown"}
        return (200, {}) if backup.header == body else (409, {"error": "taken"})

    def _put_entry(
        self, backup: Backup, entry: str, sequence: int, body: bytes
    ) -> tuple[int, dict[str, Any]]:
        before = backup.rows.get(entry)
        if before:
            return (200, {}) if before == (sequence, body) else (409, {"error": "taken"})
        if len(backup.rows) >= self.most_rows:
            return 507, {"error": "full"}
        assert len(body) <= 8192
        backup.rows[entry] = (sequence, body)
        return 201, {}

    def _page(self, backup: Backup, query: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        after = query.get("after", [f"{_CURSOR}0"])[0]
        start = after.removeprefix(_CURSOR)
        if start == after or not start.isdecimal():
            return 400, {"error": "cursor"}
        end = int(start) + min(200, int(query["limit"][0]))
        rows = list(backup.rows.items())
        entries = [
            {"id": name, "sequence": sequence, "body": base64.b64encode(body).decode()}
            for name, (sequence, body) in rows[int(start) : end]
        ]
        cursor = f"{_CURSOR}{int(start) + len(entries)}"
        return 200, {"entries": entries, "cursor": cursor, "more": len(rows) > end}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server_of: VaultServer

    def do_GET(self) -> None:
        if self.path.startswith("/vault/"):
            return self._wire()
        return self._file()

    def do_PUT(self) -> None:
        self._wire()

    def do_DELETE(self) -> None:
        self._wire()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _wire(self) -> None:
        ours = self.server_of
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        one = Asked(self.command, self.path, headers, body)
        ours.asked.append(one)
        fault = next((f for f in ours.faults if f.hits(one.method, one.path)), None)
        kind = fault.kind if fault else ""
        if kind == "dies":
            ours.kill()
        if ours.dead or kind == "mute":
            time.sleep(0 if ours.dead else ours.mute_s)
            self.close_connection = True
        elif kind.isdecimal():
            retry = {"Retry-After": fault.retry_after} if fault and fault.retry_after else {}
            self._send(int(kind), {"error": "fault"}, extra=retry)
        elif kind == "page":
            self._send(404, b"<!doctype html><p>Welcome", "text/html")
        else:
            status, answer = ours.answer(one)
            if kind == "lost":
                self.close_connection = True
            else:
                self._send(status, answer, cut=kind == "cut")

    def _file(self) -> None:
        path = urlsplit(self.path).path
        if path in ("/", "/favicon.ico"):
            return self._send(200, b"<!doctype html><title>Empty</title>", "text/html")
        place = STATIC / path.lstrip("/")
        if path in STAND_INS:
            text = STAND_INS[path]
        elif place.suffix == ".js" and place.is_file():
            text = place.read_text() if "vendor" in path else without_comments(place.read_text())
        else:
            return self._send(404, b"", "text/plain")
        return self._send(200, text.encode(), "text/javascript")

    def _send(
        self,
        status: int,
        answer: bytes | dict[str, Any],
        kind: str = "",
        *,
        cut: bool = False,
        extra: dict[str, str] | None = None,
    ) -> None:
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        plain = "application/octet-stream" if isinstance(answer, bytes) else "application/json"
        self.send_response(status)
        for name, value in {**HEADERS, **(extra or {}), "Content-Type": kind or plain}.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body) + cut))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.close_connection |= cut


@contextmanager
def vault_server() -> Iterator[VaultServer]:
    """Lend a server that runs."""
    server = VaultServer()
    server.start()
    try:
        yield server
    finally:
        server.kill()
