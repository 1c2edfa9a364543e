"""What people type for numbers, days and moments, in the digits of their own script."""

from __future__ import annotations

import math
import unicodedata
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.scripts import Node, Script

HERE = ZoneInfo("Asia/Kathmandu")  # where the tests' Node is
SCRIPTS = {
    "Arabic-Indic": "٠١٢٣٤٥٦٧٨٩",
    "Persian": "۰۱۲۳۴۵۶۷۸۹",
    "Devanagari": "०१२३४५६७८९",
    "Bengali": "০১২৩৪৫৬৭৮৯",
    "Thai": "๐๑๒๓๔๕๖๗๘๙",
    "full width": "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19",
}


@pytest.fixture(scope="session")
def typed(node: Node) -> Script:
    return node.load("journal/typed.js")


@pytest.fixture(scope="session")
def told(node: Node) -> Script:
    return node.load("journal-pages/view.js")


def whole(number: Any) -> bool:
    return number is not None and not math.isnan(number)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_number_is_taken_in_the_digits_of_every_script(
    typed: Script, told: Script, script: str
) -> None:
    digits = str.maketrans("0123456789", SCRIPTS[script])
    for number in (1, 15, 240, 907):
        assert typed.wholeNumber(str(number).translate(digits)) == number
    written = "2026-03-04T08:30".translate(digits)
    assert told.localOf(typed.momentIn(written)) == "2026-03-04T08:30"


def test_every_decimal_digit_is_read_as_unicode_has_it(typed: Script) -> None:
    letters = [chr(code) for code in range(0x1D7CE) if unicodedata.category(chr(code)) == "Nd"]
    read = {letter: typed.wholeNumber(f"1{letter}") for letter in letters}
    wrong = {
        letter: number for letter, number in read.items()
        if number != 10 + unicodedata.digit(letter)
        # Newer than the Unicode of Node, or beyond the letters of one unit.
        and not (ord(letter) > 0xFFFF or not whole(number))
    }  # fmt: skip
    assert not wrong


@pytest.mark.parametrize(
    "odd", ["", "x", "-5", "7.5", "1e2", "0x10", "1 5", "٫5", "½", "²", "15 min"]
)
def test_what_is_no_whole_number_is_none(typed: Script, odd: str) -> None:
    assert not whole(typed.wholeNumber(odd))


def test_marks_of_direction_and_blanks_around_a_number_say_nothing(typed: Script) -> None:
    assert typed.wholeNumber(" \u200f\u2067١٥\u2069 ") == 15


@pytest.mark.parametrize(
    "odd",
    [
        "2026-02-31", "2026-13-01", "2026-00-10", "2026-01-00", "0026-03-04", "20266-03-04",
        "2026-03-04T24:00", "2026-03-04T12:60", "2026-03", "4.3.2026", "today", "", "2025-02-29",
    ],
)  # fmt: skip
def test_an_impossible_day_or_time_is_none(typed: Script, odd: str) -> None:
    assert not whole(typed.momentIn(odd))


def test_every_moment_comes_back_as_it_was_written(typed: Script, told: Script) -> None:
    span = st.datetimes(datetime(1990, 1, 1), datetime(2099, 1, 1)).map(  # noqa: DTZ001
        lambda moment: moment.replace(second=0, microsecond=0)
    )

    @settings(max_examples=200, deadline=None)
    @given(span)
    def comes_back(there: datetime) -> None:
        written = there.isoformat(timespec="minutes")
        at = typed.momentIn(written)
        assert at == there.replace(tzinfo=HERE).timestamp() * 1000
        assert told.localOf(at) == written
        assert told.dayIn(at) == written[:10]
        noon = there.replace(hour=12, minute=0, tzinfo=HERE)
        assert typed.momentIn(written[:10]) == noon.timestamp() * 1000

    comes_back()


@pytest.mark.parametrize("form", ["2026/3/4 8:30", "2026.03.04, 08:30", "2026-03-04 08:30:59"])
def test_a_field_without_a_calendar_takes_what_people_write(typed: Script, form: str) -> None:
    half_past = datetime(2026, 3, 4, 8, 30, tzinfo=HERE)
    assert timedelta(milliseconds=typed.momentIn(form)).total_seconds() == half_past.timestamp()
