"""The styles as they are sent, held against what the oldest browsers can read."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.check.gate import CannotLook, Gate, lines_of
from tests.check.scripts import FLOOR
from tests.support import node
from webapp.web.assets import NotLayered, sent_styles

_READER = Path("tests", "js", "older-styles.mjs")


def older(root: Path) -> Sequence[str]:
    """Return what an old browser would drop of a style, where nothing older stands in its place."""
    try:
        sheets = sent_styles(root / "static" / "css")
    except NotLayered as fault:
        return [f"static/css: {fault}"]
    with tempfile.TemporaryDirectory() as made:
        files = [Path(made, name) for name in sheets]
        for file, text in zip(files, sheets.values(), strict=True):
            file.write_text(text, "utf-8")
        done = node.run(_READER, FLOOR, *files, folder=root)
    if done.returncode:
        raise CannotLook("; ".join(lines_of(done)))
    return [" ".join(filter(None, fault)) for fault in json.loads(done.stdout)]


GATES = [Gate("styles in older browsers", older)]
