"""Phones with a private backup, played by our own scripts in Node or in a page."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from tests.support import in_page
from tests.support.browsers import Browser
from tests.support.scripts import ROOT, Script

PHONES = ROOT / "tests" / "scripts" / "backup" / "phones.mjs"
_IN_PAGE = in_page.InPage.beside(__file__)


@dataclass
class PhonesInPage:
    """The script of the phones in a page, with its functions as methods; cf. Script."""

    browser: Browser

    def __getattr__(self, name: str) -> Callable[..., Any]:
        address = f"/{PHONES.relative_to(ROOT).as_posix()}"
        return lambda *values: self.browser.call(_IN_PAGE, "ask", address, name, values)


@dataclass
class SyncedPhone:
    """A journal and its backup; phones with one script have one code."""

    phones: Script | PhonesInPage
    name: str

    def turns_on(self, *, fresh: bool = False) -> dict[str, Any]:
        return dict(self.phones.enable(self.name, fresh))

    def syncs(self, *, whole: bool = False) -> dict[str, Any]:
        return dict(self.phones.sync(self.name, whole))

    def changes_code(self) -> dict[str, Any]:
        return dict(self.phones.rotate(self.name))

    def turns_off(self) -> dict[str, Any]:
        return dict(self.phones.disable(self.name))

    def deletes(self) -> dict[str, Any]:
        return dict(self.phones.deleteRemote(self.name))

    def is_on(self) -> bool:
        return bool(self.phones.isEnabled(self.name))

    def writes(self, text: str, **more: object) -> str:
        """Append a note and return its id."""
        note = {"id": new_id(), "at": 1, "zone": 0, "kind": "note", "data": {"text": text}, **more}
        self.phones.append(self.name, note)
        return str(note["id"])

    def removes(self, identity: str) -> None:
        """Delete a note."""
        self.phones.remove(self.name, identity)

    def traces(self, identity: str) -> str:
        """Return all that the phone keeps of an entry, empty where it is only its tombstone."""
        row, waits, sealed = self.phones.traces(self.name, identity)
        is_content = row and not json.loads(row).get("gone")
        return f"{row if is_content else ''}{'waits' if waits else ''}{'sealed' if sealed else ''}"

    def shows(self) -> set[str]:
        """Return the ids of what counts: neither deleted nor a mark of something deleted."""
        return {identity for identity, entry in self.holds().items() if not entry.get("gone")}

    def removals(self) -> set[str]:
        return set(self.phones.removals(self.name))

    def holds(self) -> dict[str, dict[str, Any]]:
        return {entry["id"]: entry for entry in self.phones.readAll(self.name)}

    def names_of(self, *ids: str) -> list[str]:
        """Return under which names the server sees entries."""
        return list(self.phones.namesOf(ids))

    def waits_to_send(self) -> set[str]:
        return set(self.phones.unsent(self.name))


def new_id() -> str:
    """Return an id as the journal makes them: a UUID of version 7."""
    digits = str(uuid4())
    return f"{digits[:14]}7{digits[15:]}"


def counts(outcome: dict[str, Any]) -> tuple[str, int, int]:
    """Return how a sync ended, and how many entries it sent and got."""
    return outcome["why"], outcome["pushed"], outcome["pulled"]
