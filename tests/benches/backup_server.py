"""How fast the private backup is through the whole server but the network, against raw inserts."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from flask import Flask
from werkzeug.test import Client

from tests.benches.backup import Ground, Speed, in_turns, rows, sealed
from webapp.backup.wire import Sealed
from webapp.extensions import db

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
        if response.status_code != 201:
            raise Unanswered(f"the server answered {response.status}: {response.text.strip()}")

    def push(self, entry: Sealed) -> None:
        """Send an entry; raise Unanswered if it is not kept."""
        self.put(f"/entries/{uuid.UUID(bytes=entry.id)}", entry.body, entry.sequence)


def measure(app: Flask, ground: Ground, entries: int) -> Speed:
    """Return how fast an app with the ground's database answers pushes; raise Unanswered."""
    vault, authorization = ground.new_vault()
    phone = _Phone(Client(app, use_cookies=False), vault, authorization)
    made = sealed(min(entries, MOST_REQUESTS))
    raw = [[row] for row in rows(bytes.fromhex(vault), made)]
    try:
        phone.put("", b"{}")
        measured = in_turns(ground, raw, made, phone.push)
    finally:
        with app.app_context():
            db.engine.dispose()
    return Speed("server", f"push {len(made):,} through the server", measured)
