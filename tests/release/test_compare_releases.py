"""The tool that compares two checkouts as releases, on this checkout and on an altered copy."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.compare_releases import (
    Expected,
    Plan,
    Report,
    Request,
    compare,
    expectations,
    normalised,
)
from tests.support.server import ROOT

EVERYONE = ("old server", "new server", "old worker", "new worker")
PAGE = Request("/en/now/")


def altered(folder: Path) -> Path:
    """Return a copy of this checkout with a line more on one page."""
    away = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "instance")
    shutil.copytree(ROOT, folder, ignore=away)
    template = folder / "webapp" / "web" / "timer" / "timer.html"
    old = template.read_text()
    template.write_text(old.replace("{% block main %}", "{% block main %}<hr>", 1))
    assert template.read_text() != old
    return folder


def report(told: Mapping[str, str], expected: Expected) -> Report:
    """Return the report on a page that everyone answers alike, but for those told."""
    made = Report(expected)
    made.compare(PAGE, dict.fromkeys(EVERYONE, "200\n\nKeep it\n") | told)
    return made


def test_only_an_altered_page_differs_as_server_and_worker_answer_it(monkeypatch, tmp_path):
    monkeypatch.setenv("EASEBACK_LANGUAGES", "en")
    found = compare(ROOT, altered(tmp_path / "altered"), Plan(forms=60))
    server, worker = found.differences
    for name, difference in (("server", server), ("worker", worker)):
        page, *lines = difference.split("\n")
        assert (page, *lines[:2]) == ("GET /en/timer/", f"--- old {name}", f"+++ new {name}")
        assert any(line.startswith("+<hr>") for line in lines)
    old, *others = (found.answered[name] for name in EVERYONE)
    assert all(counts == old for counts in others)
    assert old.total() > 60 + 50
    assert old["200"] > old["400"] > 0


@pytest.mark.parametrize("name", EVERYONE)
def test_whoever_answers_otherwise_is_a_difference(name):
    assert report({}, {}).differences == []
    assert any(f" {name}" in diff for diff in report({name: "200\n\nKeep\n"}, {}).differences)


def test_another_status_is_a_difference():
    assert report({"new server": "404\n\nKeep it\n"}, {}).differences


def test_an_expected_text_is_no_difference_and_any_other_is():
    new = dict.fromkeys(("new server", "new worker"), "200\n\nKeep the note\n")
    assert report(new, {"en": [("Keep it", "Keep the note")]}).differences == []
    assert report(new, {"en": [("Keep it", "Keep a note")]}).differences
    assert report(new, {"es": [("Keep it", "Keep the note")]}).differences


def test_an_expected_text_that_no_page_had_is_told():
    expected = {"en": [("Keep it", "Keep it"), ("Delete it", "Away")]}
    assert "expected in en, but never seen: Delete it" in [*report({}, expected).lines()]


def test_a_page_of_one_release_only_is_a_difference():
    made = Report({})
    made.compare_pages(["/en/", "/en/now/"], ["/en/", "/en/soon/"])
    assert made.differences == [
        "only the old release has /en/now/",
        "only the new release has /en/soon/",
    ]


def test_hashes_and_the_release_are_left_out_and_names_are_not():
    rest = "/release/core.0123456789abcdef.json abcdefabcdef"
    left = '<a src="/assets/js/app.<hash>.js"> /release/core.<hash>.json <release>'
    for address in ("/assets/js/app.abcdefg.js", "/assets/0123456789ab/js/app.js"):
        assert normalised(f'<a src="{address}"> {rest}', "abcdefabcdef") == left


@pytest.mark.parametrize("text", ["[[en]]\nold = 'a'", "en = 1", "en = ", "[en]\nold = 'a'"])
def test_a_broken_list_of_changes_is_told_by_its_file(tmp_path, text):
    file = tmp_path / "changes.toml"
    file.write_text(text)
    with pytest.raises(argparse.ArgumentTypeError, match=r"changes\.toml lists no changed texts"):
        expectations(str(file))


def test_a_folder_that_is_no_checkout_is_told_in_one_line(tmp_path):
    command = [sys.executable, "-m", "tests.support.compare_releases", tmp_path]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert f"{tmp_path} is no checkout of Easeback" in done.stderr.splitlines()[-1]
