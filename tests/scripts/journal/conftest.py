from __future__ import annotations

import pytest

from tests.support.scripts import Node, Script


@pytest.fixture(scope="session")
def entry(node: Node) -> Script:
    return node.load("journal/entry.js")


@pytest.fixture(scope="session")
def copy(node: Node) -> Script:
    return node.load("journal/copy.js")


@pytest.fixture(scope="session")
def fhir(node: Node) -> Script:
    return node.load("journal/fhir.js")


@pytest.fixture(scope="session")
def report(node: Node) -> Script:
    return node.load("journal/report.js")


@pytest.fixture(scope="session")
def table(node: Node) -> Script:
    return node.load("journal/table.js")
