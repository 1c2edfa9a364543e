"""What others are given: resources that FHIR knows, expressions that decide as the rules do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import pytest
from fhir.resources.R4B import get_fhir_model_class
from fhirpathpy import compile as compiled
from fhirpathpy.models import models
from hypothesis import given, settings

from tests.support.site import build
from tests.support.small import VARIABLES, answer_sets, conditions
from tests.support.tiers import soak
from webapp.commands.triage import STORIES
from webapp.knowledge.conditions import AtLeast, Known, Not
from webapp.triage import cases
from webapp.triage.evaluation import Evaluator
from webapp.triage.exchange.fhir import COUNTS_AS, ENABLE_WHEN, HOME, VARIABLE, Exporter
from webapp.triage.exchange.fhirpath import Expressions
from webapp.triage.exchange.golden import Golden, Oracle, read, written
from webapp.triage.truth import Truth

SITE = build()
EXPORTER = Exporter(SITE.interview, SITE.offers, "test")
ORACLE = Oracle(SITE.interview, SITE.offers)
QUESTIONNAIRE = EXPORTER.questionnaire()
PLAN = EXPORTER.plan_definition()
KNOWN = {question.id: question.options for question in SITE.knowledge.questions}
TOLD = {Truth.TRUE: [True], Truth.FALSE: [False], Truth.UNKNOWN: []}

Variables = dict[str, list[Any]]


@pytest.fixture(scope="module")
def golden() -> list[Golden]:
    stories = cases.load(STORIES / "own", SITE.knowledge)[::8]
    return list(ORACLE.golden(stories))


class Reader:
    """A program that knows the two resources and FHIRPath, and nothing of ours."""

    def __init__(self, questionnaire: Mapping[str, Any], plan: Mapping[str, Any]) -> None:
        self._model = models["r4"]
        self._groups = questionnaire["item"]
        self._variables = [e["valueExpression"] for e in plan["extension"] if e["url"] == VARIABLE]
        self._actions = {group["id"]: group["action"] for group in plan["action"]}
        self._made: dict[str, Any] = {}

    def value(self, text: str, response: Mapping[str, Any], variables: Variables) -> list[Any]:
        if text not in self._made:
            self._made[text] = compiled(text, self._model)
        return self._made[text](response, variables)

    def response(self, answers: Mapping[str, str]) -> dict[str, Any]:
        """Return the answers as a response, what is not enabled as its code."""
        told = dict(answers)
        for item in (item for group in self._groups for item in group["item"]):
            extensions = {e["url"]: e for e in item.get("extension", ())}
            if COUNTS_AS in extensions and item["linkId"] not in told:
                enabled = extensions[ENABLE_WHEN]["valueExpression"]["expression"]
                named = self.variables_of(told)
                if self.value(enabled, {}, named) == [False]:
                    told[item["linkId"]] = extensions[COUNTS_AS]["valueCode"]
        return {
            "resourceType": "QuestionnaireResponse",
            "status": "completed",
            "item": [item for group in self._groups if (item := self._answered(group, told))],
        }

    def _answered(self, group: Mapping[str, Any], told: Mapping[str, str]) -> dict[str, Any]:
        names = [item["linkId"] for item in group["item"] if item["linkId"] in told]
        if not names:
            return {}
        coded = ((n, {"system": f"{HOME}{n}", "code": told[n]}) for n in names)
        items = [{"linkId": n, "answer": [{"valueCoding": coding}]} for n, coding in coded]
        return {"linkId": group["linkId"], "item": items}

    @staticmethod
    def variables_of(answers: Mapping[str, str]) -> Variables:
        """Return the variables that are answers, as their expressions would find them."""
        return {name: [answers[name]] if name in answers else [] for name in KNOWN}

    def variables(self, response: Mapping[str, Any]) -> Variables:
        """Return every variable by its expression."""
        found: Variables = {}
        for variable in self._variables:
            found[variable["name"]] = self.value(variable["expression"], response, found)
        return found

    def applying(self, group: str, response: Mapping[str, Any], named: Variables) -> Iterator[str]:
        for action in self._actions[group]:
            (condition,) = action["condition"]
            if self.value(condition["expression"]["expression"], response, named) == [True]:
                yield action["code"][0]["coding"][0]["code"]

    def result(self, answers: Mapping[str, str]) -> tuple[str, str | None, set[str]]:
        """Return urgency, within and offers."""
        response = self.response(answers)
        get_fhir_model_class("QuestionnaireResponse").model_validate(response)
        named = self.variables(response)
        urgency = next(self.applying("urgency", response, named))
        within = None
        if urgency == "soon":
            within = next(self.applying("within", response, named), "two-weeks")
        offers = self.applying("offer", response, {**named, "urgency": [urgency]})
        return urgency, within, set(offers)


READER = Reader(QUESTIONNAIRE, PLAN)


@pytest.mark.parametrize("resource", [QUESTIONNAIRE, PLAN], ids=lambda r: r["resourceType"])
def test_resources_have_the_shape_of_fhir_r4b(resource: dict[str, Any]) -> None:
    model = get_fhir_model_class(resource["resourceType"])
    made = model.model_validate(resource)
    assert made.status == "draft"
    assert made.experimental is True


def test_every_question_and_answer_is_in_the_questionnaire() -> None:
    items = [item for group in QUESTIONNAIRE["item"] for item in group["item"]]
    told = {
        item["linkId"]: tuple(o["valueCoding"]["code"] for o in item["answerOption"])
        for item in items
    }
    assert told == KNOWN
    links = [group["linkId"] for group in QUESTIONNAIRE["item"]] + [i["linkId"] for i in items]
    assert max(Counter(links).values()) == 1


def test_every_rule_and_offer_is_in_the_plan() -> None:
    actions = {group["id"]: [a["id"] for a in group["action"]] for group in PLAN["action"]}
    ways = [f"{rule.id}.{how}" for rule in SITE.knowledge.rules for how in ("holds", "may-hold")]
    assert sorted(actions["urgency"]) == sorted([*ways, "else"])
    assert len(actions["offer"]) == len(SITE.offers.by_id)


@settings(max_examples=50, deadline=None)
@given(conditions)
def test_an_expression_is_true_false_or_empty_as_its_condition_is(condition) -> None:
    writer = Expressions({})
    texts = writer.write(condition), writer.surely(condition), writer.possibly(condition)
    made = [compiled(text, models["r4"]) for text in texts]
    for answers in answer_sets()[::7]:
        named = {v.name: [answers[v.name]] if v.name in answers else [] for v in VARIABLES}
        truth = Evaluator(answers).truth(condition)
        told = [expression({}, named) for expression in made]
        assert told == [TOLD[truth], [truth is Truth.TRUE], [truth is not Truth.FALSE]], texts


def test_a_definition_is_written_once_and_then_named() -> None:
    named = SITE.knowledge.definitions["fracture-factors"]
    assert isinstance(named, AtLeast)
    writer = Expressions(SITE.knowledge.definitions)
    assert set(writer.variables()) == set(SITE.knowledge.definitions)
    assert writer.write(Known(Not(named))) == "iif((%`fracture-factors`).not(), true, false)"


@pytest.mark.parametrize("step", [231, soak(17, why="70 sets of answers, 2 s each")])
def test_who_reads_the_resources_comes_to_the_same_results(
    step: int, golden: list[Golden], tally: Counter[str]
) -> None:
    found: Counter[str] = Counter()
    for each in golden[::step]:
        urgency, within, offers = READER.result(each.answers)
        assert (urgency, within) == (each.urgency, each.within), each.id
        assert offers == set(each.offers), each.id
        found[urgency] += 1
    assert len(found) > 1
    tally["sets of answers"] += sum(found.values())


def test_golden_answers_meet_every_rule_and_every_level(golden: list[Golden]) -> None:
    met = {name for each in golden for name in each.reasons}
    assert met == {rule.id for rule in SITE.knowledge.rules}
    assert {each.urgency for each in golden} == {"self-care", "soon", "urgent", "emergency"}
    assert {each.within for each in golden} == {None, "week", "two-weeks"}
    names = Counter(each.id for each in golden)
    assert max(names.values()) == 1


def test_a_rule_that_changes_differs_from_the_golden_answers(golden: list[Golden]) -> None:
    assert list(ORACLE.differences(golden[:200])) == []
    lower = [msgspec.structs.replace(golden[5], urgency="soon")]
    (line,) = ORACLE.differences(lower)
    assert line.startswith(f"{golden[5].id}: urgency: soon, here ")


def test_the_order_of_what_follows_is_no_difference(golden: list[Golden]) -> None:
    backwards = [
        msgspec.structs.replace(each, offers=each.offers[::-1], reasons=each.reasons[::-1])
        for each in golden[:40]
    ]
    assert list(ORACLE.differences(backwards)) == []


def test_a_file_of_golden_answers_is_read_as_it_was_written(golden: list[Golden]) -> None:
    file = read(written("r1", golden[:50]).encode(), "golden.json", KNOWN)
    assert file.golden == golden[:50]
    assert file.release == "r1"
