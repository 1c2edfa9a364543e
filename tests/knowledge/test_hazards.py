"""Each control of the hazard log is a property that holds or a test that runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.knowledge.data_folder import Change, DataFolder, put
from tests.support.held import excuses, files_of, running_tests, unheld
from tests.support.site import build
from webapp.knowledge import loader
from webapp.knowledge.model import RISKS, Knowledge
from webapp.triage.proofs.verdicts import Verdict, Violation

SEEDED = {
    "a property that there is not": "property-99",
    "a test that there is not": "tests/release/test_twin.py::test_the_worker_is_kind",
    "a file that there is not": "tests/release/test_kindness.py::test_the_worker_is_kind",
    "a helper that is no test": "tests/support/held.py::test_the_worker_is_kind",
}


@pytest.fixture(scope="module")
def verdicts() -> tuple[Verdict, ...]:
    """What the proofs say of the real data."""
    return tuple(build().prover.prove())


@pytest.fixture(scope="module")
def running(knowledge: Knowledge) -> frozenset[str]:
    """Every test that pytest would run from the files that the log names."""
    return running_tests(files_of(knowledge.hazards))


def test_every_control_is_there_and_runs(
    knowledge: Knowledge, verdicts: tuple[Verdict, ...], running: frozenset[str]
) -> None:
    assert not [*unheld(knowledge.hazards, verdicts, running)]
    assert not excuses(files_of(knowledge.hazards))


def test_every_property_holds_something_back(
    knowledge: Knowledge, verdicts: tuple[Verdict, ...]
) -> None:
    named = {name for hazard in knowledge.hazards for name in hazard.held_by}
    assert {f"property-{verdict.number}" for verdict in verdicts} <= named


@pytest.mark.parametrize("seeded", SEEDED.values(), ids=SEEDED)
def test_a_control_that_is_not_there_is_found(
    seeded: str, data: DataFolder, verdicts: tuple[Verdict, ...], running: frozenset[str]
) -> None:
    data.edit("hazards.yaml", put("hazards", "hazard-unsure", "held-by", 0, value=seeded))
    broken = loader.load(data.path).hazards
    assert [*unheld(broken, verdicts, running)] == [f"hazard-unsure: {seeded}"]


def test_a_control_that_does_not_hold_is_found(
    knowledge: Knowledge, verdicts: tuple[Verdict, ...], running: frozenset[str]
) -> None:
    violated = tuple(
        replace(verdict, violations=(Violation("a rule", ()),)) if verdict.number == 4 else verdict
        for verdict in verdicts
    )
    found = [*unheld(knowledge.hazards, violated, running)]
    assert found == ["hazard-not-for-you: property-4"]


EXCUSED = """
import pytest

@pytest.mark.skip
def test_skipped():
    pass

@pytest.mark.skipif(True, reason="later")
def test_skipped_here():
    pass

@pytest.mark.xfail
def test_expected_to_fail():
    pass

def test_runs():
    pass
"""
GIVES_UP = "import pytest\n\ndef test_gives_up():\n    pytest.skip('later')\n"


def test_a_control_that_is_excused_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.support.held.ROOT", tmp_path)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_one.py").write_text(EXCUSED)
    (tmp_path / "tests" / "test_two.py").write_text(GIVES_UP)
    first, second = "tests/test_one.py", "tests/test_two.py"
    assert running_tests([first]) == {f"{first}::test_runs"}
    assert excuses([first, second]) == [second]


BROKEN = {
    "nothing holds it": ([], "is held by nothing"),
    "a sentence holds it": (["We take care"], "no property and no test"),
    "property zero": (["property-0"], "no property and no test"),
    "a test without its file": (["test_twin"], "no property and no test"),
}


@pytest.mark.parametrize(("held", "problem"), BROKEN.values(), ids=BROKEN)
def test_a_hazard_names_properties_and_tests(
    held: list[str], problem: str, data: DataFolder
) -> None:
    data.edit("hazards.yaml", put("hazards", "hazard-unsure", "held-by", value=held))
    fault = data.refusal()
    assert (fault.file, fault.key) == ("hazards.yaml", "hazard-unsure")
    assert problem in fault.problem


def hazard(key: str, value: object) -> Change:
    """Return the change of one value of the hazard of going on while not sure."""
    return put("hazards", "hazard-unsure", key, value=value)


UNACCEPTABLE = {
    "a risk that nobody may carry": (hazard("likelihood", "very-high"), "nobody may carry"),
    "a risk of 3 without a reason": (hazard("accepted", ""), "a risk of 3 without"),
    "a small risk with a reason": (hazard("severity", "minor"), "a risk of 1 with"),
}


@pytest.mark.parametrize(("change", "problem"), UNACCEPTABLE.values(), ids=UNACCEPTABLE)
def test_a_risk_is_acceptable_or_carried_for_a_reason(
    change: Change, problem: str, data: DataFolder
) -> None:
    data.edit("hazards.yaml", change)
    fault = data.refusal()
    assert (fault.file, fault.key) == ("hazards.yaml", "hazard-unsure")
    assert problem in fault.problem


def test_a_worse_or_likelier_harm_is_never_less_of_a_risk() -> None:
    for row in RISKS.values():
        assert list(row) == sorted(row)
    for column in zip(*RISKS.values(), strict=True):
        assert list(column) == sorted(column)


@pytest.mark.parametrize("uncontrolled", ["very-low", "low"])
def test_a_control_makes_the_harm_less_likely(uncontrolled: str, data: DataFolder) -> None:
    data.edit("hazards.yaml", put("hazards", "hazard-drawing", "uncontrolled", value=uncontrolled))
    fault = data.refusal()
    assert (fault.file, fault.key) == ("hazards.yaml", "hazard-drawing")
    assert f"is 'low' with its control and '{uncontrolled}' without" in fault.problem


def test_what_is_left_is_never_more_than_what_there_was(knowledge: Knowledge) -> None:
    assert all(hazard.risk <= hazard.initial_risk for hazard in knowledge.hazards)
    assert any(hazard.risk < hazard.initial_risk for hazard in knowledge.hazards)


@pytest.mark.parametrize(
    ("key", "value"), [("severity", "bad"), ("likelihood", "seldom"), ("uncontrolled", "often")]
)
def test_a_hazard_is_judged_in_the_words_of_the_standard(
    key: str, value: str, data: DataFolder
) -> None:
    data.edit("hazards.yaml", put("hazards", "hazard-unsure", key, value=value))
    fault = data.refusal()
    assert fault.file == "hazards.yaml"
    assert key in fault.key
