"""The mappings of the pose file, which name the pose and the key when they refuse."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from webapp.figures.pose import Point


class Entry:
    """One mapping of the pose file, which names the pose and the key when it refuses."""

    def __init__(self, where: str, raw: object, path: str = "") -> None:
        if not isinstance(raw, dict):
            raise ValueError(f"{where}: '{path}' must be keys and values, found {raw!r}")
        self._where = where
        self._path = path
        self._raw: dict[Any, Any] = dict(raw)

    def _take(self, key: str) -> Any:
        if key not in self._raw:
            raise self.refusal(key, "is missing")
        return self._raw.pop(key)

    def refusal(self, key: str, why: str) -> ValueError:
        """The error that says where and why."""
        return ValueError(f"{self._where}: key '{self._inner(key)}' {why}")

    def text(self, key: str) -> str:
        """A sentence that is not empty."""
        value = self._take(key)
        if not isinstance(value, str) or not value.strip():
            raise self.refusal(key, f"must be text, found {value!r}")
        return value.strip()

    def choice(self, key: str, options: Iterable[str], default: str | None = None) -> str:
        """One of the options; the default, if there is one, when the key is left out."""
        if default is not None and key not in self._raw:
            return default
        value = self._take(key)
        if value not in (known := sorted(options)):
            raise self.refusal(key, f"must be one of {', '.join(known)}, found {value!r}")
        return str(value)

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """A number within its range; the default, if there is one, when the key is left out."""
        if default is not None and key not in self._raw:
            return default
        value = _number(self._take(key))
        if value is None or not low <= value <= high:
            raise self.refusal(key, f"must be a number from {low:g} to {high:g}")
        return value

    def point(self, key: str) -> Point:
        """Two numbers."""
        return self._as_point(key, self._take(key))

    def points(self, key: str) -> tuple[Point, ...]:
        """A list of points."""
        value = self._take(key)
        if not isinstance(value, list):
            raise self.refusal(key, f"must be a list of points, found {value!r}")
        return tuple(self._as_point(key, item) for item in value)

    def entry(self, key: str) -> Entry:
        """The mapping under a key."""
        return Entry(self._where, self._take(key), self._inner(key))

    def entries(self, key: str) -> list[Entry]:
        """The mappings listed under a key, none when it is left out."""
        raw = self._raw.pop(key, [])
        if not isinstance(raw, list):
            raise self.refusal(key, f"must be a list, found {raw!r}")
        path = self._inner(key)
        return [Entry(self._where, item, f"{path}[{i}]") for i, item in enumerate(raw)]

    def end(self) -> None:
        """Nothing; refuses the keys that nobody asked for."""
        for key in self._raw:
            raise self.refusal(key, "is not known here")

    def _inner(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def _as_point(self, key: str, value: object) -> Point:
        numbers = [_number(item) for item in value] if isinstance(value, list) else []
        match numbers:
            case [float(x), float(y)]:
                return x, y
        raise self.refusal(key, f"must be two numbers, found {value!r}")


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)
