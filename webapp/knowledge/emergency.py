"""The number to call for an ambulance in each country, and the country of each time zone.

The numbers stand in ``data/emergency-numbers.yaml``. The phone gets the same table as a small
script, so that it can show the right number with no network.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Annotated

from babel.core import get_global
from msgspec import Meta

from webapp.knowledge.records import Record

Number = Annotated[
    str, Meta(pattern="^[0-9]{2,5}$", description='Two to five digits in quotes, as "112".')
]
Country = Annotated[
    str, Meta(pattern="^[A-Z]{2}$", description='Two capital letters, as GB; "NO" in quotes.')
]

_NO_COUNTRY = frozenset({"001", "ZZ"})
# Zones that phones already report and that the CLDR data of Babel 2.18 do not have.
_NEWER_ZONES = MappingProxyType({"America/Coyhaique": "CL"})
# An area with more than this part of its names in one country is that country's, as Canada.
_MOST = 0.9
# These name a clock that many countries share, and no place.
_CLOCK = re.compile(r"[A-Z]{3}\d[A-Z]{3}|[CEMW]ET|[EHM]ST")


class NumberGroup(Record, frozen=True, kw_only=True):
    """A number, and the countries in which it is the one to call."""

    number: Number
    countries: Annotated[tuple[Country, ...], Meta(min_length=1)]


class EmergencyNumbers(Record, frozen=True, kw_only=True, dict=True):
    """The table of emergency numbers: one number a country, another where none is known."""

    checked: date
    source: Annotated[
        str, Meta(pattern=r"\S", description="In words: where the numbers come from.")
    ]
    unknown: Annotated[Number, Meta(description="The number to call where no other is known.")]
    numbers: Annotated[tuple[NumberGroup, ...], Meta(min_length=1)]

    @cached_property
    def by_country(self) -> Mapping[str, str]:
        """The number of each country that has one, by the country's code."""
        return MappingProxyType(
            {country: group.number for group in self.numbers for country in group.countries}
        )

    def number_for(self, country: str | None) -> str:
        """Return the number to call in a country; the one for anywhere when it is not known."""
        return self.by_country.get(country or "", self.unknown)

    def countries(self) -> tuple[str, ...]:
        """Return the codes of the countries that have a number of their own, in order."""
        return tuple(sorted(self.by_country))


def time_zone_countries() -> dict[str, str]:
    """Return the country of every time zone that has one, under all names that it ever had.

    A phone may still say Asia/Calcutta, US/Pacific or Cuba. CLDR knows which place an older name
    meant. The links of the time-zone database do not: they lead to any zone with the same clock,
    Iceland to Abidjan and Truk to Port Moresby.
    """
    territories: Mapping[str, str] = get_global("zone_territories")
    aliases: Mapping[str, str] = get_global("zone_aliases")
    older = {
        name: territories[place]
        for name, place in aliases.items()
        if place in territories and not _CLOCK.fullmatch(name)
    }
    zones = {**territories, **older, **_NEWER_ZONES}
    return {zone: zones[zone] for zone in sorted(zones) if zones[zone] not in _NO_COUNTRY}


def browser_table(numbers: EmergencyNumbers) -> str:
    """Return the table as the text of an ES module, the same text for the same table.

    ``numbers`` holds the countries of each number. ``zones`` holds, for each area of the world,
    countries and their cities, as in ``"Asia": "AE/Dubai CY/Famagusta/Nicosia"``: a third less
    to fetch than the full names would be. A country without cities has all others of its area, as
    in ``"US": "AS/Samoa US"``. Names that are no area's, as Cuba, stand under "".
    """
    return (
        f"export const unknown = {json.dumps(numbers.unknown)};\n"
        f"export const numbers = {_compact(_grouped(numbers.by_country, ' '))};\n"
        f"export const zones = {_compact(_zones())};\n"
    )


def _zones() -> dict[str, str]:
    """Return, for each area of the world, its countries and the cities that name their zones."""
    areas: dict[str, dict[str, str]] = {}
    for zone, country in time_zone_countries().items():
        area, _, city = zone.rpartition("/")
        areas.setdefault(area, {})[city] = country
    return {area: _countries_of(cities) for area, cities in areas.items()}


def _countries_of(cities: Mapping[str, str]) -> str:
    """Return the countries of an area with their cities; last, without, one that has the most."""
    groups = _grouped(cities, "/")
    of_most = [code for code in groups if [*cities.values()].count(code) > _MOST * len(cities)]
    named = (f"{code}/{names}" for code, names in groups.items() if code not in of_most)
    return " ".join((*named, *of_most))


def _grouped(values: Mapping[str, str], between: str) -> dict[str, str]:
    """Return, for each value in order, its keys as one text."""
    groups: dict[str, list[str]] = {}
    for key in sorted(values):
        groups.setdefault(values[key], []).append(key)
    return {value: between.join(groups[value]) for value in sorted(groups)}


def _compact(value: Mapping[str, str]) -> str:
    """Return JSON without a space."""
    return json.dumps(value, separators=(",", ":"))
