"""The safety properties hold, and a broken rule breaks just the property that guards it."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from tests.support.known import known
from webapp.knowledge.conditions import ALWAYS, NEVER, All, Is, Not
from webapp.knowledge.model import Knowledge
from webapp.triage.decision_list import Decision
from webapp.triage.diagram import Compiler, Diagram
from webapp.triage.interview import Interview
from webapp.triage.offers import Offer, Offers
from webapp.triage.proofs.prover import PROPERTIES, Prover

KNOWN = known()


def prover(knowledge: Knowledge = KNOWN, **changes) -> Prover:
    """Return a prover for the knowledge, with parts of what it proves replaced."""
    interview = Interview(knowledge)
    if "urgency" in changes:
        interview.urgency = changes["urgency"]
    offers = Offers(interview)
    compiler = changes.get("compiler", Compiler)(Diagram(interview.variables))
    made = Prover(interview, compiler, offers)
    if "offers" in changes:
        made.offers = tuple(changes["offers"](made.offers))
    return made


def violated(made: Prover) -> dict[int, tuple[str, ...]]:
    """Return the subjects of the violations by the number of the property."""
    return {
        verdict.number: tuple(violation.subject for violation in verdict.violations)
        for verdict in made.prove()
        if not verdict.holds
    }


def with_rule(identity: str, **changes) -> Knowledge:
    """Return the knowledge with one rule changed."""
    return replace(
        KNOWN,
        rules=tuple(
            msgspec.structs.replace(rule, **changes) if rule.id == identity else rule
            for rule in KNOWN.rules
        ),
    )


def test_every_property_holds_over_every_set_of_answers():
    assert violated(prover()) == {}
    assert [number for number, *_ in PROPERTIES] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]


def test_the_number_of_answer_sets_is_exact():
    exact = 1
    for question in KNOWN.questions:
        exact *= len(question.options) + 1
    assert prover().answer_sets == exact


def case_list(changed) -> Decision:
    """Return the urgency decision with its cases changed."""
    true_one = Interview(KNOWN).urgency
    return replace(true_one, cases=tuple(changed(true_one.cases)))


def test_a_missing_default_leaves_somebody_without_an_urgency():
    whole = Interview(KNOWN).urgency
    broken = replace(whole, cases=(*whole.cases, (NEVER, "self-care")), default="soon")
    assert violated(prover(urgency=broken)) == {1: ("no urgency",)}


def test_a_deleted_case_undercuts_its_rule():
    def drop(cases):
        saddle = next(rule for rule in KNOWN.rules if rule.id == "saddle")
        return (case for case in cases if not is_case_of(case, saddle))

    assert violated(prover(urgency=case_list(drop))) == {2: ("saddle",)}


def is_case_of(case, rule) -> bool:
    condition, urgency = case
    return urgency == rule.urgency and getattr(condition, "part", None) is rule.when


def test_a_swapped_level_undercuts_its_rule():
    def lower(cases):
        saddle = next(rule for rule in KNOWN.rules if rule.id == "saddle")
        return ((c, "soon" if is_case_of((c, u), saddle) else u) for c, u in cases)

    assert violated(prover(urgency=case_list(lower))) == {2: ("saddle",)}


def test_a_rule_that_a_worse_answer_switches_off_is_found():
    turned = with_rule("losing-weight", when=Is("weight-loss", ("no",)))
    found = violated(prover(turned))
    assert found == {3: ("weight-loss lowers urgent", "weight-loss lowers soon")}


def test_a_removed_contraindication_is_found():
    def careless(offers):
        return (replace(o, shown=ALWAYS) if o.id == "warmth-first" else o for o in offers)

    shown = ("warmth-first", "warmth-first when emergency")
    assert violated(prover(offers=careless)) == {4: shown}


def test_an_exercise_after_an_urgent_result_is_found():
    def eager(offers):
        for offer in offers:
            if offer.id == "pelvic-tilt":
                urgency = Is("urgency", ("urgent", "soon", "self-care"))
                yield replace(offer, shown=All((urgency, Not(offer.never))))
            else:
                yield offer

    assert violated(prover(offers=eager)) == {4: ("pelvic-tilt when urgent",)}


def test_self_care_while_a_rule_may_hold_is_found():
    def forget_the_unsure(cases):
        return (case for case in cases if type(case[0]).__name__ == "Known")

    found = violated(prover(urgency=case_list(forget_the_unsure)))
    assert found == {5: tuple(rule.id for rule in KNOWN.rules)}


def with_screen(identity: str, **changes) -> Knowledge:
    """Return the knowledge with one screen changed."""
    return replace(
        KNOWN,
        screens=tuple(
            msgspec.structs.replace(screen, **changes) if screen.id == identity else screen
            for screen in KNOWN.screens
        ),
    )


def with_row(identity: str, **changes) -> Knowledge:
    """Return the knowledge with one row changed."""
    screen = next(s for s in KNOWN.screens if any(item.id == identity for item in s.items))
    items = tuple(
        msgspec.structs.replace(item, **changes) if item.id == identity else item
        for item in screen.items
    )
    return with_screen(screen.id, items=items)


def test_a_screen_that_is_skipped_though_it_matters_is_found():
    skipped = with_screen("head-turning", ask_when=NEVER)
    assert violated(prover(skipped)) == {6: ("neck-injury",)}


def test_a_screen_that_is_asked_in_vain_is_found():
    always = with_screen("head-turning", ask_when=ALWAYS)
    assert violated(prover(always)) == {6: ("head-turning",)}


def test_a_row_that_is_kept_from_those_whose_rule_needs_it_is_found():
    narrowed = with_row("artery-risk", only_for=(Is("age", ("age-70",)),))
    found = violated(prover(narrowed))
    assert {number: {*subjects} for number, subjects in found.items()} == {
        6: {"artery-risk in artery-risk-sudden"}
    }


def test_a_row_that_nothing_depends_on_is_found():
    second = next(screen for screen in KNOWN.screens if screen.id == "second")
    idle = msgspec.structs.replace(second.items[0], id="idle")
    added = with_screen("second", items=(*second.items, idle))
    assert violated(prover(added)) == {6: ("idle",)}


def test_a_row_that_opens_by_another_gate_than_its_words_is_found():
    opened = KNOWN.items["saddle-changed"].opened_by
    other = tuple(gate for gate in opened if gate.question != "g-below")
    found = violated(prover(with_row("saddle-changed", opened_by=other)))
    assert {number: {*subjects} for number, subjects in found.items()} == {
        9: {"saddle-changed in saddle"}
    }


def test_a_warning_of_what_was_answered_is_found():
    def warn_anyway(offers):
        for offer in offers:
            if offer.id == "watch-beating":
                soon = Is("urgency", ("soon",))
                yield replace(offer, shown=All((soon, Not(offer.never))))
            else:
                yield offer

    assert violated(prover(offers=warn_anyway)) == {10: ("watch-beating",)}


def test_a_rule_that_can_never_hold_is_found():
    assert violated(prover(with_rule("tailbone-hot", when=NEVER))) == {7: ("tailbone-hot",)}


def test_an_offer_that_nobody_ever_sees_is_found():
    def add(offers):
        return (*offers, Offer("unseen", NEVER, NEVER, None))

    assert violated(prover(offers=add)) == {7: ("unseen",)}


class FaultyCompiler(Compiler):
    """A compiler that takes one row for another."""

    def _leaf(self, leaf):
        if leaf.question == "diabetes":
            leaf = Is("injects-drugs", leaf.options)
        return super()._leaf(leaf)


def test_a_fault_of_the_compiler_is_found_because_the_rules_are_applied_as_written():
    assert set(violated(prover(compiler=FaultyCompiler))) == {8}


def test_a_counterexample_is_answers_in_words():
    turned = with_rule("losing-weight", when=Is("weight-loss", ("no",)))
    verdict = next(v for v in prover(turned).prove() if not v.holds)
    asked = {screen.ask.english for screen in KNOWN.screens if screen.ask}
    asked |= {item.text.english for screen in KNOWN.screens for item in screen.items}
    *answers, others = verdict.violations[0].answers
    assert others == "Everything else: the best answer"
    assert all(any(line.startswith(f"{ask}: ") for ask in asked) for line in answers)
