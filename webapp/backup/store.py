"""Vaults in the database. What a function has returned from is on the disk.

Every change begins with the statement that locks: SQLite never has to turn a reader into a writer,
and in PostgreSQL the pushes to one vault wait for each other. So positions appear in their order,
and a pull can never pass by an entry that was still on its way.
"""

from __future__ import annotations

import hmac

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from webapp.backup.models import Vault, VaultEntry, VaultRemoval
from webapp.backup.wire import (
    MOST_BYTES,
    MOST_ENTRIES,
    Conflict,
    Full,
    Key,
    Missing,
    Refused,
    Sealed,
)
from webapp.database import insert_new

_NOBODY = bytes(32)
"""Compared where there is no vault, so that it takes as long as a wrong token."""

# Built once: a phone that sends a whole journal asks each of these thousands of times.
_HEADER = select(Vault.token_hash, Vault.header).where(Vault.id == bindparam("of"))
_COUNT = (
    update(Vault)
    .where(Vault.id == bindparam("of"))
    .values(entries=Vault.entries + 1, bytes=Vault.bytes + bindparam("more"))
    .returning(Vault.token_hash, Vault.entries, Vault.bytes)
    .execution_options(synchronize_session=False)
)
_KEPT = select(VaultEntry.sequence, VaultEntry.body).where(
    VaultEntry.vault == bindparam("of"), VaultEntry.id == bindparam("entry")
)
_ADD = insert(VaultEntry)
_POSITION = select(VaultEntry.position).where(
    VaultEntry.vault == bindparam("of"), VaultEntry.id == bindparam("entry")
)
_REMOVED = select(VaultRemoval.position).where(
    VaultRemoval.vault == bindparam("of"), VaultRemoval.id == bindparam("entry")
)
_TAKE_AWAY = (
    delete(VaultEntry)
    .where(VaultEntry.vault == bindparam("of"), VaultEntry.id == bindparam("entry"))
    .returning(VaultEntry.position, VaultEntry.body)
    .execution_options(synchronize_session=False)
)
_LOCK = (
    update(Vault)
    .where(Vault.id == bindparam("of"))
    .values(bytes=Vault.bytes)
    .returning(Vault.token_hash)
    .execution_options(synchronize_session=False)
)
_LIGHTEN = (
    update(Vault)
    .where(Vault.id == bindparam("of"))
    .values(bytes=Vault.bytes - bindparam("less"))
    .execution_options(synchronize_session=False)
)
_FOLLOWING = (
    select(VaultEntry.id, VaultEntry.sequence, VaultEntry.body)
    .where(VaultEntry.vault == bindparam("of"), VaultEntry.position > bindparam("after"))
    .order_by(VaultEntry.position)
    .limit(bindparam("most"))
)


def create(session: Session, key: Key, header: bytes) -> bool:
    """Make a vault; return whether it is new. Raise Missing or Conflict."""
    values = {"id": key.vault, "token_hash": key.token_hash, "header": header}
    is_new = insert_new(session, Vault, values)
    session.commit()
    if not is_new and not hmac.compare_digest(read_header(session, key), header):
        raise Conflict
    return is_new


def read_header(session: Session, key: Key) -> bytes:
    """Return the header of a vault; raise Missing."""
    found = session.execute(_HEADER, {"of": key.vault}).one_or_none()
    token_hash, header = found or (_NOBODY, b"")
    _check(key, token_hash)
    return header


def push(session: Session, key: Key, entry: Sealed) -> bool:
    """Keep an entry; return whether it is new. Raise Missing, Conflict or Full.

    An entry that was removed is not kept again: that is no fault of the phone that has it still.
    """
    try:
        return _push(session, key, entry)
    finally:
        session.rollback()  # gives the lock back, and does nothing after a commit


def _push(session: Session, key: Key, entry: Sealed) -> bool:
    counted = session.execute(_COUNT, {"of": key.vault, "more": len(entry.body)}).one_or_none()
    token_hash, entries, size = counted or (_NOBODY, 0, 0)
    _check(key, token_hash)
    kept = session.execute(_KEPT, {"of": key.vault, "entry": entry.id}).one_or_none()
    if kept:
        if tuple(kept) != (entry.sequence, entry.body):
            raise Conflict
        return False
    if session.scalar(_REMOVED, {"of": key.vault, "entry": entry.id}) is not None:
        return False  # a phone that was away when it was deleted must not bring it back
    if entries > MOST_ENTRIES or size > MOST_BYTES:
        raise Full
    session.connection().execute(
        _ADD,
        {
            "vault": key.vault,
            "position": entries,  # counts those that were taken away, too
            "id": entry.id,
            "sequence": entry.sequence,
            "body": entry.body,
        },
    )
    session.commit()
    return True


def pull(session: Session, key: Key, after: bytes | None, limit: int) -> tuple[list[Sealed], bool]:
    """Return the entries that follow another, and whether there are more.

    Raise Missing, or Refused if the vault has no such other entry.
    """
    read_header(session, key)
    position = 0
    if after:
        place = {"of": key.vault, "entry": after}
        found = session.scalar(_POSITION, place)
        if found is None:
            found = session.scalar(_REMOVED, place)
        if found is None:
            raise Refused
        position = found
    following = session.execute(_FOLLOWING, {"of": key.vault, "after": position, "most": limit + 1})
    rows = [Sealed(*row) for row in following]
    return rows[:limit], len(rows) > limit


def remove(session: Session, key: Key, entry: bytes) -> None:
    """Take an entry away for good, if it is there; raise Missing."""
    try:
        place = {"of": key.vault, "entry": entry}
        token_hash = session.scalar(_LOCK, {"of": key.vault})
        _check(key, token_hash or _NOBODY)
        taken = session.execute(_TAKE_AWAY, place).one_or_none()
        if not taken:
            return
        session.execute(_LIGHTEN, {"of": key.vault, "less": len(taken.body)})
        removal = {"vault": key.vault, "id": entry, "position": taken.position}
        session.connection().execute(insert(VaultRemoval), removal)
        session.commit()
    finally:
        session.rollback()


def erase(session: Session, key: Key) -> None:
    """Take a vault and its entries away. A key that opens nothing finds nothing to take away."""
    mine = (Vault.id == key.vault, Vault.token_hash == key.token_hash)
    session.execute(delete(Vault).where(*mine).execution_options(synchronize_session=False))
    session.commit()


def _check(key: Key, token_hash: bytes) -> None:
    """Raise Missing unless the key is the vault's, in a time that does not tell why."""
    if not hmac.compare_digest(key.token_hash, token_hash):
        raise Missing
