"""Lives with Easeback for ten days in a real Chromium, and writes down all that the browser keeps.

At each release, before its scripts change again:

    python -m tests.support.profiles.make

writes ``<version>.json``, by the version in pyproject.toml. A file that is there stays as it is:
later scripts cannot write what earlier ones have left. Everything is made-up test data.
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
import tomllib
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.pages.backup import Backup
from tests.browser.pages.journal import Journal
from tests.browser.pages.keep_result import KeepResult
from tests.support import profiles
from tests.support.browsers import Chromium
from tests.support.person import Person, until
from tests.support.profiles import SCRIPT, Kept, Profile
from tests.support.records import StagedServer
from tests.support.server import ROOT

LANGUAGE = "es"
TIME_ZONE = "Europe/Madrid"
BEGIN = datetime(2026, 11, 20, 9, tzinfo=UTC)

Stage = Callable[..., StagedServer]


class Life:
    """Somebody with a phone whose clock stands still until they wait."""

    def __init__(self, browser: Chromium, site: str) -> None:
        browser.time_zone = TIME_ZONE
        browser.start()
        browser.context.add_init_script(f"{SCRIPT}\nprofile.watch();")
        self.browser = browser
        self.person = Person(browser, site, LANGUAGE)
        self.journal = Journal(self.person)
        self.backup = Backup(self.person)
        self.now = BEGIN
        self.secrets: list[str] = []
        self.waits()

    def waits(self, minutes: int = 1, days: int = 0) -> None:
        """Let time pass; entries of the same moment would have no order."""
        self.now += timedelta(days=days, minutes=minutes)
        self.browser.context.clock.set_fixed_time(self.now)

    # --- the journal ----------------------------------------------------------------------

    def opens_journal(self) -> None:
        """Open it and say that no danger sign is there, where that is asked."""
        self.waits()
        self.journal.opens()
        if self.journal.shows("flags"):
            self.journal.clears()

    def begins(self, region: str) -> None:
        """Say where it locked."""
        self.opens_journal()
        self.journal.begins(region)

    def feels(self, pain: int, walk: int) -> None:
        """Note how it is."""
        self.opens_journal()
        self.journal.feels(pain, walk)

    def did(self, what: str, minutes: int, before: int, after: int) -> None:
        """Note something that was done against the pain."""
        self.opens_journal()
        self.journal.did(what, minutes, before, after)

    def writes(self, kind: str, words: str) -> None:
        """Note a medicine, or something else in own words."""
        self.opens_journal()
        self.journal.writes(kind, words)
        self.journal.waits_until_kept()

    def changes_pain(self, pain: int) -> None:
        """Change the newest entry, which says how it was."""
        self.opens_journal()
        self.journal.changes()
        self.journal.rates("feel", "pain", pain)
        self._keeps("feel")

    def changes_note(self, words: str) -> None:
        """Change the newest entry, which is a note."""
        self.opens_journal()
        self.journal.changes()
        self.journal.fills("note", "text", words)
        self._keeps("note")

    def deletes_newest(self) -> None:
        """Delete the newest entry."""
        self.opens_journal()
        self.journal.deletes()
        self.journal.waits_until_deleted()

    def recovers(self) -> None:
        """Say that it is over."""
        self.opens_journal()
        self._keeps("recovered")

    def leaves_timer(self) -> None:
        """Say no to the newest timer that the journal offers to keep."""
        self.opens_journal()
        self.journal.leaves_newest()

    def _keeps(self, kind: str) -> None:
        self.journal.keeps(kind)
        self.journal.waits_until_kept()

    # --- the backup -----------------------------------------------------------------------

    def makes_backup(self) -> str:
        """Turn a new backup on; return the words of its code."""
        self.backup.opens()
        words = self.backup.turns_on()
        self.secrets = self.browser.run("return profile.secrets")
        return " ".join(words)

    def enters(self, code: str) -> None:
        """Bring a backup to this phone."""
        self.backup.opens()
        self.backup.waits_for("have")
        self.backup.enters(code)
        self.backup.is_told("done")

    def backs_up(self) -> None:
        """Press the button that brings phone and backup together."""
        self.backup.opens()
        self.backup.syncs()

    # --- the rest -------------------------------------------------------------------------

    def chooses_country(self, code: str) -> None:
        """Choose whose emergency number is shown."""
        self.person.visits("settings/")
        self.browser.page.locator("select[data-country]").select_option(code)

    def chooses_second_language(self, code: str) -> None:
        """Let the help card speak a second language."""
        self.person.visits("help-card/")
        self._unfolds(".fold--languages")
        self.browser.press(f"button[data-second][value='{code}']")
        self.person.waits_for("[data-second-text]")

    def keeps_result(self) -> None:
        """Answer the whole check and keep what came of it."""
        self.waits()
        self.person.visits("check/")
        self.person.answers_until("result-self-care")
        KeepResult(self.person).keeps()

    def answers_half(self) -> None:
        """Answer some screens of the check, and leave it there."""
        self.person.visits("check/")
        for _ in range(3):
            self.person.answers()

    def walks(self, minutes: int, before: int, most: int, morning: str) -> None:
        """Note a walk of some more minutes than the form proposes."""
        self.waits()
        self.person.visits("walking/")
        self._unfolds("[data-walks-note]")
        for _ in range(minutes):
            self.browser.press("[data-by='1']")
        self.browser.press(f".scale__point:has([name=before][value='{before}'])")
        self.browser.press(f".scale__point:has([name=most][value='{most}'])")
        self.browser.press(f"label:has([name=morning][value={morning}])")
        self.browser.press("[data-walks-form] [type=submit]")
        self.person.waits_for("[data-walks-noted]")

    def warms(self) -> None:
        """Start the timer for warmth."""
        self.waits()
        self.person.visits("heat-or-ice/")
        self.person.presses("none")
        self.browser.press("[data-kind=heat] [data-minutes='15']")
        self.person.sees("timer/")

    def times_walk(self) -> None:
        """Start the timer for a walk of 5 minutes."""
        self.waits()
        self.person.visits("walking/")
        self.browser.press("[data-minutes='5']")
        self.person.sees("timer/")

    def turns_off(self, channel: str) -> None:
        """Let the timer not tell by sound, or not by vibration."""
        button, tap = f"[data-timer-toggle={channel}]", "[data-timer-show=tap]"
        self.person.waits_for(f"{button}, {tap}")
        if self.person.shows(tap):
            self.browser.press(tap)
        self.browser.press(button)
        until(lambda: self._is_on(channel), False)

    def _is_on(self, channel: str) -> bool:
        button = self.browser.page.locator(f"[data-timer-toggle={channel}]")
        return button.get_attribute("aria-pressed") == "true"

    def ends_timer(self, minutes: int) -> None:
        """Wait until it is over, and put it away."""
        self.waits(minutes=minutes)
        self.person.waits_for("[data-timer-do=close]")
        self.browser.press("[data-timer-do=close]")
        until(lambda: self.browser.run("return localStorage['easeback.timer'] ?? ''"), "")

    def says(self, helped: str, words: str) -> None:
        """Say what one thinks of a page; the server is dead."""
        self.person.visits("feedback/?page=/walking/")
        self.browser.press(f"label.row:has([value='{helped}'])")
        self.browser.page.locator("textarea").fill(words)
        self.browser.press("[data-feedback] button")
        self.person.waits_for("[data-feedback-say=kept]")

    def _unfolds(self, fold: str) -> None:
        self.person.waits_for(f"{fold} > summary")
        if self.person.shows(f"{fold}:not([open])"):
            self.browser.press(f"{fold} > summary")

    def keeps(self) -> Kept:
        """Return all that the browser keeps, as it is now."""
        return profiles.read(self.browser, self.secrets)


def lived(browser: Chromium, other: Chromium, stage: Stage) -> Profile:
    """Do all that leaves something on a phone; return what it and the server keep at the end.

    ``other`` is a second phone of the same person. Its note is on the server, and not yet here.
    """
    server = stage()
    life = Life(browser, server.url)
    _lives_through_ten_days(life)
    code = life.makes_backup()
    # Sealed and kept, but the server takes no entry.
    server.kill()
    vault = profiles.phone_of(life.keeps(), server.port)
    refusing = stage(server.port, fault=f"missing /vault/{vault.vault}/entries/")
    life.writes("note", "Sellada, no enviada.")
    until(lambda: bool(profiles.meta(life.keeps()).get("vault.outbox")), True)
    life.person.visits("now/")
    refusing.kill()

    again = stage(server.port)
    second = Life(other, server.url)
    second.waits(days=9)
    second.enters(code)
    second.writes("note", "Del otro teléfono.")
    second.backs_up()
    kept = {
        "header": base64.b64encode(vault.send("GET").body).decode(),
        "entries": vault.page()["entries"],
    }
    again.kill()
    _lives_without_network(life)
    # Where no script runs, so that nothing changes any more.
    stage(server.port)
    browser.visit(server.url + profiles.WITHOUT_SCRIPTS)
    about = {"moment": life.now.isoformat(), "language": LANGUAGE, "time zone": TIME_ZONE}
    return {**about, "code": code, "browser": life.keeps(), "server": kept}


def _lives_through_ten_days(life: Life) -> None:
    life.person.gets_ready()
    life.person.waits_for_everything()
    life.chooses_country("US")
    life.chooses_second_language("en")
    life.begins("neck")
    life.feels(8, walk=2)
    life.waits(days=3)
    life.recovers()
    life.waits(days=4)
    life.begins("low-back")
    life.keeps_result()
    life.feels(7, walk=1)
    life.changes_pain(5)
    life.walks(4, before=3, most=5, morning="yes")
    life.waits(days=1)
    life.walks(0, before=2, most=3, morning="later")
    life.did("ice", minutes=10, before=6, after=5)
    life.writes("medicine", "Dos de las blancas")
    life.writes("note", "Levanté una caja.")
    life.changes_note("Levanté una caja pesada.")
    life.writes("note", "Esto se borra.")
    life.deletes_newest()
    life.waits(days=1)
    life.warms()
    life.turns_off("sound")
    life.turns_off("vibration")
    life.ends_timer(minutes=16)
    life.times_walk()
    life.ends_timer(minutes=6)
    life.leaves_timer()


def _lives_without_network(life: Life) -> None:
    life.says("partly", "Me ayudó. ¿Más dibujos?")
    life.writes("note", "Sin red.")
    life.answers_half()
    life.times_walk()


def main() -> None:
    """Write the profile of this release, if there is none."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    file = profiles.FOLDER / f"{version}.json"
    if file.exists():
        sys.exit(f"easeback: {file.name} is there already, and is what {version} has left.")
    with (
        tempfile.TemporaryDirectory() as place,
        sync_playwright() as playwright,
        ExitStack() as end,
    ):
        folder = Path(place)

        def stage(port: int | None = None, *, fault: str = "") -> StagedServer:
            server = StagedServer(folder, port, fault=fault)
            end.callback(server.kill)
            server.start()
            return server

        phone, other = (Chromium(playwright, folder / name) for name in ("phone", "other"))
        for browser in (phone, other):
            end.callback(browser.close)
        profile = lived(phone, other, stage)
    file.write_text(json.dumps(profile, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
