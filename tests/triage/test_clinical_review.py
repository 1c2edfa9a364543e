"""People whom a clinical review found sent too low, or too far: each gets what it asked for."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.support import forms
from tests.support.site import build
from webapp.knowledge.model import URGENCIES
from webapp.triage.assessment import assess

BUILD = build()
HEALTHY = forms.healthy(BUILD)
SEVERE = {"severe": "yes", "began": "in-minutes"}
WAKING = {"severe": "yes", "began": "on-waking"}
FEVER = {"fever-lately": "yes", "fever-alone": "yes"}
BLOW = {"injury-began": "yes", "hurt-when": "hurt-3-days", "hit-hard": "yes"}
UPPER = {"region": "shoulder-blades"}

Answers = Mapping[str, str]

AT_LEAST: dict[str, tuple[str, Answers]] = {
    "pain in the upper back with sweating": ("emergency", {**UPPER, "upper-sweat": "yes"}),
    "pain in the upper back with sickness": ("emergency", {**UPPER, "upper-sick": "yes"}),
    "pain in the middle back and faint": ("emergency", {"region": "middle", "fainted": "yes"}),
    "pain in the middle back and breathless": (
        "emergency",
        {"region": "middle", "breath-hard": "yes"},
    ),
    "woken by sudden pain at 78 with a thinner": (
        "urgent",
        {**WAKING, "age": "age-70", "thinner": "yes"},
    ),
    "woken in the mid-back at 68 with weak bones": (
        "urgent",
        {"began": "on-waking", "region": "middle", "age": "age-65", "bones-weak": "yes"},
    ),
    "severe out of nowhere at 72 who smoked": (
        "emergency",
        {**SEVERE, "age": "age-70", "no-cause": "yes", "artery-risk": "yes"},
    ),
    "severe with new pain in the tummy at 60, several places": (
        "emergency",
        {**SEVERE, "age": "age-60", "region": "several", "belly-new": "yes"},
    ),
    "a blow to the low back with tingling legs": ("emergency", {**BLOW, "leg-since": "yes"}),
    "tingling in both legs": ("emergency", {"legs-numb": "yes"}),
    "tingling in one leg": ("soon", {"leg-tingles": "yes"}),
    "mid-back pain and a newly weak leg": ("emergency", {"region": "middle", "leg-weak": "yes"}),
    "fever with a risk, not sure of a cold": (
        "emergency",
        {"fever-lately": "yes", "fever-alone": "yes", "diabetes": "yes"},
    ),
    "fever with a cold and a risk": ("urgent", {"fever-lately": "yes", "immune": "yes"}),
    "three hours on the floor at 74": ("emergency", {"age": "age-70", "floor-hour": "yes"}),
    "a fused spine and sudden pain": ("urgent", {"fused": "yes", "began": "in-minutes"}),
    "a fall at 82 with a thinner, pain grew slowly": (
        "urgent",
        {"age": "age-70", "thinner": "yes", "any-fall": "yes", "began": "in-days"},
    ),
    "pain on breathing in and the pill": (
        "emergency",
        {"region": "middle", "breath-sharp": "yes", "clot-risk": "yes"},
    ),
    "pain on breathing in after a long journey": (
        "emergency",
        {**UPPER, "breath-sharp": "yes", "long-journey": "yes"},
    ),
    "pain on breathing in and a swollen calf": (
        "emergency",
        {"region": "middle", "breath-sharp": "yes", "calf-swollen": "yes"},
    ),
    "burning urine at 80 with diabetes": (
        "urgent",
        {"age": "age-70", "diabetes": "yes", "urine-burning": "yes", "sex": "female"},
    ),
    "burning urine and pain under the ribs": (
        "urgent",
        {"urine-burning": "yes", "under-ribs": "yes", "sex": "female"},
    ),
    "both arms tingling, wherever it hurts": ("emergency", {"arms-odd": "yes"}),
    "one arm numb": ("soon", {"arm-numb": "yes"}),
    "fever, bad headache and vomiting, low back": (
        "emergency",
        {"fever-lately": "yes", "headache-bad": "yes", "vomiting": "yes"},
    ),
    "a fit": ("emergency", {"fit": "yes"}),
    "a crisis of sickle cell disease": ("emergency", {"sickle": "yes", "sickle-crisis": "yes"}),
    "nights that grow worse though something eases": (
        "urgent",
        {"wakes": "yes", "wakes-growing": "yes", "age": "age-50"},
    ),
    "dark urine after lying long": ("emergency", {"urine-cola": "yes", "cola-after": "yes"}),
    "sore muscles since a stronger medicine": (
        "soon",
        {"muscles-sore": "yes", "muscles-medicine": "yes"},
    ),
    "hit by a vehicle": ("emergency", {**BLOW, "crash-fast": "yes"}),
    "a dive": ("emergency", {**BLOW, "blow-head": "yes"}),
    "tingling lips after a thyroid operation": (
        "urgent",
        {"thyroid-cut": "yes", "lips-tingle": "yes"},
    ),
    "a twisted neck after a medicine against sickness": (
        "emergency",
        {"twisted": "yes", "medicine-new": "yes"},
    ),
    "dialysis, no strain, no fever": ("soon", {"dialysis-line": "yes", "no-cause": "yes"}),
    "dialysis and nothing eases": ("urgent", {"dialysis-line": "yes", "no-ease": "yes"}),
    "a needle at the spine and tingling": (
        "emergency",
        {"needle-spine": "yes", "leg-tingles": "yes"},
    ),
    "a thinner and an arm newly weak": ("emergency", {"thinner": "yes", "arm-weaker": "yes"}),
    "a beating in the tummy, not sure": ("emergency", {"belly-beats": "unsure"}),
    "an aneurysm that was repaired": ("emergency", {"bulged-artery": "yes"}),
}
AT_MOST: dict[str, tuple[str, Answers]] = {
    "a stiff neck on waking": (
        "self-care",
        {"region": "neck", "began": "on-waking"},
    ),
    "an aneurysm that was repaired, with plain neck pain": (
        "self-care",
        {"region": "neck", "bulged-artery": "yes"},
    ),
    "weak bones and a plain strain at 72": ("soon", {"age": "age-70", "bones-weak": "yes"}),
    "a thinner and a slight strain": ("self-care", {"thinner": "yes"}),
    "pain for months that a doctor knows, from 50": (
        "self-care",
        {"age": "age-50", "how-long-now": "weeks-over-12", "better-now": "it-is-known"},
    ),
    "no better after 4 weeks, from 50": (
        "soon",
        {"age": "age-50", "how-long-now": "weeks-4-6", "better-now": "it-stays"},
    ),
    "pregnant, a mild ache and no sign": ("self-care", {"pregnancy": "yes", "weeks": "weeks-13"}),
    "pregnant later, a mild ache and no sign": ("soon", {"pregnancy": "yes", "weeks": "weeks-19"}),
    "blisters in a strip": ("urgent", {"blisters": "yes"}),
    "both thighs aching after sport": ("soon", {"thighs-ache": "yes"}),
    "cystitis in a young woman": ("soon", {"urine-burning": "yes", "sex": "female"}),
    "no stool for three days": ("soon", {"stools-stuck": "yes"}),
    "a sore spot on the chest at 30": ("soon", {"chest-pain": "yes"}),
}


def level(answers: Answers) -> int:
    made = assess(BUILD.knowledge, {**HEALTHY, **answers})
    return URGENCIES.index(made.urgency)


@pytest.mark.parametrize(("urgency", "answers"), AT_LEAST.values(), ids=AT_LEAST)
def test_nobody_is_sent_too_low(urgency: str, answers: Answers) -> None:
    assert level(answers) >= URGENCIES.index(urgency)


@pytest.mark.parametrize(("urgency", "answers"), AT_MOST.values(), ids=AT_MOST)
def test_nobody_is_sent_too_far(urgency: str, answers: Answers) -> None:
    assert level(answers) <= URGENCIES.index(urgency)
