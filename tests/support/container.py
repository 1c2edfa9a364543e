"""The steps of a Containerfile in an empty Debian: what a builder of containers does, without one.

It knows what ours uses and nothing else. It needs the rights of root, and the machine's own ways to
Debian's packages and to PyPI, which are lent to each root.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from tests.support import system

_BASE = re.compile(r"docker\.io/library/debian:(\w+)-slim")
_LENT = ("etc/resolv.conf", "etc/pip.conf", "etc/apt")
_CERTIFICATES = "/etc/lent-certificates.crt"
_WITHOUT_MEANING = ("VOLUME", "EXPOSE", "STOPSIGNAL")


@dataclass
class Image:
    """A root that a stage has made, and how programs run in it."""

    root: Path
    folder: str = "/"
    user: str = "0"
    environment: dict[str, str] = field(default_factory=dict)
    health: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)

    def program(self, command: list[str], settings: Mapping[str, str]) -> list[str]:
        """Return how to run a command in here with its settings and these."""
        given = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **self.environment, **settings}
        inside = f"cd {shlex.quote(self.folder)} && exec {shlex.join(command)}"
        words = [f"{name}={value}" for name, value in given.items()]
        who = f"--userspec={self.user}:{self.user}"
        return ["chroot", who, str(self.root), "env", "-i", *words, "sh", "-c", inside]

    def run(self, command: list[str], **settings: str) -> None:
        """Run a command to its end; fail with what it says where it fails."""
        done = subprocess.run(
            self.program(command, settings), check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


def build(containerfile: Path, folder: Path) -> Image:
    """Do every step of every stage, and return what the last one has made."""
    stages: dict[str, Image] = {}
    image = Image(folder)
    for word, rest in _steps(containerfile.read_text("utf-8")):
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            image = Image(folder / (name or "last"))
            _bootstrap(base, image.root, folder / "empty")
            stages[name] = image
        else:
            _step(image, word, rest, containerfile.parent, stages)
    return image


def _steps(text: str) -> list[tuple[str, str]]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    whole = "\n".join(lines).replace("\\\n", " ")
    found = [re.match(r"([A-Z]+) +(.*)", line) for line in whole.splitlines() if line.strip()]
    return [(match[1], match[2].strip()) for match in found if match]


def _step(image: Image, word: str, rest: str, context: Path, stages: Mapping[str, Image]) -> None:
    if word == "RUN":
        lent = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
        if "PIP_CERT" in lent:
            shutil.copy(lent["PIP_CERT"], f"{image.root}{_CERTIFICATES}")
            lent["PIP_CERT"] = _CERTIFICATES
        image.run(["sh", "-c", rest], DEBIAN_FRONTEND="noninteractive", **lent)
    elif word == "WORKDIR":
        image.folder = rest
        _inside(image, rest).mkdir(parents=True, exist_ok=True)
    elif word == "COPY":
        _copy(image, shlex.split(rest), context, stages)
    elif word == "USER":
        image.user = rest
    elif word == "ENV":
        image.environment |= dict(pair.split("=", 1) for pair in shlex.split(rest))
    elif word == "HEALTHCHECK":
        image.health = json.loads(rest.partition("CMD ")[2])
    elif word == "CMD":
        image.command = json.loads(rest)
    else:
        assert word in _WITHOUT_MEANING, word


def _copy(image: Image, words: list[str], context: Path, stages: Mapping[str, Image]) -> None:
    *sources, target = words
    begin = context
    if sources[0].startswith("--from="):
        begin = stages[sources.pop(0).removeprefix("--from=")].root
    place = _inside(image, target)
    for source in sources:
        origin = begin / source.lstrip("/")
        into = place / origin.name if target.endswith("/") else place
        if origin.is_dir():
            shutil.copytree(origin, into, symlinks=True, dirs_exist_ok=True)
        else:
            shutil.copy2(origin, into)


def _inside(image: Image, path: str) -> Path:
    return image.root / os.path.normpath(PurePosixPath(image.folder) / path).lstrip("/")


def _bootstrap(base: str, root: Path, empty: Path) -> None:
    """Make a root of the smallest Debian; what was fetched once is copied."""
    release = _BASE.fullmatch(base)
    assert release, f"{base} is none that this can make"
    if not empty.exists():
        command = [system.debootstrap() or "", "--variant=minbase", release[1], str(empty)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    subprocess.run(["cp", "--archive", str(empty), str(root)], check=True)
    for name in _LENT:
        lent = Path("/") / name
        if lent.is_dir():
            shutil.rmtree(root / name)
            shutil.copytree(lent, root / name)
        elif lent.exists():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):
                (root / name).unlink()
            shutil.copy(lent, root / name)
