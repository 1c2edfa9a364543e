"""Requests to a front in this process, without a network."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import Headers

from webapp.web.front import Front


@dataclass
class Asked:
    """A request as the server gives it."""

    method: str
    path: str
    headers: Any = field(default_factory=lambda: Fields({"host": "x"}))
    query_string: str = ""
    http_version: str = "1.1"
    scheme: str = "http"
    server: str = "127.0.0.1:1"
    client: str = "127.0.0.1:2"
    proto: str = "http"


class Fields(Headers):
    """Headers, which are many, with the names that RSGI has."""

    def get_all(self, name: str) -> list[str]:
        return self.getlist(name)


class Line:
    """A line on which nothing more comes."""

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.said = (status, dict(headers), body)

    def __aiter__(self) -> Any:
        raise AssertionError


def ask(front: Front, method: str, path: str) -> tuple[int, dict[str, str], bytes]:
    """Return the status, the headers and the body of an answer."""
    line = Line()

    async def answer() -> None:
        front.__rsgi_init__(asyncio.get_running_loop())
        await front.__rsgi__(Asked(method, path), line)

    asyncio.run(answer())
    return line.said
