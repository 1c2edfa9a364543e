"""The interview as a Questionnaire and its rules as a PlanDefinition of FHIR R4B.

An answer is ``item.where(linkId = screen).item.where(linkId = question).answer.value.code`` of a
QuestionnaireResponse. A question that is not enabled counts as the code of its extension
``counts-as``. Of the actions of a group the first that applies counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from webapp.knowledge.model import Knowledge, Question, Rule, Screen
from webapp.triage.assessment import UNRESOLVED
from webapp.triage.exchange.fhirpath import Expressions
from webapp.triage.interview import Interview
from webapp.triage.offers import Offers

Resource = dict[str, Any]

HOME = "urn:easeback:"
COUNTS_AS = f"{HOME}counts-as"
ENABLE_WHEN = (
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"
)
VARIABLE = "http://hl7.org/fhir/StructureDefinition/variable"
LANGUAGE = "text/fhirpath"
URGENCY, WITHIN, OFFER = "urgency", "within", "offer"
"""The groups of actions. What the first decides is a variable for the others."""

_PRIORITY = {"emergency": "stat", "urgent": "asap", "soon": "urgent", "self-care": "routine"}
_HOW = (
    "Each expression is evaluated on a QuestionnaireResponse. A question that is not enabled counts"
    " as the code of its extension 'counts-as'. An empty result is 'not known'. Of the actions of"
    " 'urgency' and of 'within' the first that applies counts; 'within' is for the urgency 'soon'"
    " only, and two weeks where none applies. Of 'offer' all count that apply, with the urgency as"
    " the variable 'urgency'."
)


@dataclass(frozen=True)
class Exporter:
    """Writes one release; no clinician has to have reviewed it, so that it is a draft."""

    interview: Interview
    offers: Offers
    version: str

    @property
    def _knowledge(self) -> Knowledge:
        return self.interview.knowledge

    @cached_property
    def _expressions(self) -> Expressions:
        return Expressions(self._knowledge.definitions)

    @cached_property
    def _definitions(self) -> Mapping[str, str]:
        return self._expressions.variables()

    def questionnaire(self) -> Resource:
        """Return the interview: screens as groups, rows and choices as their questions."""
        variables = self._variables()
        return {
            **self._head("Questionnaire", "EasebackCheck", "What Easeback asks"),
            "extension": variables,
            "subjectType": ["Patient"],
            "item": [self._group(screen) for screen in self._knowledge.every_screen],
        }

    def plan_definition(self) -> Resource:
        """Return the rules: which urgency follows, how soon, and what is offered."""
        variables = self._variables()
        groups = {
            URGENCY: self._urgencies(),
            WITHIN: self._limits(),
            OFFER: self._offers(),
        }
        return {
            **self._head("PlanDefinition", "EasebackRules", "What follows from the answers"),
            "extension": variables,
            "action": [
                {"id": name, "title": name, "action": list(actions)}
                for name, actions in groups.items()
            ],
        }

    def _head(self, kind: str, name: str, title: str) -> Resource:
        return {
            "resourceType": kind,
            "id": name,
            "url": f"{HOME}{kind}:{name}",
            "version": self.version,
            "name": name,
            "title": title,
            "status": "draft",
            "experimental": True,
            "date": self._knowledge.newest_check.isoformat(),
            "description": _HOW,
        }

    def _variables(self) -> list[Resource]:
        """Return each answer and each definition as a variable, in an order that works."""
        answers = {
            question.id: f"item.where(linkId = '{_group_id(screen)}')"
            f".item.where(linkId = '{question.id}').answer.value.code"
            for screen in self._knowledge.every_screen
            for question in screen.questions
        }
        return [
            {"url": VARIABLE, "valueExpression": {"name": name, **_expression(text)}}
            for name, text in {**answers, **self._definitions}.items()
        ]

    def _group(self, screen: Screen) -> Resource:
        asked = self._expressions.possibly(screen.ask_when)
        return {
            "linkId": _group_id(screen),
            "type": "group",
            "text": screen.title.english,
            "extension": [_enabled(asked)],
            "item": [self._question(question) for question in screen.questions],
        }

    def _question(self, question: Question) -> Resource:
        say = self._knowledge.answer_words
        item: Resource = {
            "linkId": question.id,
            "type": "choice",
            "text": self._knowledge.asked_texts[question.id].english,
            "answerOption": [
                {"valueCoding": _coding(question.id, option, say(question.id, option))}
                for option in question.options
            ],
        }
        closing = next((c for c in self.interview.closing if c.question == question.id), None)
        if closing:
            opened = self._expressions.possibly(self.interview.open(question.id))
            item["extension"] = [_enabled(opened), {"url": COUNTS_AS, "valueCode": closing.value}]
        return item

    def _urgencies(self) -> Iterator[Resource]:
        for level in ("emergency", "urgent", "soon"):
            for rule in self._knowledge.rules:
                if rule.urgency == level:
                    yield self._ruled(rule, level, self._expressions.surely(rule.when), "holds")
            for rule in self._knowledge.rules:
                if UNRESOLVED[rule.urgency] == level:
                    applies = self._expressions.possibly(rule.when)
                    yield self._ruled(rule, level, applies, "may-hold")
        yield _action("else", "self-care", "true")

    def _ruled(self, rule: Rule, level: str, applies: str, how: str) -> Resource:
        cited = (self._knowledge.sources[name] for name in rule.sources)
        documents = [
            {"type": "citation", "display": source.title}
            | ({"url": source.url} if source.url else {})
            for source in cited
        ]
        action = _action(f"{rule.id}.{how}", level, applies) | {"description": rule.reason.english}
        return action | ({"documentation": documents} if documents else {})

    def _limits(self) -> Iterator[Resource]:
        for rule in self._knowledge.rules:
            if rule.urgency == "urgent" or rule.within == "week":
                yield _action(f"{rule.id}.week", "week", self._expressions.possibly(rule.when))

    def _offers(self) -> Iterator[Resource]:
        for offer in self.offers.by_id.values():
            yield _action(f"{offer.id}.offer", offer.id, self._expressions.surely(offer.shown))


def _group_id(screen: Screen) -> str:
    return f"screen-{screen.id}"


def _coding(question: str, code: str, words: str) -> Resource:
    return {"system": f"{HOME}{question}", "code": code, "display": words}


def _expression(text: str) -> Resource:
    return {"language": LANGUAGE, "expression": text}


def _enabled(text: str) -> Resource:
    return {"url": ENABLE_WHEN, "valueExpression": _expression(text)}


def _action(identity: str, code: str, applies: str) -> Resource:
    action: Resource = {
        "id": identity,
        "title": identity,
        "code": [{"coding": [{"system": f"{HOME}result", "code": code}]}],
        "condition": [{"kind": "applicability", "expression": _expression(applies)}],
    }
    return action | ({"priority": _PRIORITY[code]} if code in _PRIORITY else {})
