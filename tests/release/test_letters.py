from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import packed
from webapp.release.letters import MOST, letters


@given(st.lists(st.integers(0, MOST)))
def test_numbers_come_back_as_they_were(numbers: list[int]) -> None:
    sent = json.dumps(letters(numbers), ensure_ascii=False).encode()
    assert packed.numbers(json.loads(sent)) == numbers


def test_no_letter_needs_more_than_itself_in_json() -> None:
    every = letters(range(MOST + 1))
    assert json.dumps(every, ensure_ascii=False) == f'"{every}"'


@pytest.mark.parametrize("number", [-1, MOST + 1])
def test_a_number_without_a_letter_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=f"^{number} has no letter$"):
        letters([number])
