"""The data of another release: of a folder, of a checkout, or of a revision of git."""

from __future__ import annotations

import tarfile
from io import BytesIO
from pathlib import Path
from subprocess import CalledProcessError, run
from tempfile import TemporaryDirectory

import click

from webapp.knowledge.loader import DATA, load_earlier
from webapp.knowledge.model import Knowledge

ROOT = Path(__file__).parents[2]
_PLACE = DATA.relative_to(ROOT)


class Refused(click.ClickException):
    """An argument that cannot be used: exits with 2, as click's own usage errors do."""

    exit_code = 2


def earlier(release: str) -> Knowledge:
    """Return what decides in another release; raise Refused or KnowledgeError."""
    folder = Path(release)
    if release and folder.is_dir():
        inside = folder / _PLACE
        return load_earlier(inside if inside.is_dir() else folder)
    with TemporaryDirectory() as made:
        _check_out(release, Path(made))
        return load_earlier(Path(made))


def _check_out(revision: str, folder: Path) -> None:
    """Write the data files of a revision of this repository into the folder."""
    no_data = f"'{revision}' is no folder, and no revision of git that holds {_PLACE}"
    if revision.startswith("-"):
        raise Refused(no_data)
    ask = ["git", "-C", str(ROOT), "archive", "--format=tar", f"{revision}^{{tree}}", str(_PLACE)]
    try:
        archive = run(ask, capture_output=True, check=True).stdout  # noqa: S603 no shell reads it
        with tarfile.open(fileobj=BytesIO(archive)) as files:
            for member in files:
                path, content = Path(member.name), files.extractfile(member)
                if content and path.parent == _PLACE:
                    (folder / path.name).write_bytes(content.read())
    except (OSError, CalledProcessError, tarfile.TarError) as fault:
        raise Refused(no_data) from fault
