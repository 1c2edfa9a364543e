from __future__ import annotations

import pickle
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.knowledge.data_folder import DataFolder
from tests.support.known import known
from webapp.knowledge import loader, yaml_file
from webapp.knowledge.model import Knowledge


@pytest.fixture(scope="session", autouse=True)
def files_parsed_once() -> Iterator[None]:
    """Parses each content of a file once: a test changes one file of 18, and there are hundreds."""
    parsed: dict[tuple[str, bytes], bytes] = {}
    parse = yaml_file.read

    def read(path: Path) -> dict[str, Any]:
        try:
            key = (path.name, path.read_bytes())
        except OSError:
            return parse(path)
        if key not in parsed:
            parsed[key] = pickle.dumps(parse(path))
        content: dict[str, Any] = pickle.loads(parsed[key])
        return content

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_file, "read", read)
        yield


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(Path(shutil.copytree(loader.DATA, tmp_path / "data")))


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return known()
