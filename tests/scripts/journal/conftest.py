from __future__ import annotations

import pytest

from tests.support.scripts import Node, Script


@pytest.fixture(scope="session")
def entry(node: Node) -> Script:
    return node.load("journal/entry.js")


@pytest.fixture(scope="session")
def export(node: Node) -> Script:
    return node.load("journal/export.js")
