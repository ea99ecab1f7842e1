"""Money that a person types is read alike wherever it is typed."""

import pytest

from core.domain.money import fen_of, yuan_typed


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("77", 7_700),
        (" 77.5 ", 7_750),
        ("¥77.50", 7_750),
        ("￥77", 7_700),
        ("７７．５", 7_750),
        ("0", 0),
        ("1e2", None),
        ("-5", None),
        ("7.777", None),
        ("1,234", None),
        ("七十七", None),
        ("٧٧", None),
        ("1234567", None),
        ("", None),
    ],
)
def test_an_amount_is_read_in_every_way_it_is_typed_and_nothing_else_is(typed: str, fen: int | None) -> None:
    assert fen_of(typed) == fen


@pytest.mark.parametrize("fen", [0, 7_700, 7_750, 123_456, 99_999_999])
def test_an_amount_stands_in_a_field_as_it_is_read_again(fen: int) -> None:
    assert fen_of(yuan_typed(fen)) == fen
