"""Every warning of a result says which rows of the check it warns of."""

from __future__ import annotations

import pytest

from tests.knowledge.data_folder import Change, DataFolder, put, take

SADDLE = ("sections", "advice-watch", "statements", "watch-saddle")
FAULTS = {
    "a warning of nothing": (
        "advice.yaml",
        take(*SADDLE, "warns-of"),
        "watch-saddle",
        "warns of nothing",
    ),
    "a call for nothing": (
        "now.yaml",
        take("sections", "now-call", "statements", "now-call-legs", "warns-of"),
        "now-call-legs",
        "warns of nothing",
    ),
    "a row that there is not": (
        "advice.yaml",
        put(*SADDLE, "warns-of", value=["nowhere"]),
        "watch-saddle",
        "'nowhere', which is no row",
    ),
    "a gate": (
        "advice.yaml",
        put(*SADDLE, "warns-of", value=["g-below"]),
        "watch-saddle",
        "'g-below', which is no row",
    ),
    "rows of what is no warning": (
        "advice.yaml",
        put(*SADDLE, "kind", value="fact"),
        "watch-saddle",
        "is no warning",
    ),
}


@pytest.mark.parametrize(("file", "change", "key", "problem"), FAULTS.values(), ids=FAULTS)
def test_a_warning_names_the_rows_that_it_warns_of(
    file: str, change: Change, key: str, problem: str, data: DataFolder
) -> None:
    data.edit(file, change)
    fault = data.refusal()
    assert (fault.file, fault.key) == (file, key)
    assert problem in fault.problem
