"""How much of a telephone number stands where nobody asked to see it."""

import pytest

from core.domain.masking import mask_number


# Reliability S7: what was searched stays in the audit for good
@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("10000000417", "100 **** 0417"),
        ("+86 10000000417", "86100 **** 0417"),
        ("0571-10000417", "0571 **** 0417"),
        ("10000417", "******17"),
        ("", ""),
        ("10000000999 10000000417", "100 **** 0417"),
        ("+8610000000999-801234", "861 **** 1234"),
        ("0086 10000000417", "008 **** 0417"),
        ("1000" * 20, "100 **** 1000"),
    ],
)
def test_of_whatever_was_typed_no_more_is_shown_than_of_one_number(typed: str, shown: str) -> None:
    assert mask_number(typed) == shown
