"""What the check costs: the words that are seen, every tap, every screen, for each story."""

from __future__ import annotations

import json

import pytest

from tests.support.interviews import PLANNED, RICH
from webapp.knowledge.errors import KnowledgeError
from webapp.triage import effort
from webapp.triage.cases import Case
from webapp.triage.effort import Effort

SEEN = {
    "words": ("<main><h1>Two words</h1></main>", 2),
    "what is outside of main": ("<p>One</p><main>two</main><p>three</p>", 1),
    "a sign that is no word": ("<main>18–39 · — ✓ 70</main>", 2),
    "words in pieces": ("<main><b>Two</b><i>words</i></main>", 2),
    "entities": ("<main>it&#39;s &amp; that</main>", 2),
    "what is hidden": ('<main><p hidden>one two</p><p hidden="">three</p>four</main>', 1),
    "what only screen readers say": ('<main><span class="a unseen">one</span> two</main>', 1),
    "a class that only sounds so": ('<main><span class="unseen-not">one</span></main>', 1),
    "a hidden field": ('<main><input type="hidden" name="a" value="b"><br>one</main>', 1),
    "what is folded away": (
        "<main><details><summary>Why we ask</summary><p>one two</p></details>four</main>",
        4,
    ),
    "what is unfolded": ("<main><details open><summary>Why</summary>one</details></main>", 2),
    "a fold in a fold": (
        "<main><details><summary>a</summary><details open>b</details></details></main>",
        1,
    ),
    "a fold in an open fold": (
        "<main><details open>a<details><summary>b</summary>c</details></details></main>",
        2,
    ),
    "a summary that opens nothing": ("<main><p hidden><summary>one</summary></p></main>", 0),
    "a fold that is hidden": (
        "<main><details hidden><summary>one</summary></details></main>",
        0,
    ),
    "what a program says": ("<main><script>let a</script><template>b</template></main>", 0),
    "what was left open": ("<main><ul><li>one<li>two</ul>three</main>", 3),
}


@pytest.mark.parametrize(("html", "count"), SEEN.values(), ids=SEEN)
def test_a_word_counts_where_it_is_seen(html, count):
    assert effort.words(f"<!doctype html><body>{html}</body>".encode()) == count


NO_PLAN = {"plan_words": 0, "plan_taps": 0}


def page(state):
    """Return a page of as many words as there are answers, and one more."""
    return f"<main>{'word ' * (len(state.answers) + 1)}</main>".encode()


def story(identity="story", **answers):
    told = {"age": "young", "began": "slowly"} | answers
    return Case(id=identity, source="", gold="self-care", max_ok="emergency", answers=told)


def test_a_story_costs_the_pages_before_its_result():
    healthy, numb = effort.measure(RICH, page, [story("healthy"), story("numb", numb="yes")])
    # One word before the age, three after it and whom it is for.
    assert healthy == Effort("healthy", "self-care", words=1 + 3, taps=2, screens=2, **NO_PLAN)
    assert numb == Effort("numb", "emergency", words=1 + 3 + 6, taps=4, screens=3, **NO_PLAN)


def test_what_the_plan_costs_is_counted_apart():
    told = {"age": "young", "knees": "unsure", "worse": "sitting"}
    one = Case(id="plan", source="", gold="self-care", max_ok="soon", answers=told)
    (planned,) = effort.measure(PLANNED, page, [one])
    assert (planned.words, planned.taps, planned.screens) == (1 + 3, 2, 2)
    # The button and two rows' screens with one row each, and a choice; the result is no question.
    assert (planned.plan_words, planned.plan_taps) == (4 + 6 + 7, 1 + 2 + 1 + 1)


def test_a_story_with_a_gap_is_named():
    gap = Case(id="gap", source="", gold="soon", max_ok="soon", answers={})
    with pytest.raises(KnowledgeError, match=r"gap: answers\.age: the check asks this"):
        effort.measure(RICH, page, [gap])


def test_medians_and_maxima_stand_by_urgency():
    some = [
        Effort("a", "self-care", words=100, taps=10, screens=5, plan_words=40, plan_taps=3),
        Effort("b", "self-care", words=201, taps=12, screens=6, plan_words=60, plan_taps=4),
        Effort("c", "emergency", words=50, taps=4, screens=2, **NO_PLAN),
    ]
    assert [*effort.report(some)] == [
        "             stories        words         taps      screens  plan: words   plan: taps",
        "                     median  most median  most median  most median  most median  most",
        "emergency          1     50    50      4     4      2     2      0     0      0     0",
        "self-care          2  150.5   201     11    12    5.5     6     50    60    3.5     4",
    ]


def test_what_each_story_costs_can_be_read_by_a_program():
    one = Effort("a", "self-care", words=100, taps=10, screens=5, plan_words=40, plan_taps=3)
    assert json.loads(json.dumps(effort.as_data([one]))) == [
        {
            "id": "a",
            "urgency": "self-care",
            "words": 100,
            "taps": 10,
            "screens": 5,
            "plan_words": 40,
            "plan_taps": 3,
        }
    ]
