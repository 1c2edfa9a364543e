"""A phone with a private backup, as the server sees it: it sends bytes that only it can read."""

from __future__ import annotations

import base64
import http.client
import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from werkzeug.test import Client

BYTES = "application/octet-stream"
HEADER = b'{"version":1}'


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)


class Line(Protocol):
    """A way to the server."""

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send a request and return the answer."""
        ...


class AppLine:
    """A way into an application in this process."""

    def __init__(self, client: Client, address: str = "198.51.100.7") -> None:
        self._client = client
        self._environ = {"REMOTE_ADDR": address}

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send a request and return the answer."""
        response = self._client.open(
            path, method=method, headers=headers, data=body, environ_base=self._environ
        )
        return Answer(response.status_code, response.headers, response.data)


class NetworkLine:
    """A way to a server process, a connection a request."""

    def __init__(self, port: int) -> None:
        self._port = port

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send a request and return the answer; OSError or HTTPException if none comes."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        try:
            connection.request(method, path, body or None, dict(headers))
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()


@dataclass
class Phone:
    """A phone that holds the code of a vault; ``copy`` makes a second one that holds it too."""

    line: Line
    vault: str = field(default_factory=lambda: secrets.token_hex(16))
    token: str = field(default_factory=lambda: secrets.token_hex(32))

    def copy(self, **changes: str) -> Phone:
        return Phone(self.line, **{"vault": self.vault, "token": self.token, **changes})

    def send(
        self, method: str, rest: str = "", body: bytes = b"", headers: Mapping[str, str] = {}
    ) -> Answer:
        """Send a request about this vault; a header with an empty value is left out."""
        sent = {"Authorization": f"Bearer {self.token}", "Content-Type": BYTES, **headers}
        sent = {name: value for name, value in sent.items() if value}
        return self.line.send(method, f"/vault/{self.vault}{rest}", sent, body)

    def create(self, header: bytes = HEADER) -> Answer:
        return self.send("PUT", body=header)

    def push(self, identity: str, body: bytes, sequence: int = 1) -> Answer:
        return self.send("PUT", f"/entries/{identity}", body, headers={"X-Sequence": str(sequence)})

    def page(self, after: str = "", limit: int = 200) -> Any:
        """Return one page of entries, as JSON."""
        answer = self.send("GET", f"/entries?after={after}&limit={limit}")
        assert answer.status == 200, answer
        return answer.json

    def pull(self, limit: int = 200) -> dict[str, bytes]:
        """Return the bodies of all entries by their ids, page by page."""
        found: dict[str, bytes] = {}
        cursor, more = "", True
        while more:
            page = self.page(cursor, limit)
            fresh = {entry["id"]: base64.b64decode(entry["body"]) for entry in page["entries"]}
            assert not fresh.keys() & found.keys()
            found |= fresh
            cursor, more = page["cursor"], page["more"]
        return found


def new_id() -> str:
    """Return an id for an entry."""
    return str(uuid.uuid4())
