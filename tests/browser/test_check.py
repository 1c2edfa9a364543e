"""The check with the server dead: Back, reload, changed minds, doubts and worker restarts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.pages.check import Check
from tests.support.browsers import Chromium
from tests.support.person import Person


@pytest.fixture
def checking(offline: Person) -> Person:
    """Somebody offline who has just opened the check."""
    offline.visits("check/")
    return offline


@pytest.fixture(params=[False, True], ids=["pages-made-anew", "pages-kept-for-back"])
def going_back(request: pytest.FixtureRequest, chromium: Chromium) -> Person:
    """The same, in a browser that drops the pages behind or keeps them alive."""
    chromium.bfcache = request.param
    person: Person = request.getfixturevalue("checking")
    return person


def test_back_and_reload_at_every_step_lose_nothing(going_back: Person) -> None:
    kept: list[dict[str, str]] = []
    places = []
    while not going_back.place.startswith("result"):
        kept.append(going_back.kept())
        places.append(going_back.place)
        going_back.reloads()
        assert (going_back.place, going_back.kept()) == (places[-1], kept[-1])
        going_back.answers()
        going_back.goes_back()
        assert (going_back.place, going_back.kept()) == (places[-1], kept[-1])
        going_back.answers()
    assert going_back.place == "result-self-care"
    going_back.reloads()
    assert going_back.place == "result-self-care"
    for place, answers in zip(reversed(places), reversed(kept), strict=True):
        going_back.goes_back()
        assert (going_back.place, going_back.kept()) == (place, answers)


def test_going_back_all_the_way_and_forward_again_ends_at_the_same_result(
    going_back: Person,
) -> None:
    going_back.answers_until("age")
    for place in ("region", "danger"):
        going_back.goes_back()
        going_back.sees(place)
    going_back.answers_until("result-self-care")


def test_a_tick_survives_leaving_the_page_and_coming_back(going_back: Person) -> None:
    going_back.ticks("both-legs")
    going_back.follows("About Easeback")
    going_back.goes_back()
    going_back.sees("danger")
    going_back.presses("next")
    going_back.sees("result-emergency")
    going_back.goes_back()
    going_back.sees("danger")
    assert going_back.ticked() == ["both-legs"]


def test_an_answer_can_be_changed_from_the_result(checking: Person) -> None:
    person = checking
    person.answers_until("result-self-care")
    before = person.kept()
    person.changes("age")
    person.sees("age")
    assert person.chosen() == ["age-18"]
    person.chooses("age-70")
    person.sees("result-self-care")
    assert person.kept() == {**before, "age": "age-70"}
    person.changes("danger")
    person.sees("danger")
    person.ticks("chest")
    person.presses("next")
    person.sees("result-emergency")


def test_earlier_answers_can_be_looked_at_in_the_middle(checking: Person) -> None:
    person = checking
    person.answers_until("age")
    person.changes_mind_about_earlier_answers()
    person.sees("answers")
    assert person.reads("h1") == "Your answers"
    assert "Low back" in person.reads()
    person.changes("region")
    person.sees("region")
    assert person.chosen() == ["low-back"]
    person.chooses("neck")
    person.sees("age")
    assert person.kept()["region"] == "neck"


def test_somebody_unsure_of_a_danger_sign_is_asked_which_and_told_to_be_careful(
    checking: Person,
) -> None:
    person = checking
    person.ticks("serious-accident")
    person.presses("unsure")
    assert Check(person).question() == "Which of these are you not sure about?"
    assert "serious accident" in Check(person).row_that_is_sure()
    person.presses("pick")
    assert "Nothing is ticked" in Check(person).note()
    person.ticks("bladder-change")
    person.presses("sure")
    assert "I am sure after all" in Check(person).note()
    assert person.ticked() == ["bladder-change"]
    person.presses("pick")
    person.sees("result-emergency")
    assert person.kept()["bladder-change"] == "unsure"


def test_continuing_with_nothing_ticked_asks_again(checking: Person) -> None:
    checking.presses("next")
    checking.sees("danger")
    assert "Nothing is ticked" in Check(checking).note()


def test_ticking_and_saying_none_asks_which_is_right_and_keeps_the_tick(
    checking: Person,
) -> None:
    checking.ticks("bowel-change")
    checking.presses("none")
    checking.sees("danger")
    assert "Which is right?" in Check(checking).note()
    assert checking.ticked() == ["bowel-change"]
    checking.ticks("bowel-change")
    checking.presses("none")
    checking.sees("region")


def test_two_quick_taps_lead_to_one_step(checking: Person, chromium: Chromium) -> None:
    chromium.page.locator("button[name=go][value=none]").dblclick(no_wait_after=True)
    checking.sees("region")
    assert checking.kept().keys() >= {"chest", "both-legs"}


def test_a_worker_that_was_stopped_answers_the_same(checking: Person, chromium: Chromium) -> None:
    person = checking
    warm = _walk(person, lambda: None)
    tools = chromium.tools()
    tools.send("ServiceWorker.enable")
    person.visits("check/")
    assert _walk(person, lambda: tools.send("ServiceWorker.stopAllWorkers")) == warm


def _walk(person: Person, before_each_step: Callable[[], object]) -> list[str]:
    pages = []
    while not person.place.startswith("result"):
        before_each_step()
        person.answers()
        if person.place.startswith("result"):
            person.waits_for("[data-keep-result] button")
        pages.append(person.reads("main"))
    return pages
