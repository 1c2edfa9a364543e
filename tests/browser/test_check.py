"""The check with the server dead: Back, reload, changed minds, doubts and worker restarts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

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
    going_back.answers_until("second")
    for place in ("region", "gates", "age"):
        going_back.goes_back()
        going_back.sees(place)
    going_back.answers_until("result-self-care")


def test_a_tick_survives_leaving_the_page_and_coming_back(going_back: Person) -> None:
    going_back.answers_until("gates")
    going_back.ticks("g-limb")
    going_back.follows("About Easeback")
    going_back.goes_back()
    going_back.sees("gates")
    going_back.presses("next")
    going_back.sees("danger-1")
    going_back.goes_back()
    going_back.sees("gates")
    assert going_back.ticked() == ["g-limb"]


def test_an_answer_can_be_changed_from_the_result(checking: Person) -> None:
    person = checking
    person.answers_until("result-self-care")
    before = person.kept()
    person.changes("age")
    person.sees("age")
    assert person.chosen() == ["age-18-39"]
    person.chooses("age-40-49")
    person.sees("result-self-care")
    assert person.kept() == {**before, "age": "age-40-49"}
    person.changes("gates")
    person.sees("gates")
    person.ticks("g-limb")
    person.presses("next")
    person.answers_until("danger-3")
    person.says("yes", "legs-weak")
    person.sees("result-emergency")


def test_earlier_answers_can_be_looked_at_in_the_middle(checking: Person) -> None:
    person = checking
    person.answers_until("second")
    person.changes_mind_about_earlier_answers()
    person.sees("answers")
    assert person.reads("h1") == "My answers"
    assert "Low back" in person.reads()
    person.changes("region")
    person.sees("region")
    assert person.chosen() == ["low-back"]
    person.chooses("neck")
    person.answers_until("second")
    assert person.kept()["region"] == "neck"


def test_somebody_unsure_of_a_danger_sign_is_told_to_be_careful(checking: Person) -> None:
    person = checking
    person.answers_until("gates")
    person.ticks("g-below")
    person.presses("next")
    person.sees("danger-1")
    person.says("unsure", "saddle-changed")
    person.presses("next")
    assert person.kept()["saddle-changed"] == "unsure"
    person.answers_until("result-urgent")
    assert "not sure" in person.reads(".reasons")


def test_the_yes_of_a_danger_sign_is_the_last_answer(checking: Person) -> None:
    person = checking
    person.answers_until("gates")
    person.ticks("g-limb")
    person.presses("next")
    person.answers_until("danger-3")
    person.says("no", "legs-weak")
    person.says("yes", "legs-weak")
    person.sees("result-emergency")
    assert person.reads(".signs") == "both legs are newly weaker"


def test_a_check_for_somebody_else_says_so_to_its_end(checking: Person) -> None:
    person = checking
    person.asks_for("other")
    person.answers_until("result-self-care")
    assert person.kept()["for"] == "other"
    assert person.reads("h1") == "This can be looked after at home"


def test_an_answer_that_the_first_card_contradicts_is_asked_about(checking: Person) -> None:
    person = checking
    person.answers_until("gates")
    person.ticks("g-limb")
    person.presses("next")
    person.answers_until("limbs")
    person.says("yes", "leg-tingles")
    person.presses("next")
    person.changes_mind_about_earlier_answers()
    person.changes("gates")
    person.ticks("g-limb")
    person.presses("none")
    person.sees("contradiction")
    assert person.ticked() == ["leg-tingles"]
    person.presses("next")
    assert person.place != "contradiction"
    assert person.kept()["g-limb"] == "yes"


def test_who_has_read_nothing_is_asked_once(checking: Person, chromium: Chromium) -> None:
    checking.answers_until("gates")
    checking.waits_until_started()
    checking.taps_none_unread()
    checking.waits_for("[data-too-fast]")
    assert checking.place == "gates"
    chromium.page.locator("button[name=go][value=none]").click(no_wait_after=True)
    checking.sees("region")
    checking.reloads()
    checking.goes_back()
    checking.sees("gates")
    checking.waits_until_started()
    checking.taps_none_unread()
    checking.sees("region")


def test_continuing_with_nothing_answered_asks_again(checking: Person) -> None:
    checking.answers_until("gates")
    checking.presses("next")
    checking.sees("gates")
    assert "Nothing is ticked" in Check(checking).note()
    checking.answers_until("second")
    checking.presses("next")
    checking.sees("second")
    assert "Nothing is answered" in Check(checking).note()


def test_ticking_and_saying_none_asks_which_is_right_and_keeps_the_tick(
    checking: Person,
) -> None:
    checking.answers_until("gates")
    checking.ticks("g-below")
    checking.presses("none")
    checking.sees("gates")
    assert "Which is right?" in Check(checking).note()
    assert checking.ticked() == ["g-below"]
    checking.ticks("g-below")
    checking.presses("none")
    checking.sees("region")


def test_what_helps_is_in_view_once_it_was_asked_for(checking: Person, chromium: Chromium) -> None:
    checking.answers_until("result-self-care")
    checking.asks_what_helps()
    panel = chromium.page.locator("#helps")
    expect(panel).to_be_in_viewport()
    assert "Start with warmth" in panel.inner_text()


def test_two_quick_taps_lead_to_one_step(checking: Person, chromium: Chromium) -> None:
    checking.answers_until("second")
    chromium.page.locator("button[name=go][value=none]").dblclick(no_wait_after=True)
    checking.sees("how-long-now")
    assert checking.kept().keys() >= {"cancer-ever", "blisters"}


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
