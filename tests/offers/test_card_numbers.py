"""Numbers of reinstall cards are read over the phone and typed in a store: a slip is noticed."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.card_number import ALPHABET, card_number, read_card_number

uuids = st.uuids(version=4)


@given(uuids)
def test_a_number_is_read_however_it_is_typed(source: UUID) -> None:
    # BB-10
    number = card_number(source)
    for typed in (number, number.lower(), number.replace("-", ""), f"  {number.replace('-', ' ')} "):
        assert read_card_number(typed) == number


@given(uuids, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_one_letter_mistyped_is_no_number(source: UUID, at: int, other: str) -> None:
    bare = card_number(source).replace("-", "")
    if bare[at] != other:
        assert read_card_number(bare[:at] + other + bare[at + 1 :]) is None


@given(uuids, st.integers(0, 7))
def test_two_neighbours_exchanged_are_no_number(source: UUID, at: int) -> None:
    bare = card_number(source).replace("-", "")
    if bare[at] != bare[at + 1]:
        assert read_card_number(bare[:at] + bare[at + 1] + bare[at] + bare[at + 2 :]) is None


@pytest.mark.parametrize("typed", ["", "7K4M", "0000-0000-00", "回装卡", "7K4M-2Q9X-5C-7K"])
def test_what_is_none_is_not_read(typed: str) -> None:
    assert read_card_number(typed) is None
