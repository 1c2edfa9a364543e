"""The way from a test to a script: what goes wrong on it is said, and nothing of it stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.scripts import Node, NodeDied, Script, ScriptFault


@pytest.fixture
def node() -> Iterator[Node]:
    node = Node(patience_s=3)
    yield node
    node.close()


@pytest.fixture
def odd(node: Node) -> Script:
    return node.load(Path(__file__).with_name("odd.mjs"))


@pytest.mark.parametrize(
    "value",
    [None, True, 2**53 - 1, 0.5, "half \ud83d", "\u2028\x00", b"\x00\xff", [{"__proto__": [b""]}]],
)
def test_a_value_comes_back_as_it_was_given(odd: Script, value: object) -> None:
    assert odd.same(value) == value


def test_what_only_a_script_can_hold_can_be_given_back(odd: Script) -> None:
    first, second = odd.thing("first"), odd.thing("second")
    assert [odd.nameOf(thing) for thing in (second, first)] == ["second", "first"]


def test_a_function_cannot_change_what_it_is_given(odd: Script) -> None:
    with pytest.raises(ScriptFault, match="read only"):
        odd.change({"pain": 3})


def test_what_a_script_throws_is_raised_with_its_class_and_its_reason(odd: Script) -> None:
    with pytest.raises(ScriptFault, match=r"odd\.mjs") as raised:
        odd.refuse("full")
    assert (raised.value.name, raised.value.why) == ("Refusal", "full")


def test_a_function_that_is_not_there_is_named(odd: Script) -> None:
    with pytest.raises(ScriptFault, match="exports no nothing"):
        odd.nothing()


def test_a_script_that_writes_to_the_console_fails(odd: Script) -> None:
    with pytest.raises(ScriptFault, match="wrote to the console: a b"):
        odd.say("a", "b")


@pytest.mark.parametrize("way", ["waitForEver", "turnForEver"])
def test_a_call_that_hangs_is_named_and_the_next_one_is_answered(odd: Script, way: str) -> None:
    hang = getattr(odd, way)
    with pytest.raises(NodeDied, match=f"odd.mjs: {way} gave no answer within 3 s"):
        hang()
    assert odd.same(1) == 1


def test_an_end_of_node_is_told_with_its_reason(odd: Script) -> None:
    with pytest.raises(NodeDied, match=r"odd.mjs: end: Node ended\n(.|\n)*on purpose"):
        odd.end()
    assert odd.same(1) == 1


def test_nothing_runs_after_the_end(node: Node, odd: Script) -> None:
    odd.same(1)
    assert node.is_running
    node.close()
    assert not node.is_running
