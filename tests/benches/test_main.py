"""The program of the benches: what it prints, and where it stops."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from click.testing import CliRunner

from tests.benches.__main__ import bench
from tests.support.site import build
from webapp.triage.interview import Interview


def test_it_compares_the_rules_and_what_is_made_of_them_with_plain_ifs() -> None:
    done = CliRunner().invoke(bench, ["triage"])
    assert done.exit_code == 0
    ratio = re.compile(r" a second, \d+\.\d\d times the plain ifs' time \(\d\S* to \d\S*\)$")
    compared = [line.split("  ")[0] for line in done.output.splitlines() if ratio.search(line)]
    assert len(compared) == 3


def test_it_stops_where_the_diagram_disagrees(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Interview(build().knowledge)
    whole.urgency = replace(whole.urgency, cases=whole.urgency.cases[1:])
    other = replace(build(), interview=whole)
    monkeypatch.setattr("tests.benches.__main__.build", lambda: other)
    done = CliRunner().invoke(bench, ["triage"])
    assert done.exit_code == 1
    assert "differ for" in done.output
