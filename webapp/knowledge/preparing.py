"""What a file leaves out, filled in by the record that each value is to become.

A readable string gets its content id, a sourced thing the defaults at the top of its file, and the
file of each id is noted. Wrong shapes are left as they are, for the records to refuse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.kinds import classes_in, fields_of, records_in
from webapp.knowledge.model import Identified, Option, Sourced
from webapp.knowledge.records import Record
from webapp.knowledge.texts import Text


@dataclass
class Found:
    """What was met on the way: the texts in order, and the file of each id."""

    texts: list[Text] = field(default_factory=list)
    file_of: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Preparing:
    """Prepares the values of one file."""

    file: str
    defaults: Mapping[str, object]
    found: Found

    def record(self, raw: Any, record: type[Record], owner: str = "") -> Any:
        """Return the value for a record; ``owner`` is what its texts are named after without id."""
        if not isinstance(raw, dict):
            return raw
        name = self._name(raw, record, owner)
        fields = fields_of(record)
        prepared = dict(self.defaults) if issubclass(record, Sourced) else {}
        for key, value in raw.items():
            # An option is nothing but its words.
            identity = name if record is Option else f"{name}.{key}"
            prepared[key] = self._value(value, fields.get(key), name, identity)
        return prepared

    def _name(self, raw: Mapping[str, Any], record: type[Record], owner: str) -> str:
        """Return the first part of the content ids of a record's texts."""
        if "id" not in raw:
            return owner
        if not issubclass(record, Identified):
            return f"{owner}.{raw['id']}"
        self.found.file_of[str(raw["id"])] = self.file
        return str(raw["id"])

    def _value(self, raw: Any, hint: Any, owner: str, identity: str) -> Any:
        if Text in classes_in(hint) and raw is not None:
            return self._text(raw, identity)
        for record in records_in(hint):
            if isinstance(raw, list):
                return [self.record(entry, record, owner) for entry in raw]
            return self.record(raw, record, identity)
        return raw

    def _text(self, raw: Any, identity: str) -> Text:
        if not isinstance(raw, str):
            kind = type(raw).__name__
            problem = f"Expected `str`, got `{kind}`"
            raise KnowledgeError(self.file, identity, problem, "Write it as text, in quotes")
        text = Text(identity, " ".join(raw.split()))
        self.found.texts.append(text)
        return text
