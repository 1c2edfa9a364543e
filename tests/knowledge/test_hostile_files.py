"""Knowledge that somebody offers with something else in mind is refused in a sentence, at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.knowledge.data_folder import Change, DataFolder, add, put, repeat
from webapp.knowledge import yaml_file
from webapp.knowledge.errors import KnowledgeError

LEVELS = 100_000
LONGEST = 300
"""Of a sentence that refuses."""
LAUGHS = b"a: &a [x, x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (letter, letter, b", ".join([b"*%c" % (letter - 1)] * 10))
    for letter in range(ord("b"), ord("k"))
)
BOMBS = {
    "lists without end": b"a: " + b"[" * LEVELS,
    "lists within lists": b"a: " + b"[" * LEVELS + b"]" * LEVELS,
    "mappings within mappings": b"a: " + b"{a: " * LEVELS + b"}" * LEVELS,
    "dashes within dashes": b"- " * LEVELS + b"a",
    "keys within keys": b"? " * LEVELS + b"a",
    "a billion laughs": LAUGHS,
    "laughs in mappings": LAUGHS.replace(b"[", b"{? [").replace(b"]", b"]}"),
    "a mapping within itself": b"a: &a {b: *a}",
    "a large file": b"a: " + b"x" * yaml_file.LARGEST_FILE,
    "many lines": b"#\n" * yaml_file.LARGEST_FILE,
    "many anchors": b"".join(b"a%d: &a%d x\n" % (n, n) for n in range(60_000)),
}
TAGS = {
    "python": b"a: !!python/object/apply:os.system ['id']",
    "python in a list": b"a: [!!python/name:os.system x]",
    "bytes": b"a: !!binary aGVsbG8=",
    "a set": b"a: !!set {x, y}",
    "pairs": b"a: !!pairs [x: y]",
    "an order": b"a: !!omap [x: y]",
    "a text": b"a: !!str 1",
    "its own": b"%TAG ! tag:evil.example,2026:\n---\na: !x y",
}
NUMBERS = ("0x" + "f" * 5000, "0777", "1:59:59", "9" * 400, "1_000", ".nan", "-.inf", "1.5e+9")
READ_ALL = """
import pathlib, sys
from webapp.knowledge import yaml_file
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    try:
        print("read", len(yaml_file.read(path)))
    except yaml_file.KnowledgeError as fault:
        print(fault)
"""


def refusal(folder: Path, content: bytes) -> KnowledgeError:
    path = folder / "some.yaml"
    path.write_bytes(content)
    with pytest.raises(KnowledgeError) as caught:
        yaml_file.read(path)
    assert len(str(caught.value)) < LONGEST
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_file_that_stands_for_more_than_it_is_is_refused(tmp_path: Path) -> None:
    for number, content in enumerate(BOMBS.values()):
        (tmp_path / f"bomb-{number:02}.yaml").write_bytes(content)
    # In a process of its own: what is refused here once took the whole process with it.
    command = [sys.executable, "-c", READ_ALL, tmp_path]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    said = dict(zip(BOMBS, done.stdout.splitlines(), strict=False))
    assert said.keys() == BOMBS.keys(), done.stderr
    accepted = {name: line for name, line in said.items() if not line.startswith("bomb-")}
    assert accepted == {}
    assert max(map(len, said.values())) < LONGEST


@pytest.mark.parametrize("content", TAGS.values(), ids=TAGS)
def test_a_tag_is_refused_with_its_line(content: bytes, tmp_path: Path) -> None:
    fault = refusal(tmp_path, content)
    assert "has the tag" in fault.problem
    assert fault.remedy == "Take it out"


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_that_readers_take_for_different_ones_is_refused(
    number: str, tmp_path: Path
) -> None:
    assert "is a number to some" in refusal(tmp_path, f"a: {number}".encode()).problem


def test_an_alias_of_ordinary_size_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "some.yaml"
    path.write_bytes(b"a: &a [b, c]\nd: *a\ne: [1, -2, 0.5, '1:30']\n")
    assert yaml_file.read(path) == {
        "a": ["b", "c"],
        "d": ["b", "c"],
        "e": [1, -2, 0.5, "1:30"],
    }


SOURCE = ("sources", 0)
RULE = ("rules", 0)
FILES: dict[str, tuple[str, Change]] = {
    "markup": ("rules.yaml", put(*RULE, "reason", value="<script>alert(1)</script>")),
    "an override": ("rules.yaml", put(*RULE, "reason", value="Call \u202eydobon")),
    "an isolate": ("rules.yaml", put(*RULE, "reason", value="Call \u2067nobody")),
    "a zero byte": ("rules.yaml", put(*RULE, "reason", value="Call\0")),
    "the sign of a hole": ("rules.yaml", put(*RULE, "reason", value="Call \x7f")),
    "an address in a text": ("rules.yaml", put(*RULE, "reason", value="See https://evil.example")),
    "a list for a text": ("rules.yaml", put(*RULE, "reason", value=["Call"])),
    "a number for a text": ("rules.yaml", put(*RULE, "reason", value=1)),
    "a rule twice": ("rules.yaml", repeat("rules")),
    "a source twice": ("sources.yaml", repeat("sources")),
    "no rules": ("rules.yaml", put("rules", value="none")),
    "a rule that is a word": ("rules.yaml", add("rule", "rules")),
    "a rule that is nothing": ("rules.yaml", add(None, "rules")),
    "an id of prototypes": ("rules.yaml", put(*RULE, "id", value="__proto__")),
    "an unknown key": ("rules.yaml", put(*RULE, "__class__", value="x")),
    "a script for an address": ("sources.yaml", put(*SOURCE, "url", value="javascript:alert(1)")),
    "a host in other letters": (
        "sources.yaml",
        put(*SOURCE, "url", value="https://www.nh\u0455.uk/"),
    ),
    "a host behind a name": (
        "sources.yaml",
        put(*SOURCE, "url", value="https://www.nhs.uk@evil.org/"),
    ),
    "a space in an address": ("sources.yaml", put(*SOURCE, "url", value="https://www.nhs.uk/ x")),
    "a quote in a host": ("sources.yaml", put(*SOURCE, "url", value='https://www.nhs.uk"/')),
    "an override in a title": ("sources.yaml", put(*SOURCE, "title", value="Guide \u202eevil")),
    "a day for a text": ("sources.yaml", put(*SOURCE, "title", value=20261122)),
}


@pytest.mark.parametrize(("file", "change"), FILES.values(), ids=FILES)
def test_hostile_content_is_refused_with_its_file_and_key(
    file: str, change: Change, data: DataFolder
) -> None:
    data.edit(file, change)
    fault = data.refusal()
    assert len(str(fault).splitlines()) == 1
    assert fault.file.endswith(".yaml")
    assert fault.remedy
