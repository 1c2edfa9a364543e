"""How fast the private backup is through the whole server but the network, against raw inserts."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from flask import Flask
from werkzeug.test import Client

from webapp.extensions import db
from webapp.journal.bench import Ground, Slice, Speed, rows, sealed, slices
from webapp.journal.wire import Sealed

MOST_REQUESTS = 1_000
"""Far below what the server takes from one address in a minute, so that nothing is refused."""


class Unanswered(ValueError):
    """A request that the server did not take."""


@dataclass(frozen=True, slots=True)
class _Phone:
    client: Client
    vault: str
    authorization: str

    def put(self, rest: str, body: bytes, sequence: int = 0) -> None:
        """Send what is to be kept; raise Unanswered if it is not."""
        response = self.client.put(
            f"/vault/{self.vault}{rest}",
            data=body,
            content_type="application/octet-stream",
            headers={"Authorization": self.authorization, "X-Sequence": str(sequence)},
        )
        if response.status_code != 201:  # noqa: PLR2004
            raise Unanswered(f"the server answered {response.status}: {response.text.strip()}")

    def push(self, entries: Sequence[Sealed]) -> float:
        """Return how many seconds it takes to send the entries one by one."""
        start = perf_counter()
        for one in entries:
            self.put(f"/entries/{uuid.UUID(bytes=one.id)}", one.body, one.sequence)
        return perf_counter() - start


def measure(app: Flask, ground: Ground, entries: int) -> Speed:
    """Return how fast an app with the ground's database answers pushes; raise Unanswered."""
    vault, authorization = ground.new_vault()
    phone = _Phone(Client(app, use_cookies=False), vault, authorization)
    made = sealed(min(entries, MOST_REQUESTS))
    raw_rows = rows(bytes.fromhex(vault), made)
    measured = []
    try:
        phone.put("", b"{}")
        for part, raw_part in zip(slices(made), slices(raw_rows), strict=True):
            raw = ground.insert(raw_part)
            measured.append(Slice(len(part), phone.push(part), raw))
    finally:
        with app.app_context():
            db.engine.dispose()
    return Speed("server", f"push {len(made):,} through the server", tuple(measured))
