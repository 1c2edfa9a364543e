import json
import re
from importlib import resources

import pytest
from babel import Locale
from phonenumbers import is_emergency_number

from tests.knowledge.data_folder import DataFolder, add
from tests.support.known import known
from webapp.knowledge import loader
from webapp.knowledge.emergency import (
    EmergencyNumbers,
    browser_table,
    time_zone_countries,
)

NUMBERS = known().numbers
# Codes of the CLDR data that ISO 3166-1 does not assign (Kosovo, XK, is in the table all the same).
NOT_ISO = "AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ"
LEFT_OUT = "AQ BV CD CM GN GQ GS HM HN IO MM NA NG PN SX TF TK UM UZ"
KNOWN = {
    "000": "AU",
    "101": "IL",
    "103": "RU UA",
    "107": "AR",
    "111": "NZ",
    "112": "AT BE DE ES FR IE IN IT PL PT SE TR ZA",
    "113": "NO",
    "115": "IR VN",
    "119": "JP KR TW",
    "120": "CN",
    "123": "CO EG",
    "131": "CL",
    "140": "LB",
    "144": "CH",
    "15": "MA",
    "1669": "TH",
    "190": "TN",
    "192": "BR",
    "911": "CA MX PH US",
    "995": "SG",
    "997": "SA",
    "998": "AE",
    "999": "BD GB HK KE MY QA",
}
GOOD = """\
checked: 2026-11-22
source: a test
unknown: "112"
numbers:
  - number: "999"
    countries: [GB, "NO"]
"""


@pytest.mark.parametrize("country", NUMBERS.countries())
def test_a_second_source_accepts_the_number(country: str) -> None:
    assert is_emergency_number(NUMBERS.number_for(country), country)


def test_every_country_is_in_the_table_or_left_out_on_purpose() -> None:
    codes = {code for code in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", code)}
    iso = codes - set(NOT_ISO.split())
    assert len(iso) == 249
    assert iso - set(NUMBERS.countries()) == set(LEFT_OUT.split())
    assert set(NUMBERS.countries()) - iso == {"XK"}


@pytest.mark.parametrize(
    ("country", "number"),
    [(code, number) for number, codes in KNOWN.items() for code in codes.split()],
)
def test_the_number_reaches_an_ambulance(country: str, number: str) -> None:
    assert NUMBERS.number_for(country) == number


@pytest.mark.parametrize("country", [None, "", "ZZ", "gb", "XX", *LEFT_OUT.split()])
def test_an_unknown_country_gets_112(country: str | None) -> None:
    assert NUMBERS.number_for(country) == "112"


def test_countries_come_in_order() -> None:
    assert list(NUMBERS.countries()) == sorted(NUMBERS.by_country)


def load(data: DataFolder, text: str) -> EmergencyNumbers:
    (data.path / "emergency-numbers.yaml").write_text(text, "utf-8")
    return loader.load(data.path).numbers


def test_a_good_file_is_read(data: DataFolder) -> None:
    assert load(data, GOOD).by_country == {"GB": "999", "NO": "999"}


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('"NO"', "NO", r"line 6: a bare NO .*Write \"NO\" in quotes"),
        (
            '"NO"',
            "gb",
            r"numbers\[0\]\.countries\[1\]: .*, found 'gb'\. See in schema/emergency-numbers",
        ),
        ('"NO"', "GBR", r"countries\[1\]: .*, found 'GBR'"),
        ('"NO"', "47", r"countries\[1\]: .*, found 47\. Write it as text"),
        ('[GB, "NO"]', "[]", r"numbers\[0\]\.countries: .* of length >= 1"),
        ('[GB, "NO"]', "GB", r"numbers\[0\]\.countries: Expected `array`"),
        ('"999"', "000", r"line 5: 000 is a number to some .*in quotes"),
        ('"999"', "yes", r"line 5: a bare yes .*in quotes"),
        ('"999"', '"9 99"', r"numbers\[0\]\.number: .*, found '9 99'"),
        ('"999"', '"٩٩٩"', r"numbers\[0\]\.number: .*\{2,5\}"),
        ('"999"', '"999999"', r"numbers\[0\]\.number: .*\{2,5\}"),
        ('"112"', "112", r"unknown: .*, found 112\. .*in quotes"),
        ("2026-11-22", "soon", r"checked: .*, found 'soon'\. Write it as"),
        ("a test", "' '", r"source: .*, found ' '\. See"),
        ("source: a test\n", "", r"file: .* missing required field `source`\. Add"),
        ("source:", "sources:", r"file: .* unknown field `sources`\. Mend or remove"),
        (
            "  - number:",
            "  - note: x\n    number:",
            r"numbers\[0\]: .* unknown field `note`\. Mend",
        ),
        ("countries:", "land:", r"numbers\[0\]: .* unknown field `land`\. Mend"),
        ("numbers:", "source: again\nnumbers:", r"line 4: the key 'source' is given twice"),
        ("  - number:", "  - x\n  - number:", r"numbers\[0\]: Expected `object`, got `str`"),
        (GOOD, "", r"file: is not a mapping"),
        (GOOD, "[", r"line \d: this is not YAML"),
    ],
)
def test_a_broken_file_is_refused(data: DataFolder, right: str, wrong: str, says: str) -> None:
    assert GOOD.count(right) == 1
    with pytest.raises(ValueError, match=rf"(?s)^emergency-numbers\.yaml: .*{says}"):
        load(data, GOOD.replace(right, wrong))


@pytest.mark.parametrize("code", ["GB", "NO"])
def test_a_country_is_under_one_number_only(code: str, data: DataFolder) -> None:
    data.edit("emergency-numbers.yaml", add({"number": "111", "countries": [code]}, "numbers"))
    fault = data.refusal()
    assert (fault.file, fault.key) == ("emergency-numbers.yaml", f"numbers.{code}")
    assert fault.problem == "is there twice"


def exported(name: str) -> dict[str, str]:
    """Return one of the constants of the browser's module."""
    found = re.search(rf"^export const {name} = (.*);$", browser_table(NUMBERS), re.MULTILINE)
    assert found
    value: dict[str, str] = json.loads(found[1])
    return value


def test_the_browser_has_the_same_numbers() -> None:
    pairs = [
        (code, number) for number, codes in exported("numbers").items() for code in codes.split()
    ]
    assert len(pairs) == len(dict(pairs))
    assert dict(pairs) == dict(NUMBERS.by_country)
    assert f'export const unknown = "{NUMBERS.unknown}";' in browser_table(NUMBERS)


def read_by_browser(zone: str) -> str | None:
    """Return the country that the browser's table gives for a zone."""
    area, _, city = zone.rpartition("/")
    for entry in exported("zones").get(area, "").split():
        code, *places = entry.split("/")
        if not places or city in places:
            return code
    return None


def test_the_browser_has_the_same_time_zones() -> None:
    zones = time_zone_countries()
    assert {zone: read_by_browser(zone) for zone in zones} == zones
    for zone in ("UTC", "Etc/UTC", "EST", "EST5EDT", "Antarctica/Nowhere", "Nowhere", ""):
        assert read_by_browser(zone) is None


def test_every_time_zone_has_a_number_or_the_fallback() -> None:
    zones = time_zone_countries()
    assert set(zones.values()) <= {*NUMBERS.countries(), *LEFT_OUT.split()}
    assert set(NUMBERS.countries()) - set(zones.values()) == {"XK"}


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/London", "GB"),
        ("America/Argentina/Ushuaia", "AR"),
        ("America/Coyhaique", "CL"),
        *[(zone, "IN") for zone in ("Asia/Kolkata", "Asia/Calcutta")],
        *[(zone, "UA") for zone in ("Europe/Kyiv", "Europe/Kiev")],
        *[(zone, "VN") for zone in ("Asia/Ho_Chi_Minh", "Asia/Saigon")],
        *[(zone, None) for zone in ("Etc/UTC", "Etc/Unknown", "Antarctica/Troll")],
    ],
)
def test_a_time_zone_is_known_by_its_old_and_new_name(zone: str, country: str | None) -> None:
    assert time_zone_countries().get(zone) == country


CLOCKS = {
    "CET",
    "CST6CDT",
    "EET",
    "EST",
    "EST5EDT",
    "HST",
    "MET",
    "MST",
    "MST7MDT",
    "PST8PDT",
    "WET",
}
"""Links that name a clock of many countries: EST is a link to Panama."""


def links() -> dict[str, str]:
    """Return the links of the time-zone database, each with the zone that it leads to."""
    text = resources.files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text("utf-8")
    rows = [line.split() for line in text.splitlines() if line.startswith("L ")]
    return {name: target for _, target, name in rows}


def countries_of_places() -> dict[str, str]:
    """Return the country of each place of zone.tab."""
    text = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {row[2]: row[0] for row in rows}


MERGED = {
    "Africa/Asmera": "Africa/Asmara",
    "Africa/Timbuktu": "Africa/Bamako",
    "America/Coral_Harbour": "America/Atikokan",
    "America/Virgin": "America/St_Thomas",
    "Atlantic/Jan_Mayen": "Arctic/Longyearbyen",
    "Iceland": "Atlantic/Reykjavik",
    "Pacific/Ponape": "Pacific/Pohnpei",
    "Pacific/Truk": "Pacific/Chuuk",
    "Pacific/Yap": "Pacific/Chuuk",
}
"""Older names whose link leads to a place in another country, and the place that they mean."""


def test_every_link_of_the_time_zone_database_leads_to_its_places_country() -> None:
    places, found = countries_of_places(), time_zone_countries()
    expected = {}
    for name, target in links().items():
        place = name if name in places else MERGED.get(name, target)
        if name not in CLOCKS and place in places:
            expected[name] = places[place]
    assert len(expected) > 200
    assert {name: found.get(name) for name in expected} == expected
    assert {name for name in links() if name not in expected and name in found} == set()


def test_a_name_that_is_no_place_leads_nowhere() -> None:
    assert CLOCKS.isdisjoint(time_zone_countries())
