"""A device with a page of ours open, its journal and backup asked by the app's modules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.support.browsers import Browser
from tests.support.in_page import InPage

Entry = dict[str, Any]
MANY = 150
"""How many notes `Device.writes_many` writes."""
MOST_AT_FIRST = 120
_IN_PAGE = InPage.beside(__file__)


@dataclass
class Device:
    """A browser with a page of ours open, and the journal that it keeps."""

    browser: Browser
    site: str

    def opens(self) -> None:
        self.browser.visit(f"{self.site}/en/")
        self._call("prepare")

    def starts_empty(self) -> None:
        self.opens()
        self._call("erase")

    def gets_a_code(self) -> str:
        return str(self._call("newCode"))

    def turns_on(self, code: str, *, fresh: bool = False) -> str:
        return str(self._call("turnOn", code, fresh))

    def syncs(self) -> str:
        return str(self._call("sync"))

    def begins_to_sync(self) -> None:
        """Begin; however late somebody interrupts, some entries are not sent before."""
        self._call("beginToSync", MOST_AT_FIRST)

    def ends(self) -> str:
        """Return what came of the sync that was begun."""
        return str(self._call("endSync"))

    def is_on(self) -> bool:
        return bool(self._call("isOn"))

    def writes(self, kind: str, data: dict[str, Any], **more: object) -> Entry:
        return dict(self._call("write", kind, data, more))

    def writes_many(self) -> list[str]:
        """Write notes and return their ids."""
        return list(self._call("writeNotes", MANY))

    def holds(self) -> dict[str, Entry]:
        return {entry["id"]: entry for entry in self._call("entries")}

    def shows(self) -> set[str]:
        """Return the ids of the entries that count."""
        return set(self._call("live"))

    def waits_to_send(self) -> set[str]:
        return set(self._call("pending"))

    def lets_time_pass(self) -> None:
        """Let be later than a server asked to be left alone for."""
        self._call("turnClock")

    def keys(self, code: str) -> tuple[str, str]:
        """Return the id of the backup and its token."""
        identity, token = self._call("keys", code)
        return identity, token

    def bytes_of(self, code: str) -> bytes:
        """Return a code as the bytes that it stands for."""
        return bytes(self._call("bytes", code))

    def names(self, code: str, ids: list[str]) -> list[str]:
        """Return under which names a server has entries, as digits."""
        return [name.replace("-", "") for name in self._call("names", code, ids)]

    def _call(self, name: str, *arguments: object) -> Any:
        return self.browser.call(_IN_PAGE, name, *arguments)
