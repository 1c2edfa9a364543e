"""The phone reads a form as Flask does, whatever it says, over small made-up interviews."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.interviews import forms, interviews
from tests.support.scripts import Node, Script
from webapp.release.parts import reading
from webapp.triage.interview import Interview

often = settings(max_examples=100, deadline=None)
FORMS = 30
"""To each interview."""


@pytest.fixture(scope="session")
def form(node: Node) -> Script:
    return node.load(Path(__file__).with_name("form.mjs"))


def by_flask(interview: Interview, body: bytes) -> dict[str, Any]:
    """Return what Flask reads, as the phone counts it."""
    state = interview.read(body)
    return {
        "values": _counted(interview, state.answers),
        "view": state.view or "",
        "note": state.note or "",
        "all": _counted(interview, interview.derived(state.answers)),
    }


def _counted(interview: Interview, answers: dict[str, str]) -> list[int]:
    return [
        variable.options.index(answers[variable.name]) + 1 if variable.name in answers else 0
        for variable in interview.variables
    ]


@often
@given(interviews, st.integers(0, 2**32))
def test_the_phone_reads_every_form_as_flask_does(
    form: Script, interview: Interview, seed: int
) -> None:
    core = json.loads(json.dumps(reading(interview)))
    for body in forms(interview, Random(seed), FORMS):
        assert form.readForm(core, body) == by_flask(interview, body), body
