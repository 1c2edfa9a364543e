"""The folder of finished releases: what a server has compressed, for itself and for the others.

One file a release, named by what it was made from. A server that starts again reads it, and every
server answers from it the addresses with a hash of other releases, those that were before and
those that come while it runs. Decision 22 has the format.

No file is mapped into memory: one that another machine removes would end whoever reads it. What is
read is checked by its hash. Nothing that the folder is or holds stops a start.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import re
import time
import weakref
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from typing import IO

import msgspec

from webapp.web.encodings import IDENTITY, negotiate
from webapp.web.representations import Representation, Representations, represent
from webapp.web.static_answers import FOREVER, Answer

_SUFFIX = ".release"
_BEGUN = ".part"
_FORGOTTEN_S = 3600
"""What was begun so long ago, nobody goes on with."""
_HEAD = re.compile(rb"easeback release 1 ([0-9a-f]{64}) ([0-9]{1,9})\n")
_HEAD_BYTES = 128
_KEY = 32
_PATIENCE_S = 2

_log = logging.getLogger(__name__)


class Damaged(ValueError):
    """A file that does not hold what it should."""


class Archive:
    """A folder of finished releases, of which those before the own one are at most ``earlier``."""

    def __init__(self, folder: Path, earlier: int) -> None:
        self._folder = folder
        self._earlier = earlier
        self._turn = Lock()
        self._files: dict[tuple[str, int], _File | None] = {}

    # --- the own release, before anybody listens ----------------------------------------------

    def finish(self, release: str, own: Representations) -> None:
        """Make a release whole: by what is in its file, else by work, which is put there."""
        path = self._folder / f"{release}-{own.key[:_KEY]}{_SUFFIX}"
        has_file = self._is_read(path, own)
        own.finish()
        if has_file:
            return
        try:
            self._write(path, own)
        except OSError as fault:
            _log.warning("%s cannot be written (%s): the next start compresses anew.", path, fault)

    def _is_read(self, path: Path, own: Representations) -> bool:
        """Return whether there is a file, and take all that is in it."""
        try:
            self._use(path)
            own.take(_File(path).compressed())
        except FileNotFoundError:
            return False
        except (OSError, Damaged, msgspec.MsgspecError) as fault:
            _log.warning("%s is made anew: %s", path, fault)
            return False
        with suppress(OSError):  # it may be for reading only
            os.utime(path)
        return True

    def _write(self, path: Path, own: Representations) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._folder, suffix=_BEGUN, delete=False) as file:
            begun = Path(file.name)
            try:
                for piece in _pieces(own):
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
                begun.chmod(0o644)
                begun.replace(path)
            except BaseException:
                begun.unlink(missing_ok=True)
                raise
        self._use(path)
        self._prune(path)

    def _use(self, path: Path) -> None:
        """Keep others from removing a file until this process and all its forks have ended.

        Raise OSError, FileNotFoundError among them.
        """
        file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, file)
        with suppress(OSError):  # some shared folders know no locks
            fcntl.flock(file, fcntl.LOCK_SH)
        if not os.path.samestat(os.fstat(file), path.stat()):
            raise FileNotFoundError(path)  # it was removed meanwhile

    def _prune(self, own: Path) -> None:
        """Remove the oldest files beyond those to keep, but for what a server uses."""
        for begun in self._folder.glob(f"*{_BEGUN}"):
            with suppress(OSError):
                if begun.stat().st_mtime < time.time() - _FORGOTTEN_S:
                    begun.unlink()
        ages = []
        for path in self._folder.glob(f"*{_SUFFIX}"):
            with suppress(OSError):
                ages.append((path.stat().st_mtime, path))
        others = [path for _, path in sorted(ages, reverse=True) if path != own]
        for path in others[self._earlier :]:
            with suppress(OSError), path.open("r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()

    # --- other releases, while people ask -----------------------------------------------------

    def get(self, address: str, accepted: str) -> Representation | None:
        """Return the answer at an address with a hash, by whichever release has it.

        It may wait for the disk.
        """
        if not self._turn.acquire(timeout=_PATIENCE_S):
            return None
        try:
            self._look()
            files = [file for file in self._files.values() if file and address in file]
        finally:
            self._turn.release()
        for file in files:
            with suppress(OSError, Damaged):
                return file.get(address, accepted)
        return None

    def _look(self) -> None:
        """Read the index of each file that is new; forget what is gone."""
        try:
            with os.scandir(self._folder) as entries:
                found = {(e.name, e.inode()) for e in entries if e.name.endswith(_SUFFIX)}
        except OSError:
            found = set()
        self._files = {key: file for key, file in self._files.items() if key in found}
        for name, inode in found - self._files.keys():
            path = self._folder / name
            try:
                self._files[name, inode] = _File(path)
            except (OSError, Damaged, msgspec.MsgspecError) as fault:
                self._files[name, inode] = None
                _log.warning("%s cannot be used: %s", path, fault)


class _Place(msgspec.Struct, frozen=True, array_like=True):
    """Where the bytes of a body are, counted from the end of the index, and their SHA-256."""

    start: int
    length: int
    digest: str


class _Kept(msgspec.Struct, frozen=True):
    """An answer at an address with a hash, but for its body, of which this is the SHA-256."""

    headers: dict[str, str]
    digest: str


class _Index(msgspec.Struct, frozen=True):
    answers: dict[str, _Kept]
    bodies: dict[str, dict[str, _Place]]
    """By the SHA-256 of the plain body, then by coding."""


class _File:
    """A file of the archive; raise Damaged or OSError where it cannot be used."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            head = _HEAD.fullmatch(file.readline(_HEAD_BYTES))
            if not head or int(head[2]) > size:
                raise Damaged("it has no index")
            index = file.read(int(head[2]))
            if hashlib.sha256(index).hexdigest() != head[1].decode():
                raise Damaged("its index is not what was written")
            self._index = msgspec.json.decode(index, type=_Index)
            self._begin = file.tell()

    def __contains__(self, address: str) -> bool:
        return address in self._index.answers

    def get(self, address: str, accepted: str) -> Representation:
        """Return an answer in the coding that Accept-Encoding wishes; raise Damaged or OSError."""
        kept = self._index.answers[address]
        places = self._index.bodies[kept.digest]
        wished = negotiate(accepted)
        coding = wished if wished in places else IDENTITY
        with self._path.open("rb") as file:
            body = self._read(file, places[coding])
        return represent(Answer(body, kept.headers), kept.digest, coding)

    def compressed(self) -> dict[tuple[str, str], bytes]:
        """Return all compressed bodies, as Representations have them; raise Damaged or OSError.

        The others are read as well, so that what is damaged is found here.
        """
        with self._path.open("rb") as file:
            bodies = {
                (digest, coding): self._read(file, place)
                for digest, places in self._index.bodies.items()
                for coding, place in places.items()
            }
        return {key: body for key, body in bodies.items() if key[1] != IDENTITY}

    def _read(self, file: IO[bytes], place: _Place) -> bytes:
        file.seek(self._begin + place.start)
        body = file.read(place.length)
        if hashlib.sha256(body).hexdigest() != place.digest:
            raise Damaged("a body is not what was written")
        return body


def _pieces(own: Representations) -> Iterator[bytes]:
    """Yield the bytes of a release's file: head, index, bodies."""
    plain = {
        own.digests[path]: answer.body
        for path, answer in own.answers.items()
        if answer.headers["Cache-Control"] == FOREVER
    }
    # Sorted, so that the file does not depend on which was compressed first.
    whole = (((digest, IDENTITY), body) for digest, body in plain.items())
    bodies = dict(sorted((*whole, *own.compressed().items())))
    places: dict[str, dict[str, _Place]] = {}
    start = 0
    for (digest, coding), body in bodies.items():
        place = _Place(start, len(body), hashlib.sha256(body).hexdigest())
        places.setdefault(digest, {})[coding] = place
        start += len(body)
    answers = {
        path: _Kept(dict(answer.headers), own.digests[path])
        for path, answer in own.answers.items()
        if answer.headers["Cache-Control"] == FOREVER
    }
    index = msgspec.json.encode(_Index(answers, places))
    yield f"easeback release 1 {hashlib.sha256(index).hexdigest()} {len(index)}\n".encode()
    yield index
    yield from bodies.values()
