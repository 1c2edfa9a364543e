from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.scripts import Node


@pytest.fixture(scope="session")
def node() -> Iterator[Node]:
    """Node, running as long as one process of the tests."""
    node = Node()
    yield node
    node.close()
