import json
import re
from pathlib import Path

import pytest
from babel import Locale
from phonenumbers import is_emergency_number

from webapp.knowledge import emergency
from webapp.knowledge.emergency import (
    EmergencyNumbers,
    browser_table,
    load_emergency_numbers,
    time_zone_countries,
)

DATA = Path(emergency.__file__).with_name("data") / "emergency-numbers.yaml"
NUMBERS = load_emergency_numbers(DATA)
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


def load(tmp_path: Path, text: str) -> EmergencyNumbers:
    path = tmp_path / "numbers.yaml"
    path.write_text(text, encoding="utf-8")
    return load_emergency_numbers(path)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD).by_country == {"GB": "999", "NO": "999"}


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('"NO"', "NO", r"line 6: a bare NO .*Write \"NO\" in quotes"),
        ('"NO"', "GB", r"numbers\[0\]\.countries\[1\]: GB is there twice\. Leave it under one"),
        ('"NO"', "gb", r"countries\[1\]: 'gb' is not a country's code\. Write two capital letters"),
        ('"NO"', "GBR", r"countries\[1\]: 'GBR' is not a country's code"),
        ('"NO"', "47", r"countries\[1\]: 47 is not a country's code"),
        ('[GB, "NO"]', "[]", r"numbers\[0\]\.countries: is not a list, or empty\. Write a list"),
        ('[GB, "NO"]', "GB", r"numbers\[0\]\.countries: is not a list"),
        ('"999"', "000", r"numbers\[0\]\.number: 0 is not an emergency number\. .*in quotes"),
        ('"999"', "yes", r"line 5: a bare yes .*in quotes"),
        ('"999"', '"9 99"', r"numbers\[0\]\.number: '9 99' .*two to five digits"),
        ('"999"', '"٩٩٩"', r"numbers\[0\]\.number: .*two to five digits"),
        ('"999"', '"999999"', r"numbers\[0\]\.number: .*two to five digits"),
        ('"112"', "112", r"unknown: 112 is not an emergency number\. .*in quotes"),
        ("2026-11-22", "soon", r"checked: 'soon' is not a day\. Write it as"),
        ("a test", "' '", r"source: is empty\. Say in words"),
        ("source: a test\n", "", r"file: lacks source\. Add"),
        ("source:", "sources:", r"file: has keys that mean nothing here: sources\. Remove"),
        ("  - number:", "  - note: x\n    number:", r"numbers\[0\]: has keys .*: note\. Remove"),
        ("countries:", "land:", r"numbers\[0\]: has keys .*: land\. Remove"),
        ("numbers:", "source: again\nnumbers:", r"line 4: the key 'source' is given twice"),
        ("  - number:", "  - x\n  - number:", r"numbers\[0\]: is not a mapping\. Write the keys"),
        (GOOD, "", r"file: is not a mapping"),
        (GOOD, "[", r"line \d: this is not YAML"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    assert GOOD.count(right) == 1
    with pytest.raises(ValueError, match=rf"(?s)^numbers\.yaml: .*{says}"):
        load(tmp_path, GOOD.replace(right, wrong))


def test_a_country_under_two_numbers_is_refused(tmp_path: Path) -> None:
    second = '  - number: "111"\n    countries: [GB]\n'
    with pytest.raises(ValueError, match=r"numbers\[1\]\.countries\[0\]: GB is there twice"):
        load(tmp_path, GOOD + second)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^none\.yaml: file: cannot be read"):
        load_emergency_numbers(tmp_path / "none.yaml")


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


def test_the_browser_has_the_same_time_zones() -> None:
    zones = {}
    for area, entries in exported("zones").items():
        for entry in entries.split(" "):
            code, *places = entry.split("/")
            zones.update({f"{area}/{place}": code for place in places})
    assert zones == time_zone_countries()


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
