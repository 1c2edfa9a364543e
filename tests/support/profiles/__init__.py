"""What a phone keeps for Easeback, release by release: ``<version>.json`` beside this file.

Each was written once by the scripts of its release in a real Chromium (``make.py`` says how), and a
later release has to find everything in it. ``INVENTORY`` names all that there is; where a release
keeps something new it gets a line, and no line is ever taken away or renamed.

In the JSON an object with one name that begins with a dollar is a value that JSON does not know:

``$bytes``  a Uint8Array, in base64.
``$map``    a Map, as a list of its pairs.
``$key``    a CryptoKey: its algorithm, its usages, whether it is extractable, and its secret in
            base64. The two keys of a backup are not extractable, so no script can read their secret
            from the store. It was noted when the release's own script imported it, and compared by
            what the kept key makes of the same bytes. Loading imports it again as it was.

Not in it: the content of the release's own cache, which the worker fetches anew.
"""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

from tests.support.browsers import Chromium
from tests.support.phone import NetworkLine, Phone

FOLDER = Path(__file__).parent
SCRIPT = (FOLDER / "profile.js").read_text()
WITHOUT_SCRIPTS = "/healthz"
"""An address of the site whose answer is a line of text: what it shows starts no script of ours."""

_RELEASE_CACHE = "easeback-[0-9a-f]{12}"

INVENTORY = {
    "database easeback.journal, version 1": "the journal and its backup",
    "store easeback.journal/entries by id": "entries, each written once",
    "store easeback.journal/pending by id": "the ids of entries that the backup has not",
    "store easeback.journal/meta by key": "the records that follow, each with its value",
    "meta timers.left": "the ends (ms) of timers that are not to be offered any more",
    "meta vault": "the backup: id, token, key, names, header, made, sequence, cursor, until, "
    "opened, checked, old; once gone",
    "meta vault.outbox": "what is sealed and perhaps sent: a Map from an entry's id, or null",
    "meta vault.removals": "the ids of what is deleted here and perhaps not yet in the backup",
    "local easeback.country": "the chosen country, two capitals",
    "local easeback.cues": "which of sound, vibration and voice are on, as JSON",
    "local easeback.feedback": "what was said and waits to be sent, a JSON list",
    "local easeback.journal-begun": "1, or backed where a backup is on: tells a cleared store",
    "local easeback.recall-asked": "when it was last asked which releases are called back (ms)",
    "local easeback.second-language": "of the help card",
    "local easeback.timer": "the timer that runs, as JSON",
    "local easeback.timer-log": "the uses of the last 7 days, a JSON list",
    "local easeback.timer-seen": "when the timer was last looked at, and its step",
    "local easeback.walks": "the walks, a JSON list",
    "session easeback.check": "the answers that were sent last, a JSON list of pairs",
    "cache easeback-memory /key": "by which the worker knows our own forms",
    "cache easeback-memory /language": "in which / opens",
    "cache easeback-memory /last-resort-(language)": "the page where nothing else is left",
    "cache easeback-memory /release": "the release before the next one",
    "cache easeback-memory /version": "number.edition of the last release that was whole here",
    "cache easeback-(release)": "the release, fetched anew",
    "cache journal-spare /journal-spare/(id)/(count)": "a second copy of the journal, in parts",
    "cache journal-spare /journal-spare/whole/(id)": "the same in one part, since something went",
}
"""Every name under which the phone keeps something, and what it is.

Beside them a browser without locks keeps ``vault.lease`` in meta for a moment, any keeps
``mirror.stale`` there while something is deleted and ``copy.brought`` once a file was brought back,
every page tries ``easeback.probe`` in the local storage, and ``easeback.recalled`` there holds the
ids of releases that are called back, with spaces between, once there are any. A browser whose
storage is closed has the local texts in ``window.name``.
"""

Kept = dict[str, Any]
"""What a browser keeps: databases, local, session and caches, as profile.js describes them."""

Profile = dict[str, Any]
"""What a release has left: when, in which language and time zone, the code of the backup, what the
browser keeps (``Kept``), and what the server keeps of the backup (header, entries)."""


def load(version: str) -> Profile:
    """Return the profile that a release has left."""
    return dict(json.loads((FOLDER / f"{version}.json").read_text()))


def put_on_server(profile: Profile, port: int) -> Phone:
    """Give a server the backup of the profile; return the phone's own way to it."""
    phone = phone_of(profile["browser"], port)
    assert phone.create(base64.b64decode(profile["server"]["header"])).status == 201
    for entry in profile["server"]["entries"]:
        body = base64.b64decode(entry["body"])
        assert phone.push(entry["id"], body, entry["sequence"]).status == 201
    return phone


def put_in_browser(kept: Kept, browser: Chromium, site: str) -> None:
    """Give a browser what another one kept, before any script of ours runs; then the worker."""
    browser.visit(site + WITHOUT_SCRIPTS)
    browser.page.evaluate(SCRIPT)
    browser.page.evaluate("kept => profile.write(kept)", kept)
    browser.page.evaluate("profile.installWorker()")


def read(browser: Chromium, secrets: list[str]) -> Kept:
    """Return what the browser keeps for the site that it shows."""
    browser.page.evaluate(SCRIPT)
    order = {"secrets": secrets, "passing": f"^{_RELEASE_CACHE}$"}
    ask = "({ secrets, passing }) => profile.read(secrets, passing)"
    return dict(browser.page.evaluate(ask, order))


def phone_of(kept: Kept, port: int) -> Phone:
    """Return a phone that speaks with a server about the backup that a browser has."""
    vault = meta(kept)["vault"]
    return Phone(NetworkLine(port), vault=vault["id"], token=vault["token"])


def records(kept: Kept, store: str) -> list[Any]:
    """Return the records of a store of the journal."""
    return list(kept["databases"]["easeback.journal"]["stores"][store]["records"])


def meta(kept: Kept) -> dict[str, Any]:
    """Return the values of the journal's meta records by their keys."""
    return {record["key"]: record["value"] for record in records(kept, "meta")}


def names(kept: Kept) -> set[str]:
    """Return the names under which a browser keeps something, written as ``INVENTORY`` does."""
    found = {f"local {key}" for key in kept["local"]}
    found |= {f"session {key}" for key in kept["session"]}
    for name, database in kept["databases"].items():
        found.add(f"database {name}, version {database['version']}")
        for store, about in database["stores"].items():
            assert (about["autoIncrement"], about["indexes"]) == (False, {})
            found.add(f"store {name}/{store} by {about['keyPath']}")
    found |= {f"meta {key}" for key in meta(kept)}
    for name, files in kept["caches"].items():
        if re.fullmatch(_RELEASE_CACHE, name):
            found.add("cache easeback-(release)")
        found |= {f"cache {name} {_path(path)}" for path in files}
    return found


def _path(path: str) -> str:
    path = re.sub(r"^/last-resort-[\w-]+$", "/last-resort-(language)", path)
    path = re.sub(r"/whole/[0-9a-f-]{36}$", "/whole/(id)", path)
    return re.sub(r"/[0-9a-f-]{36}/\d+$", "/(id)/(count)", path)
