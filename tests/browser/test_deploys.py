"""Release after release, whatever the phone was doing: it has one, whole, and its journal."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlsplit

import pytest

from tests.browser.pages.journal import Journal
from tests.browser.pages.update_offer import UpdateOffer
from tests.conftest import Stage
from tests.support import deployments
from tests.support.deployments import Deployments
from tests.support.journal import Said, add_note, said
from tests.support.person import Person, until
from tests.support.tiers import soak

pytestmark = pytest.mark.whole_chromium

MIDDLE_S = 0.5
"""An update is over by then, mostly."""

PARTS = [(0, 2), *(soak(part, 30, why="240 times") for part in range(8))]
"""Parts of the run, and how often in each a phone meets a new release."""


@dataclass
class Phone:
    """A phone that sees many releases; its person notes something with each."""

    person: Person
    site: Deployments
    chance: Random
    tally: Counter[str]
    kept: list[Said] = field(default_factory=list)

    def is_open(self) -> None:
        """Be at a page while the release is deployed, and take it or not."""
        self.site.deploys()
        self.is_offered_it()

    def is_closed(self) -> None:
        """Be closed meanwhile, and have the release once it is opened a second time."""
        self.person.browser.close()
        newest = self.site.deploys()
        self.person.browser.start()
        self.is_offered_it()
        self.person.restarts()
        self.person.visits()
        until(lambda: deployments.holdings(self.person)["release"], newest)

    def is_away(self) -> None:
        """Have no network while releases come and go."""
        for _ in range(self.chance.randint(1, 3)):
            self.site.deploys()
            self.site.dies()
            self.person.visits(self.chance.choice(("", "now/", "learn/", "check/")))
        self.site.returns()
        self.is_offered_it()

    def dies_in_the_middle(self) -> None:
        """Be without power at some moment of an update."""
        self.begins_to_update()
        self.person.browser.die()
        self.tally["kills"] += 1
        self.person.browser.start()

    def is_cut_off_in_the_middle(self) -> None:
        """Lose the server at some moment of an update."""
        self.begins_to_update()
        self.site.dies()
        self.tally["kills"] += 1

    def begins_to_update(self) -> None:
        self.site.deploys()
        if self.chance.random() < 0.5:
            self.site.returns(self.chance.choice(("silent /release/core.", "silent /release/en.")))
        deployments.looks_for_an_update(self.person)
        time.sleep(self.chance.uniform(0, MIDDLE_S))

    def is_offered_it(self) -> None:
        self.person.visits()
        deployments.looks_for_an_update(self.person)
        UpdateOffer(self.person).waits()
        if self.chance.random() < 0.5:
            self.takes_what_is_offered()

    def takes_what_is_offered(self) -> None:
        """Take the release that waits, and the newest one if that was still on its way."""
        before = self.person.reads("release")
        self.person.takes_the_update()
        taken = deployments.holdings(self.person)["release"]
        assert taken in self.site.releases[self.site.releases.index(before) + 1 :]
        if taken != self.site.releases[-1]:
            deployments.looks_for_an_update(self.person)
            UpdateOffer(self.person).waits()
            self.person.takes_the_update()
            assert deployments.holdings(self.person)["release"] == self.site.releases[-1]

    def notes_something(self) -> None:
        words = f"After {len(self.site.releases)} releases"
        self.kept.append(add_note(self.person, words))

    def is_whole(self) -> None:
        """Fail unless the phone, on its own, answers as one release and has every note."""
        self.site.dies()
        if self.chance.random() < 0.5:
            self.person.restarts()
        self.person.visits()
        until(self.person.is_ready, True)
        shown = self.person.reads("release")
        assert shown in self.site.releases
        assert shown == deployments.holdings(self.person)["release"]
        assert self.site.wrong_answers(self.person) == []
        self.person.visits("check/")
        self.person.has_weak_legs()
        assert self.person.reads("release") == shown
        Journal(self.person).opens()
        assert said(self.person) == self.kept

    def is_online_again(self) -> None:
        self.site.returns()
        self.person.visits()
        deployments.waits_for_everything(self.person)


WAYS: tuple[Callable[[Phone], None], ...] = (
    Phone.is_open,
    Phone.is_closed,
    Phone.is_away,
    Phone.dies_in_the_middle,
    Phone.is_cut_off_in_the_middle,
)


@pytest.fixture
def phone(offline: Person, stage: Stage, chance: Random, tally: Counter[str]) -> Phone:
    site = Deployments(stage, urlsplit(offline.site).port)
    site.deploys()
    return Phone(offline, site, chance, tally)


@pytest.mark.scenario(2, 22)
@pytest.mark.parametrize(("part", "times"), PARTS)
def test_a_phone_is_whole_after_every_deploy(phone: Phone, part: int, times: int) -> None:
    ways: list[Callable[[Phone], None]] = []
    for _ in range(times):
        ways = ways or phone.chance.sample(WAYS, k=len(WAYS))
        phone.is_online_again()
        phone.notes_something()
        ways.pop()(phone)
        phone.is_whole()
    phone.tally["deploys"] += len(phone.site.releases) - 1
