"""What a customer of a list is known by: the source's id, else the number."""

from core.server.importing.cells import value_of
from core.server.importing.fields import Field
from core.server.importing.numbers import read_numbers
from core.server.importing.plan import ColumnPlan
from core.server.importing.reading import RowValues, read_id
from core.server.importing.rows import Row

KEYS = (Field.SUBSCRIBER_ID, Field.CUSTOMER_ID, Field.NUMBER)
IDS = (Field.SUBSCRIBER_ID, Field.CUSTOMER_ID)
_NUMBERS = (Field.NUMBER, Field.ALTERNATE_NUMBER)


def key_of(values: RowValues) -> str:
    """`id:…` or `number:…`; empty where the row has neither."""
    for field in IDS:
        if own := values.text(field):
            return f"id:{own}"
    number = values.main_number or next(iter(values.numbers), "")
    return f"number:{number}" if number else ""


def id_of(columns: tuple[ColumnPlan, ...], row: Row) -> str:
    """The id that the row bears; empty where it bears none that can be read."""
    key = key_of_rejected(tuple(one for one in columns if one.field in IDS), row)
    return key.removeprefix("id:")


def key_of_rejected(columns: tuple[ColumnPlan, ...], row: Row) -> str:
    """The key of a row whose other cells cannot be taken; empty where it cannot be told."""
    if row.fault is not None:
        return ""
    known_by = (*KEYS, Field.ALTERNATE_NUMBER)
    held = [
        (c.field, value_of(row.cells[c.index])) for c in columns if c.field in known_by and c.index < len(row.cells)
    ]
    cells = dict(held)
    for field in IDS:
        if cell := cells.get(field):
            return _id_key(cell)
    others = [number for field, cell in held if field is Field.ALTERNATE_NUMBER for number in read_numbers(cell)]
    numbers = (*read_numbers(cells.get(Field.NUMBER, "")), *others)
    return f"number:{numbers[0]}" if numbers else ""


def numbers_of_rejected(columns: tuple[ColumnPlan, ...], row: Row) -> tuple[str, ...]:
    """Every number that can be read of such a row."""
    if row.fault is not None:
        return ()
    cells = [value_of(row.cells[c.index]) for c in columns if c.field in _NUMBERS and c.index < len(row.cells)]
    return tuple(dict.fromkeys(number for cell in cells for number in read_numbers(cell)))


def _id_key(cell: str) -> str:
    try:
        return f"id:{read_id(cell)}"
    except ValueError:
        # An id that a spreadsheet has cut names nobody.
        return ""
