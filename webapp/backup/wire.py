"""How phone and server speak of a vault: what is accepted, what is refused, and in which word."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_HEADER = 2 * 1024
LONGEST_BODY = 8 * 1024
MOST_ENTRIES = 20_000
MOST_BYTES = 20_000_000
LONGEST_PAGE = 200

_MOST_SEQUENCE = 2**53 - 1  # the largest whole number that a script counts exactly
_VAULT = re.compile(r"[0-9a-f]{32}")
_TOKEN = re.compile(r"Bearer ([0-9a-f]{64})")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")


class Refused(Exception):
    """A request that is not done: the status and the word of the answer."""

    status = 400
    word = "bad"


class Missing(Refused):
    """There is no such vault, or this is not its token. Nobody can tell which."""

    status = 404
    word = "missing"


class Conflict(Refused):
    """Something else is already kept under this id."""

    status = 409
    word = "other"


class TooLarge(Refused):
    """More bytes than a phone ever sends."""

    status = 413
    word = "large"


class Full(Refused):
    """The vault holds as much as a vault may hold."""

    status = 507
    word = "full"


@dataclass(frozen=True, slots=True)
class Key:
    """Which vault is meant, and what its token hashes to."""

    vault: bytes
    token_hash: bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry as the server sees it."""

    id: bytes
    sequence: int
    body: bytes


def key(vault: str, authorization: str) -> Key:
    """Return the key to a vault; raise Missing if it can be the key to none."""
    token = _TOKEN.fullmatch(authorization)
    if not (_VAULT.fullmatch(vault) and token):
        raise Missing
    return Key(bytes.fromhex(vault), hashlib.sha256(bytes.fromhex(token[1])).digest())


def header(body: bytes) -> bytes:
    """Return a vault's header; raise Refused or TooLarge."""
    return _sized(body, LONGEST_HEADER)


def sealed(name: str, sequence: str, body: bytes) -> Sealed:
    """Return the entry that a phone sent; raise Refused or TooLarge."""
    return Sealed(_id(name), _number(sequence, 0, _MOST_SEQUENCE), _sized(body, LONGEST_BODY))


def entry(text: str) -> bytes:
    """Return the id of the entry that a phone names; raise Refused."""
    return _id(text)


def cursor(text: str) -> bytes | None:
    """Return the id of the last entry that the phone has, None for none; raise Refused."""
    return _id(text) if text else None


def limit(text: str) -> int:
    """Return how many entries the phone asks for; raise Refused."""
    return _number(text, 1, LONGEST_PAGE)


def page(entries: Sequence[Sealed], after: bytes | None, *, more: bool) -> dict[str, object]:
    """Return the answer to a pull; its cursor is the id of the last entry that the phone has.

    Only who holds the token sees it, and it tells nothing that the entries do not.
    """
    last = entries[-1].id if entries else after
    return {
        "entries": [
            {
                "id": _text(entry.id),
                "sequence": entry.sequence,
                "body": base64.b64encode(entry.body).decode("ascii"),
            }
            for entry in entries
        ],
        "cursor": _text(last) if last else "",
        "more": more,
    }


def _id(text: str) -> bytes:
    if not _UUID.fullmatch(text):
        raise Refused
    return bytes.fromhex(text.replace("-", ""))


def _text(identity: bytes) -> str:
    digits = identity.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _number(text: str, least: int, most: int) -> int:
    if not _NUMBER.fullmatch(text) or not least <= int(text) <= most:
        raise Refused
    return int(text)


def _sized(body: bytes, most: int) -> bytes:
    if len(body) > most:
        raise TooLarge
    if not body:
        raise Refused
    return body
