"""What stands on each screen of the check: nobody can answer wrongly by accident."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from tests.support.forms import encode
from tests.support.proofread import Page, proofread
from tests.support.site import build
from webapp.knowledge.conditions import NEVER
from webapp.knowledge.model import Screen
from webapp.triage.interview import ANSWERS_VIEW, CONTRADICTION, State

SITE = build()
KNOWLEDGE, INTERVIEW, RELEASE = SITE.knowledge, SITE.interview, SITE.release
SCREENS = KNOWLEDGE.screens
ROWS = [screen for screen in SCREENS if screen.kind == "rows"]
(GATES,) = [screen for screen in SCREENS if screen.kind == "gates"]
AGE = SCREENS[0]
NO_GATE = dict.fromkeys(KNOWLEDGE.gates, "no")
WORDS = re.compile(r"<[^>]+>")


def page(answers: Mapping[str, str] = {}, view: str | None = None, note: str | None = None) -> Page:
    html = RELEASE.page("en", "check/", State(dict(answers), view, note)).decode()
    read = proofread(html)
    assert not read.faults
    return read


def named(read: Page, tag: str, name: str) -> list[dict[str, str]]:
    return [own for own in read.all(tag) if own.get("name") == name]


def checked(read: Page) -> dict[str, str]:
    return {own["name"]: own["value"] for own in read.all("input") if "checked" in own}


def by_id(screens: list[Screen]) -> list[str]:
    return [screen.id for screen in screens]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.id)
def test_a_form_that_is_sent_as_it_is_keeps_every_answer(screen: Screen) -> None:
    given = {
        q.id: next((o for o in ("unsure", "yes") if o in q.options), q.options[-1])
        for other in SCREENS
        for q in other.questions
    }
    read = page(given, screen.id)
    fields = {**read.fields, **checked(read)}
    chosen = [own for own in named(read, "button", screen.id) if own.get("aria-pressed") == "true"]
    fields |= {own["name"]: own["value"] for own in chosen}
    del fields["at"]
    assert fields == given
    assert len(encode(fields)) < 6000


@pytest.mark.parametrize("screen", ROWS, ids=lambda screen: screen.id)
def test_each_row_is_a_question_with_three_answers(screen: Screen) -> None:
    read = page(view=screen.id)
    for item in screen.items:
        radios = {own["value"] for own in named(read, "input", item.id)}
        danger = item.id in INTERVIEW.danger_rows
        assert radios == ({"no", "unsure"} if danger else {"yes", "no", "unsure"})
        sends = [own for own in named(read, "button", "yes") if own["value"] == item.id]
        assert len(sends) == danger
        groups = [own for own in read.all("div") if own.get("aria-labelledby") == f"q-{item.id}"]
        assert [own["role"] for own in groups] == ["group"]


def test_a_danger_sign_that_was_answered_yes_can_be_taken_back() -> None:
    for row in INTERVIEW.danger_rows:
        screen = next(s for s in ROWS if row in {item.id for item in s.items})
        read = page({row: "yes"}, screen.id)
        assert checked(read)[row] == "yes"
        assert {own["value"] for own in named(read, "input", row)} == {"yes", "no", "unsure"}
        assert not [own for own in named(read, "button", "yes") if own["value"] == row]


def test_a_row_that_is_closed_is_neither_asked_nor_written_into_the_form() -> None:
    young = {"age": "age-18-39", **NO_GATE}
    for screen in ROWS:
        closed = [item for item in screen.items if INTERVIEW.contradicts(item.id) is not NEVER]
        asked, elsewhere = page(young, screen.id), page(young, AGE.id)
        for item in closed:
            assert not named(asked, "input", item.id)
            assert item.id not in elsewhere.fields
            given = {**young, item.id: "unsure"}
            assert checked(page(given, screen.id))[item.id] == "unsure"
            assert page(given, AGE.id).fields[item.id] == "unsure"


def test_an_answer_that_contradicts_the_first_card_is_asked_about() -> None:
    wrong = next(item for item in INTERVIEW.contradicting if item.id not in INTERVIEW.danger_rows)
    answers = {"age": "age-18-39", **NO_GATE, wrong.id: "unsure"}
    read = page(answers)
    assert read.fields["at"] == CONTRADICTION
    assert wrong.id not in read.fields
    assert checked(read) == {wrong.id: "unsure"}
    assert {own["value"] for own in named(read, "input", wrong.id)} == {"yes", "no", "unsure"}
    assert [own["value"] for own in named(read, "button", "go")] == ["next"]
    kept = INTERVIEW.read(encode({**read.fields, wrong.id: "no", "go": "next"}))
    assert not kept.note
    assert page(kept.answers).fields["at"] != CONTRADICTION


@pytest.mark.parametrize("screen", [AGE, GATES, *ROWS], ids=lambda screen: screen.id)
def test_enter_in_a_field_presses_no_button(screen: Screen) -> None:
    read = page(view=screen.id)
    first = next(own for own in read.all("button") if own.get("name") or "disabled" in own)
    assert "disabled" in first
    assert "hidden" in first


@pytest.mark.parametrize("screen", [GATES, *ROWS], ids=lambda screen: screen.id)
def test_none_of_these_comes_after_continue(screen: Screen) -> None:
    buttons = named(page(view=screen.id), "button", "go")
    assert [own["value"] for own in buttons] == ["next", "none"]


def test_every_gate_has_a_drawing_of_its_own() -> None:
    gates = page(view=GATES.id).html.split('class="gate"')[1:]
    drawn = [re.findall(r'<path d="([^"]+)"', gate)[0] for gate in gates]
    assert len(set(drawn)) == len(GATES.items) == len(drawn)


def test_who_it_is_for_is_me_until_somebody_says_otherwise() -> None:
    assert checked(page()) == {"for": "me"}
    assert checked(page({"for": "other"})) == {"for": "other"}
    assert checked(page({"for": "me"}, AGE.id)) == {"for": "me"}


def test_no_question_speaks_to_the_reader_so_that_a_helper_can_answer_it() -> None:
    asked = [text.english for s in [GATES, *ROWS] for i in s.items for text in (i.text, i.sign)]
    assert [text for text in asked if re.search(r"\byou", text, re.IGNORECASE)] == []


@pytest.mark.parametrize("screen", ROWS, ids=lambda screen: screen.id)
def test_a_screen_of_rows_has_few_words_besides_its_questions(screen: Screen) -> None:
    html = page({"age": "age-50"}, screen.id).html
    main = html.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    closed = re.sub(r"</summary>.*?</details>", "", main, flags=re.DOTALL)
    seen = re.sub(r'<(a|span) class="[^"]*unseen"[^>]*>.*?</\1>', " ", closed)
    seen = re.sub(r"<(p|h1|span)([^>]*) id=\"q-.*?</\1>", " ", seen)
    words = WORDS.sub(" ", seen).split()
    assert len(words) <= 14, words


def test_the_list_shows_signs_and_leaves_out_what_was_never_asked() -> None:
    row = next(s for s in ROWS if s.items[0].opened_by).items[0]
    screen = next(s for s in ROWS if row in s.items)
    others = [i for i in screen.items if i is not row]
    answers = {"age": "age-18-39", "for": "other", **NO_GATE}
    answers |= {leaf.question: "yes" for leaf in row.opened_by}
    html = page({**answers, row.id: "unsure", **{i.id: "no" for i in others}}, ANSWERS_VIEW).html
    assert f"? {row.sign.english}" in html
    assert "For someone else" in html
    shown = re.findall(r'name="show" value="([a-z0-9-]+)"', html)
    assert screen.id in shown
    assert {AGE.id, GATES.id} <= set(shown)
    assert "None of these" not in html
    none = page({"age": "age-18-39", **NO_GATE}, ANSWERS_VIEW).html
    assert re.findall(r'name="show" value="([a-z0-9-]+)"', none) == [AGE.id, GATES.id]
    assert none.count("None of these") == 1


def test_each_note_says_what_to_do() -> None:
    def note(screen: Screen, why: str) -> str:
        found = re.search(
            r'class="note" tabindex="-1" autofocus>([^<]+)<', page(view=screen.id, note=why).html
        )
        return found[1] if found else ""

    assert note(GATES, "nothing-ticked").startswith("Nothing is ticked.")
    assert note(ROWS[0], "nothing-ticked").startswith("Nothing is answered.")
    for screen in (GATES, ROWS[0]):
        assert "Which is right?" in note(screen, "ticked-and-none")
    assert note(AGE, "choose") == "Please tap one of the answers."
