"""However a number is written, it is one line: counts and refusals hang on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.compliance import is_line, merge_dials, normalise


@pytest.mark.parametrize(
    "written",
    [
        "10012345678",
        " 100 1234 5678 ",
        "100-1234-5678",
        "+86 100 1234 5678",
        "+8610012345678",
        "008610012345678",
        "8610012345678",
        "010012345678",
        "+86 0100 1234 5678",
        "86-0100 1234 5678",
        "１００１２３４５６７８",
        "10012345678转602",
        "10012345678 ext. 2",
    ],
)
def test_a_mobile_number_is_one_however_written(written: str) -> None:
    assert normalise(written) == "10012345678"


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("027-0000 1234", "02700001234"),
        ("+86 27 0000 1234", "02700001234"),
        ("+86 10 0000 1234", "01000001234"),
        ("86 027 0000 1234", "02700001234"),
        ("8600 1234", "86001234"),
        ("010-0000-1234", "01000001234"),
        ("+1 555 0100", "0015550100"),
        ("001 555 0100", "0015550100"),
        ("", ""),
        ("无", ""),
        ("+", ""),
        ("+86", ""),
    ],
)
def test_fixed_and_foreign_lines_keep_their_codes(written: str, digits: str) -> None:
    assert normalise(written) == digits


@given(st.text(max_size=24))
def test_a_normalised_number_stays_as_it_is(written: str) -> None:
    once = normalise(written)
    assert once == "" or once.isdigit()
    assert normalise(once) == once


def test_too_short_or_too_long_is_no_line() -> None:
    assert not is_line("110")
    assert not is_line("1" * 16)
    assert is_line("10012345678")


def test_a_dial_that_desk_and_server_both_know_counts_once() -> None:
    assert merge_dials([], []) == ()
