from __future__ import annotations

from pathlib import Path

from webapp.release.numbering import Numbered, Version


def test_a_number_rises_when_the_bytes_are_others_and_only_then() -> None:
    first = Numbered(7, "aa")
    assert first.raised("aa") == first
    assert first.raised("bb") == Numbered(8, "bb")
    assert first.raised("bb").raised("aa") == Numbered(9, "aa")


def test_a_number_is_read_as_it_was_written(tmp_path: Path) -> None:
    Numbered(7, "aa").write(tmp_path / "number.json")
    assert Numbered.read(tmp_path / "number.json") == Numbered(7, "aa")


def test_the_trees_number_counts_before_an_operators_edition() -> None:
    assert Version(2) > Version(1, 9) > Version(1, 8) > Version(1)
