"""The number to call for an ambulance in each country, and the country of each time zone.

The numbers stand in ``data/emergency-numbers.yaml``. The phone gets the same table as a small
script, so that it can show the right number with no network.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

from babel.core import get_global

from webapp.knowledge import yaml_file
from webapp.knowledge.errors import KnowledgeError

_KEYS = frozenset({"checked", "source", "unknown", "numbers"})
_GROUP_KEYS = frozenset({"number", "countries"})
_NUMBER = re.compile(r"[0-9]{2,5}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_NO_COUNTRY = frozenset({"001", "ZZ"})
# Zones that phones already report and that the CLDR data of Babel 2.18 do not have.
_NEWER_ZONES = MappingProxyType({"America/Coyhaique": "CL"})


@dataclass(frozen=True)
class EmergencyNumbers:
    """The table of emergency numbers, checked on loading."""

    unknown: str
    by_country: Mapping[str, str]
    checked: date
    source: str

    def number_for(self, country: str | None) -> str:
        """Return the number to call in a country; the one for anywhere when it is not known."""
        return self.by_country.get(country or "", self.unknown)

    def countries(self) -> tuple[str, ...]:
        """Return the codes of the countries that have a number of their own, in order."""
        return tuple(sorted(self.by_country))


def load_emergency_numbers(path: Path) -> EmergencyNumbers:
    """Return the table in a file; raise KnowledgeError if it is broken."""
    table = _mapping(path, "file", yaml_file.read(path), _KEYS)
    checked, source = table["checked"], table["source"]
    if type(checked) is not date:
        _refuse(path, "checked", f"{checked!r} is not a day", "Write it as 2026-11-22")
    if not isinstance(source, str) or not source.strip():
        _refuse(path, "source", "is empty", "Say in words where the numbers come from")
    return EmergencyNumbers(
        unknown=_number(path, "unknown", table["unknown"]),
        by_country=MappingProxyType(_by_country(path, table["numbers"])),
        checked=checked,
        source=source.strip(),
    )


def time_zone_countries() -> dict[str, str]:
    """Return the country of every time zone that has one, under both names of a renamed zone.

    Chromium still says Asia/Calcutta where the time-zone database says Asia/Kolkata. The older
    names that browsers kept are those by which CLDR keys its meta-zones.
    """
    territories: Mapping[str, str] = get_global("zone_territories")
    aliases: Mapping[str, str] = get_global("zone_aliases")
    older = {
        name: territories[aliases[name]] for name in get_global("meta_zones") if name in aliases
    }
    zones = {**territories, **older, **_NEWER_ZONES}
    return {zone: zones[zone] for zone in sorted(zones) if zones[zone] not in _NO_COUNTRY}


def browser_table(numbers: EmergencyNumbers) -> str:
    """Return the table as the text of an ES module, the same text for the same table.

    ``numbers`` holds the countries of each number. ``zones`` holds, for each area of the world,
    countries and their places, as in ``"Asia": "AE/Dubai CY/Famagusta/Nicosia"``: a fifth less
    to fetch than the full names would be.
    """
    return (
        f"export const unknown = {json.dumps(numbers.unknown)};\n"
        f"export const numbers = {_compact(_grouped(numbers.by_country, ' '))};\n"
        f"export const zones = {_compact(_places())};\n"
    )


def _places() -> dict[str, str]:
    """Return, for each area of the world, its countries and the places that name their zones."""
    areas: dict[str, dict[str, str]] = {}
    for zone, country in time_zone_countries().items():
        area, _, place = zone.rpartition("/")
        areas.setdefault(area, {})[place] = country
    return {
        area: " ".join(f"{country}/{names}" for country, names in _grouped(places, "/").items())
        for area, places in areas.items()
    }


def _grouped(values: Mapping[str, str], between: str) -> dict[str, str]:
    """Return, for each value in order, its keys as one text."""
    groups: dict[str, list[str]] = {}
    for key in sorted(values):
        groups.setdefault(values[key], []).append(key)
    return {value: between.join(groups[value]) for value in sorted(groups)}


def _compact(value: Mapping[str, str]) -> str:
    """Return JSON without a space."""
    return json.dumps(value, separators=(",", ":"))


def _by_country(path: Path, groups: object) -> dict[str, str]:
    """Return the number of each country in the groups of the file."""
    table: dict[str, str] = {}
    for place, item in _items(path, "numbers", groups):
        group = _mapping(path, place, item, _GROUP_KEYS)
        number = _number(path, f"{place}.number", group["number"])
        for spot, code in _items(path, f"{place}.countries", group["countries"]):
            country = _country(path, spot, code)
            if country in table:
                _refuse(path, spot, f"{country} is there twice", "Leave it under one number only")
            table[country] = number
    return table


def _items(path: Path, key: str, value: object) -> Iterator[tuple[str, object]]:
    """Return each entry of a list with its place in the file."""
    if not isinstance(value, list) or not value:
        _refuse(path, key, "is not a list, or empty", "Write a list with at least one entry")
    return ((f"{key}[{index}]", entry) for index, entry in enumerate(value))


def _number(path: Path, key: str, value: object) -> str:
    """Return an emergency number as text."""
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        problem = f"{value!r} is not an emergency number"
        _refuse(path, key, problem, 'Write two to five digits in quotes, as "112"')
    return value


def _country(path: Path, key: str, value: object) -> str:
    """Return a country code as text."""
    if not isinstance(value, str) or not _COUNTRY.fullmatch(value):
        problem = f"{value!r} is not a country's code"
        _refuse(path, key, problem, 'Write two capital letters, as GB, and "NO" in quotes')
    return value


def _mapping(path: Path, key: str, value: object, expected: frozenset[str]) -> Mapping[str, object]:
    """Return a mapping that has the expected keys, all of them and no other."""
    if not isinstance(value, dict):
        _refuse(path, key, "is not a mapping", f"Write the keys {', '.join(sorted(expected))}")
    if unknown := ", ".join(sorted(value.keys() - expected)):
        _refuse(path, key, f"has keys that mean nothing here: {unknown}", "Remove or rename them")
    if missing := ", ".join(sorted(expected - value.keys())):
        _refuse(path, key, f"lacks {missing}", "Add what is missing")
    return value


def _refuse(path: Path, key: str, problem: str, remedy: str) -> NoReturn:
    """Raise the error that names file, key, fault and what to do."""
    raise KnowledgeError(path.name, key, problem, remedy)
