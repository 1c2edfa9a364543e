from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.knowledge.data_folder import DataFolder
from webapp.knowledge import loader
from webapp.knowledge.model import Knowledge


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(Path(shutil.copytree(loader.DATA, tmp_path / "data")))


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return loader.load()
