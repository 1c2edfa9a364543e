"""What follows from the entries of the journal, against a small second opinion."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean, stdev
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.entries import Entry, id_of
from tests.support.scripts import Node, Script

HOUR = 3_600_000
DAY = 24 * HOUR
BEGIN = 1_770_000_000_000
MANY = 140_000
T_975 = {4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262, 14: 2.145, 19: 2.093}
HOURS = {"day": 24, "day3": 72, "day7": 168, "week2": 336, "week4": 672, "week6": 1008}

often = settings(max_examples=200, deadline=None)


def entry(number: int, kind: str, data: dict[str, Any], at: int = BEGIN, **more: Any) -> Entry:
    """Return an entry with an id that sorts by its number."""
    return {"id": id_of(number), "at": at, "zone": 60, "kind": kind, "data": data, **more}


def feel(number: int, pain: int, at: int = BEGIN, **more: Any) -> Entry:
    return entry(number, "feel", {"pain": pain, "can": {}}, at, **more)


def heat(number: int, before: int | None, after: int | None) -> Entry:
    data = {"what": "heat", "minutes": 15, "before": before, "after": after}
    return entry(number, "measure", data)


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Draw entries, some of which replace or take away earlier ones."""
    made: list[Entry] = []
    for number in range(draw(st.integers(0, 12))):
        pain, at = draw(st.integers(0, 10)), BEGIN + draw(st.integers(0, 20)) * HOUR
        old = draw(st.sampled_from([None, *made])) if made else None
        more: dict[str, Any] = {"supersedes": [old["id"]]} if old else {}
        if old and draw(st.booleans()):
            made.append(entry(number, "feel", {}, at, **more, gone=True))
        else:
            made.append(feel(number, pain, at, **more))
    return made


@pytest.fixture(scope="session")
def insights(node: Node) -> Script:
    return node.load("journal/insights.js")


def test_what_was_replaced_or_deleted_counts_no_more_and_no_edit_is_lost(insights: Script) -> None:
    @often
    @given(histories())
    def fold(entries: list[Entry]) -> None:
        gone = {old for made in entries for old in made.get("supersedes", ())}
        left = [made["id"] for made in entries if not made.get("gone") and made["id"] not in gone]
        found = insights.live(entries)
        assert sorted(live["id"] for live in found) == sorted(left)
        order = [(live["at"], live["id"]) for live in found]
        assert order == sorted(order, reverse=True)

    fold()


def test_two_edits_of_one_entry_are_both_kept(insights: Script) -> None:
    first = feel(1, 5)
    edits = [feel(n, n, supersedes=[first["id"]]) for n in (2, 3)]
    deletion = entry(4, "feel", {}, supersedes=[first["id"]], gone=True)
    found = insights.live([first, *edits, deletion])
    assert [edit["data"]["pain"] for edit in found] == [3, 2]


def verdict(changes: Sequence[int]) -> str:
    """Return what may be said of these changes of pain."""
    if len(changes) < 5:
        return "few"
    reach = T_975[len(changes) - 1] * stdev(changes) / len(changes) ** 0.5
    if mean(changes) + reach <= 0 and mean(changes) <= -1:
        return "helps"
    return "worse" if mean(changes) - reach > 0 else "unclear"


def test_what_helps_is_said_only_when_there_is_enough_to_say_so(insights: Script) -> None:
    pains = st.tuples(st.integers(0, 10), st.integers(0, 10))
    sizes = st.sampled_from([0, 1, 4, *(degrees + 1 for degrees in T_975)])

    @often
    @given(sizes.flatmap(lambda size: st.lists(pains, min_size=size, max_size=size)))
    def judge(used: list[tuple[int, int]]) -> None:
        known = [heat(n, before, after) for n, (before, after) in enumerate(used)]
        half_known = [heat(100, 5, None), heat(101, None, None)]
        (found,) = insights.effects([*known, *half_known])
        changes = [after - before for before, after in used]
        assert (found["uses"], found["known"]) == (len(used) + 2, len(used))
        assert found["mean"] == pytest.approx(mean(changes) if changes else 0)
        assert found["verdict"] == verdict(changes)

    judge()


def test_what_is_written_later_stays_later_where_the_clock_was_put_back(insights: Script) -> None:
    over = [entry(2, "recovered", {}, BEGIN + HOUR), entry(1, "begin", {"region": "neck"})]
    at = insights.momentAfter(over, BEGIN)
    again = entry(3, "begin", {"region": "neck"}, at)
    newest = insights.episodes(insights.live([again, *over]))[0]
    assert (newest["id"], newest["ended"]) == (again["id"], None)


def test_the_clock_is_believed_where_nothing_or_something_of_another_day_is_ahead(
    insights: Script,
) -> None:
    assert insights.momentAfter([], BEGIN) == BEGIN
    assert insights.momentAfter([feel(1, 3, BEGIN - 1)], BEGIN) == BEGIN
    assert insights.momentAfter([feel(1, 3, BEGIN + 2 * DAY)], BEGIN) == BEGIN


def test_what_lies_ahead_counts_as_now(insights: Script) -> None:
    ahead = feel(2, 3, BEGIN + 400 * DAY)
    begin = entry(1, "begin", {"region": "neck"})
    found = insights.live([begin, ahead], BEGIN + DAY)
    assert [one["at"] for one in found] == [BEGIN + DAY, BEGIN]
    assert insights.seen([begin, ahead], BEGIN + DAY)["days"] == [{"day": 1, "pain": 3}]
    assert [one["id"] for one in insights.ahead([ahead, begin], BEGIN)] == [ahead["id"]]


@pytest.mark.parametrize("zone", [-720, -210, 0, 60, 345, 840])
def test_a_day_without_an_hour_comes_before_all_hours_of_that_day(
    insights: Script, zone: int
) -> None:
    midnight = (BEGIN // DAY) * DAY - zone * 60_000
    begin = entry(3, "begin", {"region": "neck"}, midnight + 12 * HOUR, zone=zone)
    early = feel(1, 7, midnight + 1, zone=zone)
    eve = feel(2, 4, midnight - 1, zone=zone)
    known = insights.live([begin, early, eve])
    assert [one["id"] for one in known] == [early["id"], begin["id"], eve["id"]]
    (episode,) = insights.episodes(known)
    assert insights.course(episode) == [{"day": 0, "pain": 7}]


def test_as_many_episodes_and_changes_as_no_life_has_take_no_longer_than_a_phone_waits() -> None:
    """What grows with their square takes 30 s for so many, and is given up."""
    node = Node(patience_s=20)
    insights = node.load("journal/insights.js")
    many = [entry(0, "begin", {"region": "neck"}, BEGIN + n) for n in range(MANY)]
    for n, one in enumerate(many):
        one["id"] = f"{n:08x}-0000-7000-8000-000000000000"
        if n % 2:
            one["supersedes"] = [many[n - 1]["id"]]
    assert len(insights.seen(many, BEGIN + DAY)["known"]) == MANY / 2
    node.close()


def test_the_check_is_asked_for_when_the_schedule_says_and_once(insights: Script) -> None:
    begin = entry(1, "begin", {"region": "low-back"})
    for step, hours in HOURS.items():
        due = BEGIN + hours * HOUR
        at_once = insights.nextCheck([begin], due)
        assert at_once == {"due": due, "step": step}
        data = {"urgency": "self-care", "reasons": [], "release": ""}
        check = entry(2, "check", data, due + 1)
        later = insights.nextCheck([check, begin], due + 2)
        assert later["due"] > due
    first = insights.nextCheck([begin], BEGIN)
    assert first == {"due": BEGIN + DAY, "step": "day"}


def test_after_it_was_over_nothing_is_asked_for(insights: Script) -> None:
    known = [entry(2, "recovered", {}, BEGIN + DAY), entry(1, "begin", {"region": "neck"})]
    assert insights.nextCheck(known, BEGIN + 2 * DAY) is None
    assert insights.nextCheck([], BEGIN) is None


def test_the_last_time_is_told_by_its_days(insights: Script) -> None:
    entries = [
        entry(1, "begin", {"region": "neck"}),
        feel(2, 6, BEGIN + HOUR),
        feel(3, 8, BEGIN + DAY),
        feel(4, 2, BEGIN + DAY + HOUR),
        entry(5, "feel", {"pain": 2, "can": {"walk": 0}}, BEGIN + 3 * DAY),
        entry(6, "recovered", {}, BEGIN + 5 * DAY),
    ]
    known = insights.live(entries)
    assert insights.lastTime(known) == {"worstDay": 1, "walkedBy": 3, "days": 5}
    (episode,) = insights.episodes(known)
    assert (episode["region"], episode["ended"]) == ("neck", BEGIN + 5 * DAY)
    assert insights.course(episode) == [
        {"day": 0, "pain": 6},
        {"day": 1, "pain": 8},
        {"day": 3, "pain": 2},
    ]
