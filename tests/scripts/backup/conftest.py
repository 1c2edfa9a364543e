from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.scripts import Node, Script


@pytest.fixture(scope="session")
def subtle(node: Node) -> Script:
    """What tests ask of keys."""
    return node.load(Path(__file__).with_name("subtle.mjs"))


@pytest.fixture(scope="session")
def recovery(node: Node) -> Script:
    return node.load("backup/recovery-code.js")
