from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from webapp.knowledge import yaml_file
from webapp.knowledge.errors import KnowledgeError

GOOD = b"# first\nname: Ease\nday: 2026-11-22\nwords: [a, 'yes']\n"


def read(tmp_path: Path, content: bytes) -> dict[str, object]:
    path = tmp_path / "some.yaml"
    path.write_bytes(content)
    return yaml_file.read(path)


def test_text_days_and_lists_are_read(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD) == {
        "name": "Ease",
        "day": date(2026, 11, 22),
        "words": ["a", "yes"],
    }


@pytest.mark.parametrize("word", ["yes", "no", "Yes", "NO", "on", "off", "true", "false", "True"])
@pytest.mark.parametrize("shape", ["answer: {}", "answer: [{}]", "deep: {{answer: {}}}", "{}: x"])
def test_a_bare_truth_value_is_refused(word: str, shape: str, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=rf"bare {word} .*\"{word}\" in quotes") as caught:
        read(tmp_path, GOOD + shape.format(word).encode())
    assert (caught.value.file, caught.value.key) == ("some.yaml", "line 5")


@pytest.mark.parametrize("word", ["yes", "no"])
def test_a_quoted_truth_value_is_text(word: str, tmp_path: Path) -> None:
    assert read(tmp_path, f'answer: "{word}"'.encode()) == {"answer": word}


@pytest.mark.parametrize(
    ("content", "line", "problem", "remedy"),
    [
        (b"name: again\n", "line 5", "'name' is given twice", "Keep one"),
        (b"deep: {a: b, a: c}\n", "line 5", "'a' is given twice", "Keep one"),
        (b"deep:\n  a: b\n  a: c\n", "line 7", "'a' is given twice", "Keep one"),
        (b"1: x\n", "line 5", "1 is not text", "quotes"),
        (b"~: x\n", "line 5", "None is not text", "quotes"),
        (b"? [a]\n: x\n", "line 5", "is not text", "quotes"),
        (b"a: [b\n", "line", "not YAML", "Mend"),
        (b"a: b: c\n", "line 5", "not YAML", "Mend"),
        (b"\ta: b\n", "line 5", "not YAML", "Mend"),
        (b"a: *nowhere\n", "line 5", "undefined alias", "Mend"),
        (b"a: &a {b: *a}\n", "line 5", "recursive", "Mend"),
        (b"a: !!python/name:os.system\n", "line 5", "has the tag", "Take it out"),
        (b"a: &a {b: c}\nd: {<<: *a}\n", "line 6", "not YAML", "Mend"),
        (b"---\nsecond: document\n", "line", "another document", "Mend"),
    ],
    ids=lambda value: repr(value)[2:20] if isinstance(value, bytes) else "",
)
def test_bad_yaml_is_refused_with_its_line(
    content: bytes, line: str, problem: str, remedy: str, tmp_path: Path
) -> None:
    with pytest.raises(KnowledgeError) as caught:
        read(tmp_path, GOOD + content)
    fault = caught.value
    assert fault.file == "some.yaml"
    assert fault.key.startswith(line)
    assert problem in fault.problem
    assert remedy in fault.remedy


@pytest.mark.parametrize(
    "content",
    [
        b"a: b\0c",
        b"a: \x07",
        b"a: caf\xe9",
        b"a: \xff\xfe",
        b"a: 2026-02-30",
        b"a: 2026-13-01",
        b"a: " + b"{a: " * 2000 + b"}" * 2000,
        b"a: " + b"9" * 5000,
        b"a: !!int x",
        b"a: !!map [x]",
    ],
    ids=lambda content: repr(content)[2:20],
)
def test_bytes_that_are_no_text_or_no_value_are_refused_too(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError) as caught:
        read(tmp_path, GOOD + content)
    assert caught.value.file == "some.yaml"


@pytest.mark.parametrize("content", [b"", b"# nothing\n", b"- a\n", b"word\n", b"2026-11-22\n"])
def test_a_file_that_is_no_mapping_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"some\.yaml: file: is not a mapping\. Start it with"):
        read(tmp_path, content)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"none\.yaml: file: cannot be read\. Put the file"):
        yaml_file.read(tmp_path / "none.yaml")
    with pytest.raises(KnowledgeError, match=": file: cannot be read"):
        yaml_file.read(tmp_path)
