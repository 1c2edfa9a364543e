"""What a change of the data changes: decided over all answers, with the fewest that show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import dropwhile, product, takewhile

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.known import known
from tests.support.small import VARIABLES, answer_sets, conditions, knowledge, rule, values
from webapp.commands.triage import STORIES
from webapp.knowledge.conditions import ALWAYS, NEVER, All, Any, Is
from webapp.knowledge.model import Knowledge
from webapp.triage import cases
from webapp.triage.assessment import assess
from webapp.triage.changes import counting
from webapp.triage.changes.comparison import Compared, Comparison
from webapp.triage.changes.releases import LEVELS, Side
from webapp.triage.changes.report import Report
from webapp.triage.changes.retelling import retell
from webapp.triage.diagram import Compiler
from webapp.triage.fewest import BoundedDiagram, Fewest, TooManySteps

KNOWN = known()
EVERY = answer_sets()
RULES = st.lists(
    st.tuples(conditions, st.sampled_from(("emergency", "urgent", "soon", "week"))), max_size=3
)


def small(rules) -> Knowledge:
    return knowledge(
        *(
            rule(f"r{n}", when, "soon" if at == "week" else at, "week" if at == "week" else None)
            for n, (when, at) in enumerate(rules)
        )
    )


def level(known: Knowledge, answers: Mapping[str, str]) -> str:
    """Return the level by what the app itself makes of the answers."""
    made = assess(known, answers)
    return {None: made.urgency, "week": "soon, a week", "two-weeks": "soon, two weeks"}[made.within]


def comparing(old: Knowledge, new: Knowledge, **bounds) -> Comparison:
    return Comparison(Side(old), Side(new), **bounds)


def of_kind(comparison: Comparison, kind: str) -> dict[str, Compared]:
    return {f.subject: f for f in comparison.compared() if f.kind == kind}


def rules_of(comparison: Comparison) -> Iterator[Compared]:
    """Yield what was found of the rules; what comes after them is not asked for."""
    every = comparison.compared()
    return takewhile(lambda f: f.kind == "rule", dropwhile(lambda f: f.kind != "rule", every))


def differing(old: Knowledge, new: Knowledge) -> dict[str, list[str]]:
    """Return what differs of each thing, levels left out."""
    return {
        f"{thing.kind} {thing.subject}": [each.what for each in thing.differences]
        for thing in comparing(old, new).compared()
        if thing.differences and thing.kind != "levels"
    }


def changed(identity: str, **fields) -> Knowledge:
    """Return the knowledge with one rule changed."""
    return replace(
        KNOWN,
        rules=tuple(
            msgspec.structs.replace(each, **fields) if each.id == identity else each
            for each in KNOWN.rules
        ),
    )


def ticks(answers: Mapping[str, str], plain: Mapping[str, str]) -> int:
    return sum(answers.get(name) != option for name, option in plain.items())


def fewest_by_trying(old: Knowledge, new: Knowledge, plain: Mapping[str, str]) -> dict[str, int]:
    """Return the fewest ticks for each pair of levels that some answers have."""
    found: dict[str, int] = {}
    for answers in EVERY:
        before, after = level(old, answers), level(new, answers)
        if before != after:
            name = f"{before} to {after}"
            found[name] = min(found.get(name, 99), ticks(answers, plain))
    return found


@settings(max_examples=120, deadline=None)
@given(RULES, RULES)
def test_a_pair_of_levels_is_found_with_the_fewest_ticks_or_is_proved_to_be_nobodys(before, after):
    old, new = small(before), small(after)
    comparison = comparing(old, new)
    wanted = fewest_by_trying(old, new, comparison.plain)
    for name, thing in of_kind(comparison, "levels").items():
        (difference,) = thing.differences or (None,)
        assert (name in wanted) == bool(difference)
        if difference:
            assert difference.is_decided
            assert difference.is_least
            assert len(difference.answers) == wanted[name]
            shown = {**comparison.plain, **difference.answers}
            shown = {name: option for name, option in shown.items() if option}
            assert f"{level(old, shown)} to {level(new, shown)}" == name


@settings(max_examples=60, deadline=None)
@given(RULES, RULES, st.integers(0, 4_000))
def test_few_steps_leave_open_and_never_say_what_is_not_so(before, after, steps):
    old, new = small(before), small(after)
    comparison = comparing(old, new, steps=steps)
    wanted = fewest_by_trying(old, new, comparison.plain)
    for name, thing in of_kind(comparison, "levels").items():
        for difference in thing.differences:
            if not difference.is_decided:
                assert wanted.get(name, 99) > difference.none_with
            elif difference.is_least:
                assert len(difference.answers) == wanted[name]
            else:
                assert len(difference.answers) >= wanted[name]
        assert thing.differences or name not in wanted


@settings(max_examples=80, deadline=None)
@given(conditions, st.lists(conditions, max_size=4))
def test_the_fewest_answers_are_those_that_trying_all_would_find(condition, others):
    diagram = BoundedDiagram(VARIABLES)
    compiler = Compiler(diagram)
    plain = {variable.name: 1 for variable in VARIABLES}
    node, away = compiler.sure(condition), [compiler.sure(other) for other in others]
    found = Fewest(diagram, plain, {}).found(node, away)
    hits = [
        sum(value != 1 for value in values(answers))
        for answers in EVERY
        if diagram.evaluate(node, values(answers))
        and not any(diagram.evaluate(other, values(answers)) for other in away)
    ]
    assert (found.ticks if found else None) == min(hits, default=None)


def test_a_search_that_costs_too_much_says_how_few_ticks_were_excluded():
    diagram = BoundedDiagram(VARIABLES)
    compiler = Compiler(diagram)
    node = compiler.sure(Is("fever", ("yes",)))
    other = compiler.sure(Any((Is("numb", ("no",)), Is("age", ("old",)))))
    search = Fewest(diagram, {v.name: 1 for v in VARIABLES}, {}, steps=1)
    with pytest.raises(TooManySteps) as too_many:
        search.found(node, [other])
    assert too_many.value.none_with == 0


def test_what_is_around_bounds_what_is_within():
    diagram = BoundedDiagram(VARIABLES)
    numb, fever = (diagram.leaf(name, lambda value: value == 1) for name in ("numb", "fever"))
    with diagram.within(1):
        with diagram.within(100), pytest.raises(TooManySteps):
            diagram.conjunction(numb, diagram.negation(fever))
        assert diagram.steps == 3
    assert diagram.conjunction(numb, diagram.negation(fever))


def worsened() -> Knowledge:
    """Return the knowledge with each rule less urgent: all levels change for many people."""
    lower = {
        "emergency": {"urgency": "urgent"},
        "urgent": {"urgency": "soon", "within": "week"},
        "soon": {"within": "two-weeks"},
    }
    rules = (msgspec.structs.replace(rule, **lower[rule.urgency]) for rule in KNOWN.rules)
    return replace(KNOWN, rules=tuple(rules))


def test_all_that_a_comparison_does_is_within_its_steps(monkeypatch):
    """Also what leads to a search: two releases, their levels, and what lies between levels."""
    made = Counter()
    make = BoundedDiagram.make

    def counted(self, level, children):
        node = make(self, level, children)
        made["steps"] += 1
        return node

    monkeypatch.setattr(BoundedDiagram, "make", counted)
    comparison = comparing(KNOWN, worsened(), steps=20_000)
    found = tuple(comparison.compared())
    left_open = sum(not all(d.is_decided for d in thing.differences) for thing in found)
    assert 10_000 < made["steps"] <= 20_000
    assert left_open
    said = list(Report(comparison, found, counting.Counts(0, {}), 0, ()).lines())
    assert any("NOT DECIDED, it takes too many steps" in line for line in said)
    (whole,) = [line for line in said if line.startswith("NOT DECIDED: ")]
    assert whole.startswith(f"NOT DECIDED: {left_open} of {len(found)}, ")
    assert "limit of 20,000 steps" in whole


def test_the_same_data_are_proved_to_be_the_same():
    comparison = comparing(KNOWN, KNOWN)
    compared = tuple(comparison.compared())
    assert not [thing for thing in compared if thing.differences]
    kinds = Counter(thing.kind for thing in compared)
    assert kinds["rule"] == len(KNOWN.rules)
    assert kinds["question"] == len(KNOWN.questions)
    assert kinds["levels"] == len(LEVELS) * (len(LEVELS) - 1)
    assert kinds["offer"] == len(comparison.new.offers) > 100


def test_a_rule_that_is_lowered_is_told_with_whom_it_changes():
    new = changed("saddle", urgency="urgent")
    assert differing(KNOWN, new) == {"rule saddle": ["leads to urgent; did to emergency"]}
    levels = of_kind(comparing(KNOWN, new), "levels")
    shown = {name: f.differences[0].answers for name, f in levels.items() if f.differences}
    assert shown == {
        "emergency to urgent": {"saddle-changed": "yes"},
        "urgent to soon, a week": {"saddle-changed": "unsure"},
    }


def test_a_rule_that_comes_and_goes_is_told():
    without = replace(KNOWN, rules=KNOWN.rules[1:])
    name = f"rule {KNOWN.rules[0].id}"
    assert differing(KNOWN, without) == {name: ["is gone"]}
    assert differing(without, KNOWN) == {name: ["is new"]}


def test_a_condition_that_is_written_otherwise_and_means_the_same_is_no_change():
    saddle = next(each for each in KNOWN.rules if each.id == "saddle")
    assert differing(KNOWN, changed("saddle", when=All((saddle.when, ALWAYS)))) == {}


def test_a_condition_that_widens_is_told_with_the_answers_that_do_it():
    saddle = next(each for each in KNOWN.rules if each.id == "saddle")
    wider = changed("saddle", when=Any((saddle.when, Is("returns", ("yes",)))))
    (thing,) = [f for f in rules_of(comparing(KNOWN, wider)) if f.differences]
    assert [each.what for each in thing.differences] == [
        "is certain, was not",
        "is possible, was not",
    ]
    assert all(len(each.answers) == 1 for each in thing.differences)


def test_a_contraindication_that_goes_is_told_at_each_urgency():
    limited = next(each for each in KNOWN.positions if each.never is not NEVER)
    free = replace(
        KNOWN,
        positions=tuple(
            msgspec.structs.replace(each, never=NEVER) if each is limited else each
            for each in KNOWN.positions
        ),
    )
    told = differing(KNOWN, free)
    assert set(told) == {f"offer {limited.id}"}
    assert {what.split(",")[0] for what in told[f"offer {limited.id}"]} <= {
        f"is offered at {urgency}" for urgency in ("self-care", "soon", "urgent")
    }


def test_a_row_that_other_gates_open_is_told_as_a_question():
    row = next(i for i in KNOWN.items.values() if i.opened_by and len(i.opened_by) > 1)
    screens = tuple(
        msgspec.structs.replace(
            screen,
            items=tuple(
                msgspec.structs.replace(i, opened_by=i.opened_by[:1]) if i is row else i
                for i in screen.items
            ),
        )
        for screen in KNOWN.screens
    )
    told = differing(KNOWN, replace(KNOWN, screens=screens))
    assert "was asked, is not" in told[f"question {row.id}"]


def test_data_that_lack_what_offers_need_are_compared_in_all_else():
    told = differing(small([]), small([(Is("fever", ("yes",)), "urgent")]))
    assert set(told) == {"rule r0", "offer all"}


def by_trying(old: Knowledge, new: Knowledge, plain: Mapping[str, str]) -> Counter:
    found: Counter = Counter()
    for answers in at_most_two(plain):
        before, after = level(old, answers), level(new, answers)
        if before != after:
            found[before, after] += 1
    return found


def at_most_two(plain: Mapping[str, str]) -> Iterator[dict[str, str]]:
    options = {variable.name: variable.options for variable in VARIABLES}
    for chosen in product(*(options[name] for name in plain)):
        answers = dict(zip(plain, chosen, strict=True))
        if ticks(answers, plain) <= 2:
            yield answers


@settings(max_examples=80, deadline=None)
@given(RULES, RULES)
def test_sets_of_at_most_two_signs_are_counted_as_if_each_was_judged(before, after):
    old, new = small(before), small(after)
    plain = comparing(old, new).plain
    counts = counting.count(Side(old), Side(new), plain)
    assert counts.total == len(list(at_most_two(plain)))
    assert counts.changed == by_trying(old, new, plain)


def test_a_sign_that_is_no_longer_asked_for_counts_as_what_it_is_closed_with():
    screens = tuple(
        msgspec.structs.replace(
            screen,
            items=tuple(
                msgspec.structs.replace(i, only_for=(Is("age", ("age-70",)),))
                if i.id == "saddle-changed"
                else i
                for i in screen.items
            ),
        )
        for screen in KNOWN.screens
    )
    old, new = Side(KNOWN), Side(replace(KNOWN, screens=screens))
    counts = counting.count(old, new, Comparison(old, new).plain)
    assert counts.changed["emergency", "self-care"] > 0
    assert ("self-care", "emergency") not in counts.changed


def test_stories_that_end_otherwise_are_told_with_what_changed():
    new = changed("saddle", urgency="urgent")
    every = cases.load(STORIES / "published", KNOWN)
    told = [story for story in every if "saddle-changed" in story.answers][:4]
    stories = [*told, *(story for story in every[:4] if story not in told)]
    old, after = Side(KNOWN), Side(new)
    comparison = Comparison(old, after)
    assert list(retell(old, old, comparison.plain, stories)) == []
    retold = list(retell(old, after, comparison.plain, stories))
    assert retold
    assert all("saddle" in each.old.rules for each in retold)


def test_a_report_says_each_difference_in_words():
    new = changed("saddle", urgency="urgent")
    comparison = comparing(KNOWN, new)
    compared = tuple(comparison.compared())
    counts = counting.count(comparison.old, comparison.new, comparison.plain)
    lines = list(Report(comparison, compared, counts, 0, ()).lines())
    words = KNOWN.items["saddle-changed"].text.english
    assert f"    {words} yes" in lines
    assert lines[-1] == "Something differs."
    assert "  saddle: leads to urgent; did to emergency" in lines
    data = Report(comparison, compared, counts, 0, ()).as_data()
    assert msgspec.json.decode(msgspec.json.encode(data))["same"] is False
