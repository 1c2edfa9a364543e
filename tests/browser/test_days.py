"""Weeks of one person with one phone: whatever comes, a page answers and nothing kept is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.pages.journal import Journal, part
from tests.browser.pages.keep_result import KeepResult
from tests.browser.pages.timer import Timer, TimerBar
from tests.browser.pages.update_offer import UpdateOffer
from tests.browser.pages.walking import Walking
from tests.conftest import Stage
from tests.support import deployments
from tests.support.deployments import LANGUAGES, Deployments
from tests.support.in_page import InPage
from tests.support.journal import Said, said
from tests.support.person import PLAIN_ANSWERS, Person, until
from tests.support.site import build
from tests.support.tiers import soak
from webapp.triage.assessment import assess

pytestmark = pytest.mark.whole_chromium

IN_PAGE = InPage.beside(__file__)
FIRST_DAY = datetime(2026, 3, 4, 8, tzinfo=UTC)
NO_PAGES = ("not-found/", "failed/", "later/")
SAMPLE = 12
STEPS_A_DAY = 6
PARTS = [(0, 2), *(soak(part, 14, why="12 weeks") for part in range(6))]
"""Parts of the run, and how many days each has."""


@dataclass
class Life:
    """A person with a phone, what they have kept on it, and what they did."""

    person: Person
    site: Deployments
    chance: Random
    kept: list[Said] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    now: datetime = FIRST_DAY
    newest_seen: int = 0

    # --- the app --------------------------------------------------------------------------

    def reads_a_page(self) -> None:
        own = f"/{self.person.language}/"
        self.person.visits(self.chance.choice([p for p in self.site.paths if p.startswith(own)]))

    def does_the_check(self) -> None:
        """Answer at random, mostly with nothing bad; keep the result, or not."""
        self.person.visits("check/")
        while not self.person.place.startswith("result-"):
            self.answers_a_screen()
        result = self.person.place.removeprefix("result-")
        assert result == assess(build().knowledge, self.person.kept()).urgency
        # An emergency is no time to keep anything.
        if result != "emergency" and self.chance.random() < 0.3 and self.holds_all():
            KeepResult(self.person).keeps()
            self.kept.append(("check", result))

    def answers_a_screen(self) -> None:
        screen = self.asks("offered")
        if screen["choices"]:
            usual = PLAIN_ANSWERS.get(self.person.place)
            take_usual = usual and self.chance.random() < 0.8
            self.person.chooses(usual if take_usual else self.chance.choice(screen["choices"]))
            return
        ticked = [gate for gate in screen["gates"] if self.chance.random() < 0.1]
        self.person.ticks(*ticked)
        given = [row for row in screen["rows"] if self.chance.random() < 0.05]
        for row in given:
            self.person.says(self.chance.choice(("yes", "unsure")), row)
            if self.person.place.startswith("result-"):
                return  # the Yes of a danger sign was the last answer
        self.person.presses("next" if ticked or given else "none")

    def notes_something(self) -> None:
        """Open the journal, and note a pain or a sentence."""
        if not self.holds_all():
            return
        journal = Journal(self.person)
        journal.opens()
        self.person.waits_for(f"{part('begin')}, {part('flags')}")
        if journal.shows("begin"):
            journal.begins("neck")
            self.kept.append(("begin", "neck"))
        else:
            journal.clears()
        if self.chance.random() < 0.5:
            pain = self.chance.randint(0, 10)
            journal.feels(pain)
            self.kept.append(("feel", pain))
        else:
            words = f"Day {self.now:%d.%m.}, {len(self.kept)} · لاحظت"
            journal.notes(words)
            self.kept.append(("note", words))

    def recovers(self) -> None:
        """Note something, and that it is over."""
        if self.holds_all():
            self.notes_something()
            Journal(self.person).recovers()
            Journal(self.person).waits_for("begin")
            self.kept.append(("recovered", ""))

    def starts_a_timer(self) -> None:
        """Walk for five minutes, unless a timer runs; stop it, or let it run."""
        timer, bar = Timer(self.person), TimerBar(self.person)
        self.person.visits("walking/")
        if timer.is_there():
            bar.waits()
            bar.presses()
            return
        Walking(self.person).on_the_ladder(3).starts(5)
        self.reads_a_page_but_the_timers()
        bar.waits()
        if self.chance.random() < 0.5:
            bar.presses()
            timer.waits()
            timer.stops()
            until(lambda: self.person.place == "timer/", False)

    def reads_a_page_but_the_timers(self) -> None:
        self.person.visits(self.chance.choice(("", "now/", "about/", "help-card/")))

    def switches_language(self) -> None:
        others = [code for code in LANGUAGES if code != self.person.language]
        self.person.visits()
        self.person.switches_to(self.chance.choice(others))

    def takes_the_update(self) -> None:
        """Be online, and take the newest release where the phone has an older one."""
        self.has_a_network()
        if self.person.reads("release") != self.site.releases[-1]:
            deployments.looks_for_an_update(self.person)
            UpdateOffer(self.person).waits()
            self.person.takes_the_update()

    # --- the phone and the network --------------------------------------------------------

    def closes_and_opens_the_browser(self) -> None:
        self.person.browser.close()
        self.opens_the_browser()

    def has_an_empty_battery(self) -> None:
        self.person.browser.die()
        self.opens_the_browser()

    def opens_the_browser(self) -> None:
        self.person.browser.start()
        self.person.browser.context.clock.install(time=self.now)
        self.person.visits()

    def loses_the_network(self) -> None:
        self.site.dies()

    def has_a_network_that_hangs(self) -> None:
        self.site.hangs()

    def has_a_network(self) -> None:
        """Be online, for so long that everything comes."""
        self.site.returns()
        self.person.visits()
        deployments.waits_for_everything(self.person)

    def sees_a_deploy(self) -> None:
        self.site.deploys()
        self.person.visits()
        deployments.looks_for_an_update(self.person)

    def sleeps(self) -> None:
        """Let the page be until the next morning."""
        until(self.person.is_ready, True)
        self.now += timedelta(days=1)
        self.person.browser.page.clock.fast_forward(24 * 3600 * 1000)
        self.person.visits()

    # --- what holds after each step -------------------------------------------------------

    def keeps_every_promise(self, paths: int = SAMPLE) -> None:
        page = self.asks("answer")
        assert (page["headings"], page["language"]) == (1, self.person.language)
        assert page["route"] not in NO_PAGES or not self.holds_all()
        shown = self.site.releases.index(self.person.reads("release"))
        assert shown >= self.newest_seen, "it went back to an older release"
        self.newest_seen = shown
        sample = self.chance.sample(self.site.paths, k=min(paths, len(self.site.paths)))
        assert self.site.wrong_answers(self.person, sample) == []
        if self.holds_all():
            assert Counter(said(self.person)) == Counter(self.kept)
        # A timer asks for sound also without a tap: Chromium says this, the page asks for one.
        asked = "The AudioContext was not allowed to start"
        assert [line for line in self.person.browser.console if not line.startswith(asked)] == []

    def holds_all(self) -> bool:
        """Return whether nothing is left to come: only then can it all be had without a network."""
        return bool(deployments.holdings(self.person)["complete"])

    def asks(self, name: str) -> dict[str, Any]:
        return dict(self.person.browser.call(IN_PAGE, name))


STEPS: dict[Callable[[Life], None], int] = {
    Life.reads_a_page: 6,
    Life.does_the_check: 4,
    Life.notes_something: 5,
    Life.recovers: 1,
    Life.starts_a_timer: 2,
    Life.switches_language: 2,
    Life.takes_the_update: 2,
    Life.closes_and_opens_the_browser: 2,
    Life.has_an_empty_battery: 1,
    Life.loses_the_network: 2,
    Life.has_a_network_that_hangs: 2,
    Life.has_a_network: 3,
    Life.sees_a_deploy: 2,
}
"""What may happen, and how often."""


@pytest.fixture
def life(offline: Person, stage: Stage, chance: Random) -> Life:
    site = Deployments(stage, urlsplit(offline.site).port)
    site.deploys()
    offline.browser.context.clock.install(time=FIRST_DAY)
    life = Life(offline, site, chance)
    life.has_a_network()
    return life


@pytest.mark.parametrize(("part", "days"), PARTS)
def test_day_after_day_a_page_answers_and_nothing_is_lost(
    life: Life, part: int, days: int, tally: Counter[str]
) -> None:
    try:
        for _ in range(days):
            for step in life.chance.choices([*STEPS], [*STEPS.values()], k=STEPS_A_DAY):
                life.done.append(step.__name__)
                step(life)
                life.keeps_every_promise()
            life.sleeps()
            life.keeps_every_promise(paths=len(life.site.paths))
            tally["days"] += 1
    except BaseException as fault:
        fault.add_note(f"What was done, up to release {life.newest_seen}: {', '.join(life.done)}")
        raise
