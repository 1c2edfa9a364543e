"""Where each kind of content stands in the data: the table that ``Knowledge`` is.

A new kind of content is one field, annotated with the file that it stands in. The loader, the
checks of ids and sources, the texts to translate and the schemas all follow from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from webapp.knowledge.records import Record

_Wanted = TypeVar("_Wanted")


@dataclass(frozen=True)
class Listed:
    """A list under a key of one file or more; the key is the field's name if none is given."""

    files: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True)
class Whole:
    """One record that is the whole file."""

    file: str


@dataclass(frozen=True)
class Keyed:
    """A record for each key of a file; ``choose`` tells which record a value has to be."""

    file: str
    choose: Callable[[object], type[Record]]


@dataclass(frozen=True)
class Kind:
    """A row of the table: one kind of content."""

    name: str
    """The field of the knowledge that holds it."""
    stands: Listed | Whole | Keyed
    records: tuple[type[Record], ...]
    """What each value is: one record, or several to choose from."""
    by_id: bool
    """Whether the field is a mapping by id, rather than in the order of the data."""

    @property
    def files(self) -> tuple[str, ...]:
        """The files that hold it."""
        return self.stands.files if isinstance(self.stands, Listed) else (self.stands.file,)

    @property
    def key(self) -> str:
        """The key at the top of its files, "" where it is the whole of its file."""
        return (self.stands.key or self.name) if isinstance(self.stands, Listed) else ""


def kinds_of(shape: type) -> tuple[Kind, ...]:
    """Return the table that the annotations of a class are, in the order of its fields."""
    hints = get_type_hints(shape, include_extras=True)
    return tuple(
        Kind(name, mark, tuple(records_in(hint)), get_origin(get_args(hint)[0]) is Mapping)
        for name, hint in hints.items()
        if get_origin(hint) is Annotated
        for mark in hint.__metadata__
    )


@cache
def fields_of(record: type[Record]) -> dict[str, Any]:
    """Return the type of each key that the record has in the data."""
    return {field.encode_name: field.type for field in msgspec.structs.fields(record)}


@cache
def classes_in(hint: Any) -> tuple[type, ...]:
    """Return the classes that a type is made of, those in unions and containers included."""
    if arguments := get_args(hint):
        return tuple(found for argument in arguments for found in classes_in(argument))
    return (hint,) if isinstance(hint, type) else ()


def records_in(hint: Any) -> Iterator[type[Record]]:
    """Yield the records that a type is made of, not those inside of them."""
    return (found for found in classes_in(hint) if issubclass(found, Record))


def records_below(record: type[Record]) -> Iterator[type[Record]]:
    """Yield the record and every record inside of it."""
    yield record
    for hint in fields_of(record).values():
        for inner in records_in(hint):
            yield from records_below(inner)


def walk(value: object, wanted: type[_Wanted]) -> Iterator[_Wanted]:
    """Yield everything of a class in a value, outer things first, in the order of the fields."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, wanted):
            yield value
        if isinstance(value, Record):
            waiting += [getattr(value, name) for name in reversed(value.__struct_fields__)]
        elif isinstance(value, tuple):
            waiting += reversed(value)
        elif isinstance(value, dict):
            waiting += reversed(value.values())
