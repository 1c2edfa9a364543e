import json
import re

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
        ('"999"', "000", r"numbers\[0\]\.number: .*, found 0\. .*in quotes"),
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
