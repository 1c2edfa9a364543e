"""Releases that come, come broken, are missed or called back: the phone has one, whole."""

from __future__ import annotations

import json

import pytest

from tests.browser.pages.journal import Journal
from tests.browser.pages.notices import Notices
from tests.browser.pages.update_offer import UpdateOffer
from tests.browser.reliability.conftest import Engines, Line, Lines
from tests.support import faults
from tests.support.faults import Fault
from tests.support.journal import add_note, said
from tests.support.person import Person, until
from tests.support.records import NEWER_TEXT, OLDER_TEXT, text_of
from tests.support.worker import Worker

ASK_AGAIN = "localStorage.removeItem('easeback.recall-asked')"
"""What an hour without a question comes to."""
BROKEN = {
    "hotel-worker": ("/sw.js", faults.portal(), "refused", 3),
    "hotel-core": ("/release/core.", faults.portal(), "redundant", 3),
    "flipped-core": ("/release/core.", faults.flip(), "redundant", 4),
    "truncated-language": ("/release/en.", faults.truncate(0.9), "redundant", 4),
    "cut-language": ("/release/en.", faults.cut_body(0.5), "redundant", 4),
    "detour-core": ("/release/core.", faults.detour(), "redundant", 5),
    "detour-worker": ("/sw.js", faults.detour(), "refused", 5),
    "missing-worker": ("/sw.js", faults.status(404), "refused", 7),
    "failing-worker": ("/sw.js", faults.status(502), "refused", 7),
}
"""What is wrong where, what becomes of the worker then, and the scenario's number."""
FEW = ("hotel-core", "flipped-core", "detour-core", "missing-worker")
"""One of each scenario: what every run tries in every engine."""


@pytest.fixture(scope="module")
def behind(settled: Line) -> Line:
    """The settled phone, while the server has a newer release, which never gets to it whole."""
    settled.deploys()
    return settled


def is_updated(person: Person) -> None:
    """Have a newer release on the phone, which waits."""
    assert Worker(person.browser).is_updated() == "installed"


def waits_for_the_end(person: Person) -> None:
    """Wait, with the server dead, until nothing that was begun before is still being installed.

    The page looks for an update by itself, too; WebKitGTK may never end one whose page was left.
    """
    until(Worker(person.browser).is_updated, "refused")


def takes_the_update(person: Person) -> None:
    """Take the release that waits."""
    UpdateOffer(person).waits()
    person.takes_the_update()


def _marks(name: str, number: int) -> list[pytest.MarkDecorator]:
    long = pytest.mark.soak("other files, other ways to break")
    return [pytest.mark.scenario(number), *([] if name in FEW else [long])]


@pytest.mark.parametrize(
    ("path", "fault", "outcome"),
    [
        pytest.param(*case, id=name, marks=_marks(name, number))
        for name, (*case, number) in BROKEN.items()
    ],
)
def test_a_release_that_comes_broken_never_replaces_what_is_there(
    behind: Line, path: str, fault: Fault, outcome: str
) -> None:
    person, proxy = behind.person, behind.proxy
    behind.returns()
    proxy.meets(path, fault)
    person.visits("now/")
    release = person.reads("release")
    assert Worker(person.browser).is_updated() == outcome
    assert any(asked.startswith(path) for asked in proxy.paths())
    proxy.kill()
    waits_for_the_end(person)
    person.visits()
    until(person.is_ready, True)
    assert OLDER_TEXT in person.reads()
    assert not UpdateOffer(person).is_shown()
    assert person.reads("release") == release


@pytest.mark.scenario(2)
def test_a_server_that_dies_in_an_update_leaves_the_old_release_and_no_remains(line: Line) -> None:
    person = line.gets_ready()
    release, worker = person.reads("release"), Worker(person.browser)
    line.deploys()
    dying = {"/sw.js": "refused", "/release/core.": "redundant", "/release/en.": "redundant"}
    for path, outcome in dying.items():
        line.proxy.meets(path, faults.stall())
        worker.begins_an_update()
        until(lambda path=path: any(p.startswith(path) for p in line.proxy.paths()), True)
        line.dies()
        assert worker.outcome() == outcome
        waits_for_the_end(person)
        person.visits()
        until(person.is_ready, True)
        assert person.reads("release") == release
        line.returns()
    is_updated(person)
    assert worker.releases_here() == 2
    takes_the_update(person)
    assert NEWER_TEXT in person.reads()


@pytest.mark.scenario(8)
def test_the_kill_switch_takes_the_worker_and_leaves_the_journal(line: Line) -> None:
    person = line.gets_ready()
    kept = [add_note(person, "Before the switch")]
    line.deploys(newer=0, EASEBACK_KILL="1")
    person.visits()
    until(Worker(person.browser).is_gone, True)
    person.visits("now/")
    line.deploys(newer=0)
    person.visits("journal/")
    person.waits_for("[data-journal-part=list]")
    assert said(person) == kept
    line.gets_ready()


@pytest.mark.scenario(19)
def test_a_page_from_before_an_update_goes_on_with_its_answers(
    engines: Engines, lines: Lines
) -> None:
    line = lines(engines.opens(chromium={"bfcache": True}))
    person = line.gets_ready()
    person.visits("check/")
    person.answers_until("second")
    answers = person.kept()
    line.deploys()
    person.visits()
    takes_the_update(person)
    line.dies()
    person.goes_back()
    while person.place != "second":
        person.goes_back()
    assert person.kept() == answers
    person.answers_until("result-self-care")
    assert person.kept().items() >= answers.items()


@pytest.mark.scenario(20)
def test_a_check_ends_with_the_release_that_it_began_with(line: Line) -> None:
    person = line.gets_ready()
    person.visits("check/")
    person.answers_until("second")
    release = person.reads("release")
    line.deploys()
    is_updated(person)
    while not person.place.startswith("result"):
        person.answers()
        assert person.reads("release") == release
    assert person.place == "result-self-care"


@pytest.mark.scenario(21)
def test_one_tab_takes_an_update_and_the_other_ends_its_check(
    engines: Engines, lines: Lines
) -> None:
    line = lines(engines.opens())
    person, browser = line.gets_ready(), line.person.browser
    person.visits("check/")
    person.answers_until("second")
    answers = person.kept()
    line.deploys()
    is_updated(person)
    browser.opens_a_tab()
    person.visits()
    takes_the_update(person)
    assert NEWER_TEXT in person.reads()
    line.dies()
    browser.turns_to_tab(0)
    assert (person.place, person.kept()) == ("second", answers)
    person.waits_until_started()
    person.answers_until("result-self-care")
    assert person.kept().items() >= answers.items()


@pytest.mark.scenario(21)
def test_a_page_from_before_an_update_still_gets_scripts_that_it_wants_late(
    engines: Engines, lines: Lines
) -> None:
    line = lines(engines.opens())
    person, browser = line.gets_ready(), line.person.browser
    person.waits_for_everything()
    journal = Journal(person)
    journal.opens()
    person.waits_until_started()
    line.deploys()
    is_updated(person)
    browser.opens_a_tab()
    person.visits()
    takes_the_update(person)
    line.dies()
    browser.turns_to_tab(0)
    # What a form needs is fetched once somebody uses it.
    journal.begins()
    assert said(person) == [("begin", "low-back")]


@pytest.mark.scenario(22)
def test_a_phone_that_missed_five_releases_takes_the_newest_with_its_journal_whole(
    line: Line,
) -> None:
    person = line.gets_ready()
    kept = [add_note(person, "Five releases ago")]
    line.dies()
    person.visits()
    assert OLDER_TEXT in person.reads()
    line.deploys(newer=6)
    line.returns()
    person.visits()
    takes_the_update(person)
    assert text_of(6) in person.reads()
    person.visits("journal/")
    person.waits_for("[data-journal-part=list]")
    assert said(person) == kept


@pytest.mark.scenario(23)
def test_a_release_that_was_called_back_gives_way_to_a_newer_one_unasked(line: Line) -> None:
    person = line.gets_ready()
    release = person.reads("release")
    line.deploys(EASEBACK_REVOKED=release)
    person.browser.run(ASK_AGAIN)
    person.visits()
    until(lambda: person.reads("release") != release, True)
    assert not Notices(person).says_it_was_recalled()


@pytest.mark.scenario(23)
def test_a_recall_stands_above_every_result_without_a_network(line: Line) -> None:
    person = line.gets_ready()
    line.deploys(newer=0, EASEBACK_REVOKED=person.reads("release"))
    person.browser.run(ASK_AGAIN)
    person.visits("now/")
    Notices(person).waits_for_the_recall()
    line.dies()
    person.visits("check/")
    person.has_weak_legs()
    Notices(person).waits_for_the_recall()


@pytest.mark.scenario(23)
def test_a_recall_is_said_right_after_an_update_whose_rest_never_came(line: Line) -> None:
    person = line.person
    line.proxy.meets("/release/deferred.", faults.status(503))
    person.gets_ready()
    newer = json.loads(line.servers.gives(1).get("/release.json"))["release"]
    line.deploys(EASEBACK_REVOKED=f"{person.reads('release')} {newer}")
    person.browser.run(ASK_AGAIN)
    person.visits()
    until(lambda: person.reads("release"), newer)
    line.dies()
    person.visits("check/")
    person.has_weak_legs()
    Notices(person).waits_for_the_recall()


def test_no_phone_goes_back_to_a_lower_number_unless_the_operator_says_so(line: Line) -> None:
    person = line.gets_ready()
    line.deploys(newer=2)
    is_updated(person)
    takes_the_update(person)
    line.deploys(newer=1)
    assert Worker(person.browser).is_updated() == "redundant"
    person.visits()
    until(person.is_ready, True)
    assert text_of(2) in person.reads()
    line.deploys(newer=1, EASEBACK_ROLLBACK="1")
    is_updated(person)
    takes_the_update(person)
    assert text_of(1) in person.reads()
